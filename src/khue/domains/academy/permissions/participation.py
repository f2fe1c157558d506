"""Who may follow how a cohort takes part, and which of its people."""

from uuid import UUID

from khue.domains.academy.models import Cohort
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.academy.permissions.sessions import HOLDS
from khue.domains.people.api import Actor


def followed_places(by: Actor, cohort: Cohort) -> set[UUID] | None:
    """Who runs the cohort follows everybody (None); who runs a place of it, the people of that place; others nobody."""
    if can_run_cohorts(by, cohort.organisation_id):
        return None
    if not by.is_a(*HOLDS):
        return set()
    return set(cohort.places.filter(organisation_id__in=by.branch).values_list("pk", flat=True))
