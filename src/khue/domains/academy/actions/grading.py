"""Grading. Each grader writes a row of their own; what the rows come to is settled anew with each that is done, while
the submission is locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from khue.domains.academy.actions import notices
from khue.domains.academy.models import Grade, GradeKind, Submission
from khue.domains.academy.permissions.labs import check_can_grade
from khue.domains.academy.rules import grading as rules
from khue.domains.academy.rules.grading import Given, Scheme
from khue.domains.academy.rules.labs import SETTLED, WAITING, SubmissionState
from khue.domains.people.api import Actor
from khue.kernel import clock
from khue.kernel.errors import UserError

# how long others are told that somebody is at it
HELD = timedelta(minutes=30)


class Incomplete(UserError):
    """A criterion without a level, or a level that the rubric does not have."""


class ChangedMeanwhile(UserError):
    """The same person saved it from another window."""


class NotToGrade(UserError):
    """Replaced by a newer one, not handed in, or settled before this person began."""


@dataclass(frozen=True)
class Marks:
    """What a form brings: criterion → points and words; `is_done`: it counts from now on."""

    levels: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    again: bool = False
    is_done: bool = False


def scheme_of(submission: Submission) -> Scheme:
    lab = submission.activity.definition
    return rules.scheme(rubric_of(submission), lab)


def rubric_of(submission: Submission) -> dict[str, Any]:
    """course.Rubric as JSON."""
    lab = submission.activity.definition
    rubric: dict[str, Any] = submission.activity.version.definition["rubrics"][lab["rubric"]]
    return rubric


@transaction.atomic
def hold(*, by: Actor, submission_id: UUID) -> Grade:
    """The grader's own row, begun if there is none; others are told for a while that somebody is at it.

    Raises NotAllowed, NotToGrade."""
    submission = _locked(submission_id)
    check_can_grade(by, submission)
    there = Grade.objects.filter(submission=submission, grader=by.person_id).first()
    if there is None:
        _check_can_begin(submission)
        there = Grade(submission=submission, grader_id=by.person_id, kind=GradeKind.STAFF)
    if there.done_at is None:
        there.held_until = clock.now() + HELD
        there.save()
    return there


def _locked(submission_id: UUID) -> Submission:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("activity__version", "cohort")
        .get(pk=submission_id)
    )


def _check_can_begin(submission: Submission) -> None:
    if submission.state in WAITING:
        return
    if submission.state == SubmissionState.SUPERSEDED:
        raise NotToGrade(_("A newer one was handed in meanwhile; grade that one. It stands in the list."))
    raise NotToGrade(_("This is graded already. What was given stands below it."))


@transaction.atomic
def save(*, by: Actor, submission_id: UUID, marks: Marks, revision: int) -> Grade:
    """Stores what this grader gives; `revision` is that of the page they saw. Done, it counts; a grade that is done may
    be revised, what it was before is kept.

    Raises NotAllowed, NotToGrade, Incomplete, ChangedMeanwhile; then nothing is changed."""
    submission = _locked(submission_id)
    check_can_grade(by, submission)
    grade = Grade.objects.filter(submission=submission, grader=by.person_id).first()
    if grade is None or grade.kind != GradeKind.STAFF:
        raise NotToGrade(_("Open this from the list of what waits to be graded."))
    if grade.done_at is None and submission.state == SubmissionState.SUPERSEDED:
        _check_can_begin(submission)
    write(grade, marks, revision=revision, how=scheme_of(submission))
    before = (submission.state, submission.points)
    settle(submission)
    if (submission.state, submission.points) != before:
        _tell(by, submission)
    return grade


def _tell(by: Actor, submission: Submission) -> None:
    """Whoever handed it in, of the result; graders who differ, of each other."""
    if submission.state in SETTLED:
        notices.result_arrived(submission)
    elif submission.state == SubmissionState.DISPUTED:
        done = submission.grades.filter(kind=GradeKind.STAFF).exclude(done_at=None).exclude(grader=by.person_id)
        notices.graders_differ(submission, list(done.values_list("grader", flat=True)))


def write(grade: Grade, marks: Marks, *, revision: int, how: Scheme) -> None:
    """Into the row of one person. Raises Incomplete, ChangedMeanwhile."""
    if grade.revision != revision:
        raise ChangedMeanwhile(
            _("You saved this from another window meanwhile. Open it again: what you wrote there is kept.")
        )
    levels = {key: points for key, points in marks.levels.items() if points is not None}
    if marks.is_done and not rules.is_complete(how, levels):
        raise Incomplete(_("Choose a level for every criterion, then finish."))
    if grade.done_at and not marks.is_done:
        raise Incomplete(_("A grade that is done cannot become a draft again. Change it and finish."))
    if grade.done_at:
        grade.before = [*grade.before, _as_it_was(grade)]
    grade.levels, grade.notes = levels, {key: text.strip() for key, text in marks.notes.items() if text.strip()}
    grade.words, grade.again = marks.words.strip(), marks.again
    grade.revision += 1
    if marks.is_done:
        grade.done_at, grade.held_until = grade.done_at or clock.now(), None
    grade.save()


def _as_it_was(grade: Grade) -> dict[str, Any]:
    return {
        "levels": grade.levels,
        "notes": grade.notes,
        "words": grade.words,
        "again": grade.again,
        "until": clock.now().isoformat(),
    }


@transaction.atomic
def release(*, by: Actor, submission_id: UUID) -> None:
    """Lets others know that nobody is at it any more; a row in which nothing was written disappears."""
    mine = Grade.objects.filter(submission=submission_id, grader=by.person_id, kind=GradeKind.STAFF, done_at=None)
    mine.filter(revision=0).delete()
    mine.update(held_until=None)


def settle(submission: Submission) -> None:
    """What all grades that are done come to. The submission is locked by the caller."""
    done = list(submission.grades.exclude(done_at=None).order_by("done_at"))
    how = scheme_of(submission)
    found = rules.outcome(how, _given(done, GradeKind.STAFF), _given(done, GradeKind.PEER))
    if submission.state == SubmissionState.SUPERSEDED:
        return
    was_settled = submission.state in SETTLED
    submission.state, submission.most_points = found.state, how.most_points
    submission.points, submission.is_passed = found.points, found.is_passed
    submission.settled_at = (submission.settled_at if was_settled else clock.now()) if found.state in SETTLED else None
    submission.save(update_fields=["state", "points", "most_points", "is_passed", "settled_at", "updated_at"])


def _given(done: list[Grade], kind: GradeKind) -> list[Given]:
    return [given(grade) for grade in done if grade.kind == kind]


def given(grade: Grade) -> Given:
    return Given(grade.levels, grade.again)
