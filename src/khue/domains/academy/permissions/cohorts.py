"""Who may open and run cohorts."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.permissions.programmes import By
from khue.domains.people.api import Role
from khue.kernel.errors import NotAllowed


def can_run_cohorts(by: By, organisation_id: UUID) -> bool:
    """Coordinators, lecturers and administrators, in their organisation and below it."""
    runs = (Role.LECTURER, Role.COORDINATOR, Role.ADMINISTRATOR)
    return by is None or (by.is_a(*runs) and organisation_id in by.branch)


def check_can_run_cohorts(by: By, organisation_id: UUID) -> None:
    if not can_run_cohorts(by, organisation_id):
        raise NotAllowed(_("Only lecturers, coordinators and administrators of this organisation run its cohorts."))
