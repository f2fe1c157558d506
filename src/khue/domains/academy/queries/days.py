"""What somebody has before them and behind them."""

from dataclasses import dataclass
from uuid import UUID

from khue.domains.academy.models import Attendance, Enrolment, Hand, Session
from khue.domains.academy.queries import participation, readings, rooms, sessions, whereabouts
from khue.domains.academy.queries.participation import Line
from khue.domains.academy.queries.readings import Progress
from khue.domains.academy.queries.steps import Step
from khue.domains.academy.queries.whereabouts import Where
from khue.domains.academy.rules.attendance import THERE
from khue.domains.academy.rules.rooms import Progress as Standing
from khue.kernel.clock import now


@dataclass(frozen=True)
class Day:
    """A session as its participant sees it. `is_missed`: over, and not noted as there."""

    session: Session
    attendance: Attendance | None
    is_over: bool
    is_now: bool
    where: Where | None = None

    @property
    def is_there(self) -> bool:
        return self.attendance is not None and self.attendance.presence in THERE

    @property
    def is_missed(self) -> bool:
        return self.is_over and not self.is_there


@dataclass(frozen=True)
class Course:
    enrolment: Enrolment
    days: tuple[Day, ...]
    progress: Progress | None
    line: Line
    hand: Hand | None

    @property
    def next(self) -> Day | None:
        return next((day for day in self.days if not day.is_over), None)

    @property
    def missed(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.is_missed)

    @property
    def ahead(self) -> list[tuple[Step, Standing]]:
        """What the session asks for that runs or comes next, and is not done."""
        plan = self.line.plan
        session = self.next.session if self.next else None
        own = [step for step in plan.steps if session and plan.when.get(step.pk) == session]
        return [(step, self.line.at(step)) for step in own if not self.line.is_done(step)]

    @property
    def missing(self) -> list[tuple[Step, Standing]]:
        """Of sessions that are over: what is still to be made up for, surveys and labs too."""
        return [(one.thing, self.line.at(one.thing)) for one in self.line.behind if isinstance(one.thing, Step)]

    @property
    def rest(self) -> list[tuple[Step, Standing]]:
        """What belongs to no session and is not done."""
        plan = self.line.plan
        own = [step for step in plan.steps if step.pk not in plan.when and not self.line.is_done(step)]
        return [(step, self.line.at(step)) for step in own]

    @property
    def is_all_done(self) -> bool:
        return not (self.missed or self.missing or self.rest or self.next)


def of_person(person_id: UUID) -> list[Course]:
    """Each cohort that the person takes part in, the one that begins last first."""
    enrolments = list(
        Enrolment.objects.taking_part()
        .filter(person=person_id)
        .select_related("cohort__version", "place", "team", "person")
        .order_by("-cohort__starts_on")
    )
    known = {row.session_id: row for row in Attendance.objects.filter(enrolment__in=enrolments)}
    by_cohort: dict[UUID, list[Day]] = {}
    at = now()
    found = list(sessions.of_person(person_id).filter(cancelled_at=None))
    wheres = whereabouts.of_person(person_id, found)
    for session in found:
        is_now = session.starts_at <= at <= session.ends_at
        day = Day(session, known.get(session.pk), session.ends_at < at, is_now, wheres.get(session.pk))
        by_cohort.setdefault(session.cohort_id, []).append(day)
    progress = readings.progress_of(person_id, [enrolment.cohort.version_id for enrolment in enrolments])
    return [_course(e, by_cohort.get(e.cohort_id, []), progress.get(e.cohort.version_id)) for e in enrolments]


def _course(enrolment: Enrolment, days: list[Day], progress: Progress | None) -> Course:
    cohort = enrolment.cohort
    line = participation.lines_of(cohort, participation.plan(cohort), [enrolment])[0]
    return Course(enrolment, tuple(days), progress, line, rooms.hand_of(enrolment))
