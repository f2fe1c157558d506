"""Who may hand in, see and grade."""

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Cohort, Session, Submission
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.kernel.errors import NotAllowed


def can_grade(by: By, cohort: Cohort) -> bool:
    """Those who run the cohort, and the trainers of its sessions."""
    if by is None or can_run_cohorts(by, cohort.organisation_id):
        return True
    return Session.objects.filter(cohort=cohort, trainers=by.person_id).exists()


def check_can_grade(by: By, submission: Submission) -> None:
    if not can_grade(by, submission.cohort):
        raise NotAllowed(_("Only those who run this cohort and its trainers grade what is handed in."))
    if by is not None and submission.person_id == by.person_id:
        raise NotAllowed(_("Nobody grades their own work. Leave it to somebody else."))
