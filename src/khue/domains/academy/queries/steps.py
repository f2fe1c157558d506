"""What a session asks for, step by step, and where each person is in it. A constant number of reads whatever the number
of people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Greatest

from khue.domains.academy.course.pages import headings
from khue.domains.academy.models import (
    Activity,
    ActivityKind,
    Attempt,
    Cohort,
    Reading,
    Session,
    Submission,
    SurveyDone,
    Topic,
)
from khue.domains.academy.queries import labs, sprints
from khue.domains.academy.queries.labs import LabStanding
from khue.domains.academy.queries.sprints import SprintStanding
from khue.domains.academy.rules.labs import SubmissionState
from khue.domains.academy.rules.rooms import Progress, StepState
from khue.domains.academy.rules.texts import language_of

TOPIC = "topic"
# of these something is recorded
RECORDED = (ActivityKind.QUIZ, ActivityKind.LAB, ActivityKind.SURVEY, ActivityKind.SPRINT)
Seen = dict[tuple[UUID, UUID], Progress]


@dataclass(frozen=True)
class Step:
    """A page to read or something to do. `kind`: TOPIC or an ActivityKind."""

    kind: str
    thing: Topic | Activity

    @property
    def pk(self) -> UUID:
        return self.thing.pk

    @property
    def key(self) -> str:
        return self.thing.key

    @property
    def address(self) -> str:
        """As a raised hand names it."""
        return f"{'topic' if self.kind == TOPIC else 'activity'}:{self.pk}"

    @property
    def name(self) -> str:
        return self.thing.name


def of_session(session: Session) -> list[Step]:
    """Its topic, then what the timetable names for it, else what the topic has."""
    return of_sessions(session.cohort, [session])[session.pk]


def of_version(cohort: Cohort, activities: Sequence[Activity] | None = None) -> list[Step]:
    """All that the programme asks for: its topics, then its activities, each in their order."""
    topics = [Step(TOPIC, topic) for topic in cohort.version.topics.all()]
    return [*topics, *_steps(recorded(cohort) if activities is None else activities)]


def recorded(cohort: Cohort) -> list[Activity]:
    """What of a programme's activities leaves a record; without what stands on their pages."""
    found = cohort.version.activities.filter(kind__in=RECORDED).select_related("topic")
    return list(found.defer("definition", *(f"topic__{name}" for name in Topic.PAGE)))


def of_sessions(
    cohort: Cohort, sessions: Iterable[Session], activities: Sequence[Activity] | None = None
) -> dict[UUID, list[Step]]:
    """The same for several sessions of a cohort, in one read."""
    activities = recorded(cohort) if activities is None else activities
    slots = {slot.get("key"): slot for slot in cohort.version.definition.get("timetable", [])}
    return {one.pk: _of_slot(one, slots.get(one.key, {}), activities) for one in sessions}


def _of_slot(session: Session, slot: dict[str, Any], activities: Sequence[Activity]) -> list[Step]:
    named = slot.get("activities", [])
    by_key = {activity.key: activity for activity in activities}
    own = [activity for activity in activities if session.topic_id and activity.topic_id == session.topic_id]
    found = [by_key[key] for key in named if key in by_key] if named else own
    return [*([Step(TOPIC, session.topic)] if session.topic else []), *_steps(found)]


def _steps(activities: Iterable[Activity]) -> list[Step]:
    return [Step(activity.kind, activity) for activity in activities]


def progress(cohort: Cohort, steps: Sequence[Step], person_ids: Collection[UUID]) -> Seen:
    """(person, step) → progress; nobody who has not begun. One read for each kind of step."""
    kinds: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        kinds[step.kind].append(step)
    seen: Seen = {}
    for kind, found in kinds.items():
        if kind in READERS:
            seen |= READERS[kind](cohort, found, person_ids)
    return seen


def _readings(cohort: Cohort, steps: Sequence[Step], person_ids: Collection[UUID]) -> Seen:
    of = {step.pk: sections(step.thing) for step in steps}
    found = Reading.objects.filter(topic__in=of, person__in=person_ids)
    return {
        (one.person_id, one.topic_id): Progress(
            StepState.DONE if one.finished_at else StepState.BEGUN,
            min(one.section, of[one.topic_id]),
            of[one.topic_id],
            one.finished_at or one.updated_at,
        )
        for one in found
    }


