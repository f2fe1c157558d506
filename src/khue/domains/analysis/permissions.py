"""Who may see, change and release data and worksheets."""

from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models import Analysis, Dataset
from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed

GOVERNS = (Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)


def can_bring(by: Actor) -> bool:
    return bool(by.roles)


def can_change(by: Actor | None, thing: Dataset | Analysis) -> bool:
    """Its owner; who governs where it stands, if it is shared. None: the operator at the console."""
    if by is None or thing.owner_id == by.person_id:
        return True
    return thing.is_shared and thing.organisation_id in by.branch and by.is_a(*GOVERNS)


def check_can_change(by: Actor | None, thing: Dataset | Analysis) -> None:
    if not can_change(by, thing):
        raise NotAllowed(_("Only its owner, a coordinator, a steward or an administrator may change this."))
