"""What waits to be graded, and by whom it may be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from khue.domains.academy.models import CheckOutcome, Cohort, Grade, GradeKind, Session, Submission
from khue.domains.academy.models.texts import shown
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.people.api import Actor
from khue.kernel import clock

MOST = 100


@dataclass(frozen=True)
class Waiting:
    """One row of the queue. `checks`: how many are met, not met, could not be checked; `held_by`: who is at it."""

    submission: Submission
    met: int
    not_met: int
    unknown: int
    graded: int
    mine: Grade | None
    held_by: str
    held_until: datetime | None

    @property
    def is_mine_done(self) -> bool:
        return self.mine is not None and self.mine.done_at is not None


@dataclass(frozen=True)
class Lab:
    """A lab of a cohort with how many of it wait, and how many of these differ."""

    cohort_id: UUID
    cohort: str
    activity_id: UUID
    activity: str
    waiting: int
    disputed: int


def graded_cohorts(by: Actor) -> QuerySet[Cohort]:
    """Those that the actor runs, and those of whose sessions they are a trainer."""
    trains = Q(pk__in=Session.objects.filter(trainers=by.person_id).values("cohort"))
    runs = [place for place in by.branch if can_run_cohorts(by, place)]
    return Cohort.objects.filter(trains | Q(organisation_id__in=runs))


def one(by: Actor, submission_id: UUID) -> Submission:
    """Raises Submission.DoesNotExist for cohorts that the actor does not see."""
    seen = Submission.objects.handed_in().select_related("activity__version__programme", "cohort", "person")
    return seen.filter(Q(cohort__in=Cohort.objects.visible_to(by)) | Q(cohort__in=graded_cohorts(by))).get(
        pk=submission_id
    )


def labs(by: Actor) -> list[Lab]:
    """Of what waits, the oldest first; one query."""
    rows = (
        _waiting(by)
        .values("cohort_id", "cohort__names", "activity_id", "activity__names", "activity__position")
        .annotate(waiting=Count("pk"), disputed=Count("pk", filter=Q(state="disputed")))
        .order_by("cohort_id", "activity__position")
    )
    return [
        Lab(
            row["cohort_id"],
            shown(row["cohort__names"]),
            row["activity_id"],
            shown(row["activity__names"]),
            row["waiting"],
            row["disputed"],
        )
        for row in rows
    ]


def _waiting(by: Actor) -> QuerySet[Submission]:
    """Nobody's own."""
    return Submission.objects.waiting().filter(cohort__in=graded_cohorts(by)).exclude(person_id=by.person_id)


def queue(by: Actor, *, cohort_id: UUID | None = None, activity_id: UUID | None = None) -> list[Waiting]:
    """The oldest first; the same number of queries however many wait."""
    staff = Grade.objects.filter(kind=GradeKind.STAFF).select_related("grader")
    found = _narrowed(_waiting(by), cohort_id, activity_id).select_related("cohort", "activity")
    found = found.annotate(**_checks()).prefetch_related(Prefetch("grades", queryset=staff, to_attr="given"))
    return [_row(by, submission) for submission in found.order_by("submitted_at")[:MOST]]


def _narrowed(found: QuerySet[Submission], cohort_id: UUID | None, activity_id: UUID | None) -> QuerySet[Submission]:
    if cohort_id:
        found = found.filter(cohort=cohort_id)
    return found.filter(activity=activity_id) if activity_id else found


def _checks() -> dict[str, Count]:
    return {
        outcome: Count("checks", filter=Q(checks__outcome=outcome.value), distinct=True) for outcome in CheckOutcome
    }


def _row(by: Actor, submission: Submission) -> Waiting:
    given: list[Grade] = submission.given  # type: ignore[attr-defined]
    now = clock.now()
    held = [
        grade
        for grade in given
        if grade.grader_id != by.person_id and not grade.done_at and grade.held_until and grade.held_until > now
    ]
    return Waiting(
        submission,
        submission.passed,  # type: ignore[attr-defined]
        submission.failed,  # type: ignore[attr-defined]
        submission.unknown,  # type: ignore[attr-defined]
        sum(grade.done_at is not None for grade in given),
        next((grade for grade in given if grade.grader_id == by.person_id), None),
        held[0].grader.full_name if held else "",
        held[0].held_until if held else None,
    )


def next_for(
    by: Actor, *, after: Submission | None = None, cohort_id: UUID | None = None, activity_id: UUID | None = None
) -> UUID | None:
    """The oldest that this person has not graded and nobody else is at; after this one, then from the beginning."""
    own = Grade.objects.filter(submission=OuterRef("pk"), grader=by.person_id).exclude(done_at=None)
    others = Grade.objects.filter(
        submission=OuterRef("pk"), done_at=None, held_until__gt=clock.now(), kind=GradeKind.STAFF
    ).exclude(grader=by.person_id)
    free = _narrowed(_waiting(by), cohort_id, activity_id).exclude(Exists(own)).exclude(Exists(others))
    order = free.order_by("submitted_at", "pk").values_list("pk", flat=True)
    if after is None:
        return order.first()
    rest = order.exclude(pk=after.pk)
    return rest.filter(submitted_at__gte=after.submitted_at).first() or rest.first()


def others(by: Actor, submission: Submission) -> list[Grade]:
    """What other graders gave: only for those who have given theirs, so that nobody leans on another."""
    done = submission.grades.filter(kind=GradeKind.STAFF).exclude(done_at=None).select_related("grader")
    given = list(done.order_by("done_at"))
    mine = [grade for grade in given if grade.grader_id == by.person_id]
    return [grade for grade in given if grade.grader_id != by.person_id] if mine or submission.is_settled else []


def most_points(rubric: dict[str, Any]) -> int:
    return sum(int(criterion["levels"][-1]["points"]) for criterion in rubric["criteria"])


def neighbours(
    by: Actor, submission: Submission, *, cohort_id: UUID | None = None, activity_id: UUID | None = None
) -> tuple[UUID | None, UUID | None]:
    """The one before it in the queue and the one after it."""
    waiting = _narrowed(_waiting(by), cohort_id, activity_id).exclude(pk=submission.pk).values_list("pk", flat=True)
    at = submission.submitted_at
    before = waiting.filter(submitted_at__lte=at).order_by("-submitted_at", "-pk").first()
    return before, waiting.filter(submitted_at__gt=at).order_by("submitted_at", "pk").first()