def sections(topic: Topic | Activity) -> int:
    """Headings of the page to read; the languages of a page have the same ones."""
    assert isinstance(topic, Topic)
    return _sections(topic.pages.get(language_of(topic.pages, "vi"), ""))


@lru_cache(maxsize=512)
def _sections(page: str) -> int:
    return sum(heading.level == 2 for heading in headings(page))


def _attempts(cohort: Cohort, steps: Sequence[Step], person_ids: Collection[UUID]) -> Seen:
    """The open attempt, unless a finished one has passed; else the best one."""
    found = (
        Attempt.objects.filter(
            sitting__cohort=cohort, sitting__quiz__activity__in=[step.pk for step in steps], person__in=person_ids
        )
        .select_related("sitting__quiz")
        .annotate(
            asked=Count("answers"),
            given=Count("answers", filter=Q(answers__given__isnull=False)),
            last=Max("answers__given_at"),
        )
    )
    by_thing: dict[tuple[UUID, UUID], list[Any]] = defaultdict(list)
    for attempt in found:
        by_thing[attempt.person_id, attempt.sitting.quiz.activity_id].append(attempt)  # type: ignore[index]
    return {key: _of_attempts(attempts) for key, attempts in by_thing.items()}


def _of_attempts(attempts: Sequence[Any]) -> Progress:
    finished = [attempt for attempt in attempts if attempt.finished_at]
    best = max(finished, key=lambda attempt: attempt.share, default=None)
    running = next((attempt for attempt in attempts if attempt.finished_at is None), None)
    if running and not (best and best.is_passed):
        return Progress(StepState.BEGUN, running.given, running.asked, running.last or running.started_at)
    assert best is not None
    # an essay that waits to be marked may still pass
    is_passed = best.is_passed or (None if best.waiting else False)
    return Progress(StepState.DONE, best.given, best.asked, best.finished_at, best.share, is_passed)


def _labs(cohort: Cohort, steps: Sequence[Step], person_ids: Collection[UUID]) -> Seen:
    """Standing as graded; a movement is whatever was put into a submission, or handed in."""
    of = {step.pk for step in steps}
    stood = labs.standings(cohort, person_ids)
    found = Submission.objects.filter(cohort=cohort, activity__in=of, person__in=person_ids).order_by()
    moved = found.values("person_id", "activity_id").annotate(
        last=Greatest(Max("updated_at"), Max("evidence__updated_at"))
    )
    times = {(row["person_id"], row["activity_id"]): row["last"] for row in moved}
    return {key: _of_lab(one, times.get(key)) for key, one in stood.items() if key[1] in of}


def _of_lab(standing: LabStanding, moved_at: datetime | None) -> Progress:
    in_work = standing.state in {SubmissionState.DRAFT, SubmissionState.RETURNED} and not standing.is_passed
    is_passed = standing.is_passed if standing.is_passed or standing.score is not None else None
    state = StepState.BEGUN if in_work else StepState.DONE
    return Progress(state, moved_at=moved_at, share=standing.score, is_passed=is_passed)


def _sprints(cohort: Cohort, steps: Sequence[Step], person_ids: Collection[UUID]) -> Seen:
    """Of their team."""
    of = {step.pk for step in steps}
    stood = sprints.standings(cohort, person_ids)
    return {key: _of_sprint(one) for key, one in stood.items() if key[1] in of and (one.passed or one.is_presented)}


def _of_sprint(standing: SprintStanding) -> Progress:
    state = StepState.DONE if standing.is_presented else StepState.BEGUN
    return Progress(state, standing.passed, standing.stages, is_passed=standing.is_passed or None)


def _surveys(cohort: Cohort, steps: Sequence[Step], person_ids: Collection[UUID]) -> Seen:
    """That they have replied; the survey keeps no time."""
    activities = [step.pk for step in steps]
    found = SurveyDone.objects.filter(cohort=cohort, activity__in=activities, person__in=person_ids)
    return {key: Progress(StepState.DONE) for key in found.values_list("person_id", "activity_id")}


READERS = {
    TOPIC: _readings,
    ActivityKind.QUIZ.value: _attempts,
    ActivityKind.SURVEY.value: _surveys,
    ActivityKind.LAB.value: _labs,
    ActivityKind.SPRINT.value: _sprints,
}
