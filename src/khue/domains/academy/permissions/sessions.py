"""Who may hold a session: show its codes, see its board, note who came."""

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Session
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed

HOLDS = (Role.LECTURER, Role.COORDINATOR, Role.ADMINISTRATOR)


def can_hold(by: By, session: Session) -> bool:
    """Its trainers; those who run the cohort; those who run one of its places (a branch campus)."""
    if by is None or can_run_cohorts(by, session.cohort.organisation_id):
        return True
    if trains(by, session):
        return True
    return by.is_a(*HOLDS) and session.cohort.places.filter(organisation_id__in=by.branch).exists()


def trains(by: Actor, session: Session) -> bool:
    """At every place, or at one."""
    everywhere = session.trainers.filter(pk=by.person_id).exists()
    return everywhere or session.at_places.filter(trainers=by.person_id).exists()


def check_can_hold(by: By, session: Session) -> None:
    if not can_hold(by, session):
        raise NotAllowed(_("Only trainers of this session and those who run the cohort or one of its places do this."))
