"""What somebody has before them and behind them."""

from dataclasses import dataclass
from uuid import UUID

from khue.domains.academy.models import Attendance, Enrolment, Session
from khue.domains.academy.queries import readings, sessions
from khue.domains.academy.queries.readings import Progress
from khue.domains.academy.rules.attendance import THERE
from khue.kernel.clock import now


@dataclass(frozen=True)
class Day:
    """A session as its participant sees it. `is_missed`: over, and not noted as there."""

    session: Session
    attendance: Attendance | None
    is_over: bool
    is_now: bool

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

    @property
    def next(self) -> Day | None:
        return next((day for day in self.days if not day.is_over), None)

    @property
    def missed(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.is_missed)


def of_person(person_id: UUID) -> list[Course]:
    """Each cohort that the person takes part in, the one that begins last first."""
    enrolments = list(
        Enrolment.objects.taking_part()
        .filter(person=person_id)
        .select_related("cohort__version", "place", "team")
        .order_by("-cohort__starts_on")
    )
    known = {row.session_id: row for row in Attendance.objects.filter(enrolment__in=enrolments)}
    by_cohort: dict[UUID, list[Day]] = {}
    at = now()
    for session in sessions.of_person(person_id).filter(cancelled_at=None):
        is_now = session.starts_at <= at <= session.ends_at
        day = Day(session, known.get(session.pk), session.ends_at < at, is_now)
        by_cohort.setdefault(session.cohort_id, []).append(day)
    progress = readings.progress_of(person_id, [enrolment.cohort.version_id for enrolment in enrolments])
    return [Course(e, tuple(by_cohort.get(e.cohort_id, [])), progress.get(e.cohort.version_id)) for e in enrolments]
