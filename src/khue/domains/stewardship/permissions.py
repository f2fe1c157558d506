"""Who may look at the record and at the models."""

from khue.domains.people.api import Actor, Role


def can_read_ledger(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_see_models(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)
