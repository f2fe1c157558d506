"""Who may bring programmes in, run them and look at them before they begin."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed

TEACHES = (Role.LECTURER, Role.COORDINATOR, Role.ADMINISTRATOR)
# None stands for the installation itself: whoever can run its commands
By = Actor | None


def can_teach(by: By) -> bool:
    """See every page of a programme, also without being enrolled; load, clone, run."""
    return by is None or by.is_a(*TEACHES)


def check_can_teach(by: By) -> None:
    if not can_teach(by):
        raise NotAllowed(_("Only lecturers, coordinators and administrators do this with programmes."))


def check_can_load_into(by: By, organisation_id: UUID) -> None:
    """Where they hold the role, and below."""
    check_can_teach(by)
    if by is not None and organisation_id not in by.branch:
        raise NotAllowed(_("You can bring programmes only into your own organisation and those below it."))
