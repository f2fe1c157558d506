"""Who may look at the record and at the models, in the organisation where they work and in all below it."""

from khue.domains.people.api import Actor, Role


def can_read_ledger(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_see_models(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)
