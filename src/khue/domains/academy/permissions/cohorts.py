"""Who may open and run cohorts."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Place
from khue.domains.academy.permissions.programmes import By
from khue.domains.people.api import Role
from khue.kernel.errors import NotAllowed

RUN = (Role.LECTURER, Role.COORDINATOR, Role.ADMINISTRATOR)


def can_run_cohorts(by: By, organisation_id: UUID) -> bool:
    """Coordinators, lecturers and administrators, in their organisation and below it."""
    return by is None or (by.is_a(*RUN) and organisation_id in by.branch)


def check_can_run_cohorts(by: By, organisation_id: UUID) -> None:
    if not can_run_cohorts(by, organisation_id):
        raise NotAllowed(_("Only lecturers, coordinators and administrators of this organisation run its cohorts."))


def can_equip(by: By, place: Place) -> bool:
    """Who runs the cohort, and those of the campus itself: they know their rooms."""
    if can_run_cohorts(by, place.cohort.organisation_id):
        return True
    return place.organisation_id is not None and can_run_cohorts(by, place.organisation_id)


def check_can_equip(by: By, place: Place) -> None:
    if not can_equip(by, place):
        raise NotAllowed(_("Only those who run the cohort, or the campus itself, say where this place is."))
