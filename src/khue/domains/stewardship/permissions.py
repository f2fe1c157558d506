"""Who may do what in Govern, in the organisation where they work and in all below it."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed


def can_read_ledger(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_see_models(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_see_policy(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_see_classes(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_decide(by: Actor) -> bool:
    """Classes and policy: the steward's own, also not the administrator's."""
    return by.is_a(Role.STEWARD)


def check_can_decide(by: Actor) -> None:
    if not can_decide(by):
        raise NotAllowed(_("Only a data steward of this organisation may decide this."))


def is_own(by: Actor, brought_by: Collection[UUID]) -> bool:
    """Whether a second person is needed: nobody lowers the class of what they brought themselves."""
    return by.person_id in brought_by


def check_is_of_others(by: Actor, brought_by: Collection[UUID]) -> None:
    if is_own(by, brought_by):
        raise NotAllowed(
            _("You brought this document yourself, so another data steward must decide. Nothing was changed.")
        )


def can_see_keys(by: Actor) -> bool:
    """Those of all people here."""
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def check_can_revoke(by: Actor, owner_id: UUID, organisation_id: UUID) -> None:
    """One's own; and as steward or administrator any of the own organisation and of those below it."""
    if owner_id != by.person_id and not (can_see_keys(by) and organisation_id in by.branch):
        raise NotAllowed(_("This key belongs to somebody else."))


def can_set_budgets(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_see_use_cases(by: Actor) -> bool:
    return by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def check_is_not_asker(by: Actor, asked_by: UUID | None) -> None:
    if by.person_id == asked_by:
        raise NotAllowed(
            _("You asked for this entry yourself, so another data steward must decide. Nothing was changed.")
        )
