"""Who may see and change what was made of reports, answers and notes."""

from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor, Role
from khue.domains.synthesis.models import Owned
from khue.kernel.errors import NotAllowed

GOVERNS = (Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)


def can_begin(by: Actor) -> bool:
    return bool(by.roles)


def check_can_begin(by: Actor) -> None:
    if not can_begin(by):
        raise NotAllowed(_("Your account has no role here, so it can bring nothing."))


def can_change(by: Actor, thing: Owned) -> bool:
    """Its owner; who governs where it stands, if it is shared."""
    if thing.owner_id == by.person_id:
        return True
    return thing.is_shared and thing.organisation_id in by.branch and by.is_a(*GOVERNS)


def check_can_change(by: Actor, thing: Owned) -> None:
    if not can_change(by, thing):
        raise NotAllowed(_("Only its owner, a coordinator, a steward or an administrator may change this."))
