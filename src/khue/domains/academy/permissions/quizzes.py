"""Who may make quizzes, see what came of them and mark essays."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Sitting
from khue.domains.academy.permissions.programmes import By, can_teach
from khue.kernel.errors import NotAllowed


def can_keep_quizzes(by: By, organisation_id: UUID) -> bool:
    """Change banks and quizzes: those who teach, in their organisation and below it."""
    return can_teach(by) and (by is None or organisation_id in by.branch)


def check_can_keep_quizzes(by: By, organisation_id: UUID) -> None:
    if not can_keep_quizzes(by, organisation_id):
        raise NotAllowed(_("Only lecturers, coordinators and administrators of this organisation see and change this."))


def can_follow(by: By, sitting: Sitting) -> bool:
    """See what came of a sitting, mark its essays, set its times: those who teach where the cohort is run, or where
    the quiz belongs."""
    places = {sitting.quiz.organisation_id, *([sitting.cohort.organisation_id] if sitting.cohort else [])}
    return any(can_keep_quizzes(by, place) for place in places)


def check_can_follow(by: By, sitting: Sitting) -> None:
    if not can_follow(by, sitting):
        raise NotAllowed(_("Only lecturers, coordinators and administrators of this organisation see and change this."))
