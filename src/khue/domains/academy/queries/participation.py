"""How a cohort takes part: invited, present, read, quizzes, labs, surveys; by place, province and person; who is behind
and why. A constant number of reads whatever the number of people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from khue.domains.academy.models import ActivityKind, Attendance, Cohort, Enrolment, Hand, Session, Topic
from khue.domains.academy.queries import steps
from khue.domains.academy.queries.steps import TOPIC, Seen, Step
from khue.domains.academy.rules import participation as rules
from khue.domains.academy.rules.attendance import CLOSES, THERE
from khue.domains.academy.rules.participation import Behind, Reason
from khue.domains.academy.rules.rooms import Progress, StepState
from khue.domains.people.api import Actor
from khue.kernel.clock import now

NOTHING = Progress()
# what the columns count, in their order
KINDS = (TOPIC, ActivityKind.QUIZ.value, ActivityKind.LAB.value, ActivityKind.SURVEY.value)


@dataclass(frozen=True)
class Filters:
    """Empty: everybody. `behind`: only those who are; `reason`: only those with this one."""

    place: str = ""
    province: str = ""
    reason: str = ""
    behind: bool = False
    words: str = ""


@dataclass(frozen=True)
class Plan:
    """What the cohort asks for. `when`: the session to which a step belongs, if any; `over`: sessions that are over."""

    sessions: tuple[Session, ...]
    steps: tuple[Step, ...]
    over: frozenset[UUID]
    when: Mapping[UUID, Session]
    has_begun: bool

    def is_due(self, step: Step) -> bool:
        session = self.when.get(step.pk)
        return session is not None and session.pk in self.over


@dataclass(frozen=True)
class Line:
    """A person. `noted`: by session of the plan, what was noted; `progress`: by step."""

    enrolment: Enrolment
    plan: Plan
    noted: Mapping[UUID, Attendance]
    progress: Mapping[UUID, Progress]

    @property
    def is_joined(self) -> bool:
        return self.enrolment.person.last_login is not None or bool(self.progress)

    def presence(self, session: Session) -> str | None:
        row = self.noted.get(session.pk)
        return row.presence if row else None

    def was_there(self, session: Session) -> bool:
        return self.presence(session) in THERE

    @property
    def present(self) -> tuple[int, int]:
        """Sessions so far: there, of."""
        begun = [session for session in self.plan.sessions if session.pk in self.plan.over]
        return sum(self.was_there(session) for session in begun), len(begun)

    def done(self, kind: str) -> tuple[int, int]:
        """Steps of this kind: read to the end, passed, handed in, replied; of how many. What was not passed is not
        done."""
        found = [step for step in self.plan.steps if step.kind == kind]
        return sum(self.is_done(step) for step in found), len(found)

    def is_done(self, step: Step) -> bool:
        one = self.at(step)
        return one.state == StepState.DONE and one.is_passed is not False

    @property
    def counts(self) -> list[tuple[int, int]]:
        return [self.done(kind) for kind in KINDS]

    def at(self, step: Step) -> Progress:
        return self.progress.get(step.pk, NOTHING)

    @cached_property
    def behind(self) -> tuple[Behind, ...]:
        return rules.behind(
            is_joined=self.is_joined,
            has_begun=self.plan.has_begun,
            over=[(one, self.presence(one)) for one in self.plan.sessions if one.pk in self.plan.over],
            due=[(step.kind, step, self.at(step)) for step in self.plan.steps if self.plan.is_due(step)],
        )


@dataclass(frozen=True)
class Group:
    """Of a place, a province, or all. `present`: (there, of) by session; `counts`: (done, of) by KINDS."""

    label: Any
    people: int
    joined: int
    present: tuple[tuple[int, int], ...]
    counts: tuple[tuple[int, int], ...]
    behind: int

    @property
    def invited(self) -> int:
        """Invited, and not there yet."""
        return self.people - self.joined


@dataclass(frozen=True)
class Participation:
    plan: Plan
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]

    @cached_property
    def whole(self) -> Group:
        return _group("", self.plan, self.lines)

    @cached_property
    def by_place(self) -> list[Group]:
        return _groups(self.plan, self.lines, lambda line: line.enrolment.place)

    @cached_property
    def by_province(self) -> list[Group]:
        groups = _groups(self.plan, self.lines, lambda line: line.enrolment.province)
        return sorted(groups, key=lambda group: (not group.label, str(group.label).casefold()))

    @property
    def reasons(self) -> list[tuple[Reason, int]]:
        """How many people have each reason; those that nobody has are left out."""
        found = [(reason, sum(_has(line, reason) for line in self.lines)) for reason in Reason]
        return [(reason, count) for reason, count in found if count]


def followed(actor: Actor) -> QuerySet[Cohort]:
    """Cohorts that the actor sees, or in which they have a campus."""
    own = Q(pk__in=Cohort.objects.visible_to(actor).values("pk"))
    campus = Q(pk__in=Cohort.objects.filter(places__organisation_id__in=actor.branch).values("pk"))
    return Cohort.objects.filter(own | campus).select_related("version")


def of_cohort(cohort: Cohort, *, places: set[UUID] | None = None, filters: Filters = Filters()) -> Participation:  # noqa: B008
    """`places`: only the people of these; None: everybody."""
    plan_ = plan(cohort)
    enrolled = cohort.enrolments.taking_part().on_roll()
    if places is not None:
        enrolled = enrolled.filter(place__in=places)
    lines = lines_of(cohort, plan_, list(enrolled))
    return Participation(plan_, tuple(lines), tuple(line for line in lines if _is_shown(line, filters)))


def plan(cohort: Cohort) -> Plan:
    at = now()
    known = cohort.sessions.filter(cancelled_at=None).select_related("topic").order_by("starts_at")
    sessions = list(known.defer(*(f"topic__{name}" for name in Topic.PAGE)))
    for session in sessions:
        session.cohort = cohort
    activities = steps.recorded(cohort)
    by_session = steps.of_sessions(cohort, sessions, activities)
    when: dict[UUID, Session] = {}
    for session in sessions:
        for step in by_session[session.pk]:
            when.setdefault(step.pk, session)
    return Plan(
        tuple(sessions),
        tuple(steps.of_version(cohort, activities)),
        frozenset(session.pk for session in sessions if session.ends_at + CLOSES < at),
        when,
        any(session.starts_at <= at for session in sessions),
    )


def lines_of(cohort: Cohort, plan_: Plan, enrolled: Sequence[Enrolment]) -> list[Line]:
    noted: dict[UUID, dict[UUID, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.filter(session__in=plan_.sessions, enrolment__in=enrolled):
        noted[row.enrolment_id][row.session_id] = row
    seen: Seen = steps.progress(cohort, plan_.steps, [enrolment.person_id for enrolment in enrolled])
    by_person: dict[UUID, dict[UUID, Progress]] = defaultdict(dict)
    for (person_id, step_id), one in seen.items():
        by_person[person_id][step_id] = one
    return [Line(one, plan_, noted[one.pk], by_person[one.person_id]) for one in enrolled]


def hands_of(enrolment: Enrolment) -> QuerySet[Hand]:
    return enrolment.hands.select_related("settled_by", "topic", "activity").order_by("-created_at")


def _has(line: Line, reason: Reason) -> bool:
    return any(one.reason == reason for one in line.behind)


def _is_shown(line: Line, filters: Filters) -> bool:
    enrolment = line.enrolment
    text = f"{enrolment.person.full_name} {enrolment.unit}".casefold()
    return (
        (not filters.place or str(enrolment.place_id or "none") == filters.place)
        and (not filters.province or enrolment.province == filters.province)
        and (not filters.reason or any(one.reason == filters.reason for one in line.behind))
        and (not filters.behind or bool(line.behind))
        and (not filters.words or filters.words.casefold() in text)
    )


def _groups(plan_: Plan, lines: Iterable[Line], of: Callable[[Line], Any]) -> list[Group]:
    found: dict[Any, list[Line]] = {}
    for line in lines:
        found.setdefault(of(line), []).append(line)
    return [_group(label, plan_, members) for label, members in found.items()]


def _group(label: Any, plan_: Plan, lines: Sequence[Line]) -> Group:
    counts = [line.counts for line in lines]
    return Group(
        label,
        len(lines),
        sum(line.is_joined for line in lines),
        tuple((sum(line.was_there(session) for line in lines), len(lines)) for session in plan_.sessions),
        tuple(
            (sum(one[number][0] for one in counts), sum(one[number][1] for one in counts))
            for number in range(len(KINDS))
        ),
        sum(bool(line.behind) for line in lines),
    )
