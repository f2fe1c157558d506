"""Who may look after people and organisations."""

from collections.abc import Iterable
from uuid import UUID

from khue.domains.people.rules import Actor, Holding, Role, grantable

LOOKS_AFTER_PEOPLE = (Role.ADMINISTRATOR, Role.COORDINATOR)


def can_look_after_people(actor: Actor) -> bool:
    return actor.is_a(*LOOKS_AFTER_PEOPLE)


def can_arrange_organisations(actor: Actor) -> bool:
    return actor.is_a(Role.ADMINISTRATOR)


def can_arrange(actor: Actor, organisation_id: UUID) -> bool:
    return can_arrange_organisations(actor) and organisation_id in actor.branch


def can_grant(actor: Actor, holding: Holding) -> bool:
    return holding.organisation_id in actor.branch and holding.role in grantable(actor.roles)


def can_enrol(actor: Actor, organisation_id: UUID) -> bool:
    """Make participants: who gives that role, and lecturers, who teach those whom they enrol."""
    teaches = actor.is_a(Role.LECTURER) and organisation_id in actor.branch
    return teaches or can_grant(actor, Holding(organisation_id, Role.PARTICIPANT))


def can_control_account(actor: Actor, holdings: Iterable[Holding]) -> bool:
    """Only an account that holds nothing beyond the actor's own reach: else a new password would open that too."""
    return can_look_after_people(actor) and all(can_grant(actor, holding) for holding in holdings)
