"""Quizzes and sittings that a person may take or look after."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from khue.domains.academy.models import Activity, Attempt, Bank, Cohort, Quiz, Sitting
from khue.domains.people.api import Actor


@dataclass(frozen=True)
class Entrance:
    """Through which cohort a person takes an activity; None: as a reader of an open programme, or who teaches it."""

    activity: Activity
    cohort: Cohort | None


def kept_by(actor: Actor) -> QuerySet[Quiz]:
    """With how many are handed in and how many essays wait."""
    return (
        Quiz.objects.taught_by(actor)
        .select_related("bank", "activity__topic")
        .annotate(
            handed_in=Count("sittings__attempts", filter=Q(sittings__attempts__finished_at__isnull=False)),
            to_mark=Count("sittings__attempts", filter=Q(sittings__attempts__waiting__gt=0)),
            last=Max("sittings__attempts__finished_at"),
        )
    )


def banks_of(actor: Actor) -> QuerySet[Bank]:
    return (
        Bank.objects.filter(organisation_id__in=actor.branch)
        .select_related("programme")
        .annotate(count=Count("items", filter=Q(items__is_current=True)))
    )


def sittings_of(quiz: Quiz) -> QuerySet[Sitting]:
    return quiz.sittings.select_related("cohort").annotate(
        people=Count("attempts__person", distinct=True),
        handed_in=Count("attempts", filter=Q(attempts__finished_at__isnull=False)),
        to_mark=Count("attempts", filter=Q(attempts__waiting__gt=0)),
    )


@dataclass(frozen=True)
class Standing:
    """The best finished attempt of one person at one quiz."""

    share: float
    is_passed: bool
    waiting: bool


def standings(cohort: Cohort, person_ids: Iterable[UUID] | None = None) -> dict[tuple[UUID, UUID], Standing]:
    """(person, activity) → standing, for the quizzes of the cohort's programme; nobody who has handed in nothing."""
    found = Attempt.objects.finished().filter(sitting__cohort=cohort).exclude(sitting__quiz__activity=None)
    if person_ids is not None:
        found = found.filter(person_id__in=list(person_ids))
    best: dict[tuple[UUID, UUID], Standing] = {}
    for attempt in found.select_related("sitting__quiz"):
        activity_id = attempt.sitting.quiz.activity_id
        assert activity_id is not None
        key = (attempt.person_id, activity_id)
        standing = Standing(attempt.share, attempt.is_passed, attempt.waiting > 0)
        if key not in best or standing.share > best[key].share:
            best[key] = standing
    return best
