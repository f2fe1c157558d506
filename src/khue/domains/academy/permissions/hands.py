"""Who may answer a raised hand."""

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Hand
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sessions import can_hold
from khue.kernel.errors import NotAllowed


def can_answer(by: By, hand: Hand) -> bool:
    """Who holds the session in which it was raised; who runs the cohort."""
    if hand.session:
        return can_hold(by, hand.session)
    return can_run_cohorts(by, hand.enrolment.cohort.organisation_id)


def check_can_answer(by: By, hand: Hand) -> None:
    if not can_answer(by, hand):
        raise NotAllowed(_("Only trainers of this session and those who run the cohort or one of its places do this."))
