"""Looking at the work of fellow participants: taken one at a time, done in words and levels."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khue.domains.academy.actions import grading, notices
from khue.domains.academy.actions.grading import Marks
from khue.domains.academy.models import Activity, Cohort, Grade, GradeKind, Submission
from khue.domains.academy.rules import peers as rules
from khue.domains.academy.rules.labs import SubmissionState
from khue.domains.people.api import Actor
from khue.kernel import clock
from khue.kernel.errors import UserError

# how long a work is kept for the one who took it
HELD = timedelta(hours=24)


class TooLate(UserError):
    """The days for looking at this work are over."""


def take(*, by: Actor, cohort: Cohort, activity: Activity) -> Grade | None:
    """What the person looks at next, theirs from now on; None when their share is done or nothing is there yet."""
    share = (activity.definition.get("peers") or {}).get("reviews", 0)
    if not share:
        return None
    now = clock.now()
    works = {work.pk: work.person_id for work in reviewable(cohort, activity)}
    reviews = [
        rules.Review(grade.grader_id, grade.submission_id, grade.done_at is not None, grade.held_until or now)
        for grade in Grade.objects.filter(submission__cohort=cohort, submission__activity=activity, kind=GradeKind.PEER)
    ]
    found = rules.next_work(by.person_id, works, reviews, each=share, now=now)
    return _taken(by, found) if found else None


def reviewable(cohort: Cohort, activity: Activity) -> list[Submission]:
    """Handed in, not replaced, and still within its days; the earliest first."""
    found = Submission.objects.filter(cohort=cohort, activity=activity, peers_until__gt=clock.now())
    return list(found.exclude(state__in=[SubmissionState.DRAFT, SubmissionState.SUPERSEDED]).order_by("submitted_at"))


def _taken(by: Actor, work: UUID) -> Grade:
    mine = Grade.objects.filter(submission=work, grader=by.person_id)
    if there := mine.first():
        return there
    try:
        with transaction.atomic():
            return Grade.objects.create(
                submission_id=work, grader_id=by.person_id, kind=GradeKind.PEER, held_until=clock.now() + HELD
            )
    except IntegrityError:
        # the other of two forms that arrived together
        return mine.get()


@transaction.atomic
def save(*, by: Actor, grade_id: UUID, marks: Marks, revision: int) -> Grade:
    """Raises Grade.DoesNotExist for somebody else's, TooLate, Incomplete, ChangedMeanwhile."""
    mine = Grade.objects.filter(grader=by.person_id, kind=GradeKind.PEER)
    found = mine.get(pk=grade_id)
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("activity__version", "cohort")
        .get(pk=found.submission_id)
    )
    if not submission.peers_until or clock.now() >= submission.peers_until:
        raise TooLate(_("The days for looking at this work are over; the grader's word stands."))
    grade = mine.get(pk=grade_id)
    was_done = grade.done_at is not None
    grading.write(grade, marks, revision=revision, how=grading.scheme_of(submission))
    if submission.is_settled:
        grading.settle(submission)
    if grade.done_at and not was_done:
        notices.review_arrived(submission)
    return grade
