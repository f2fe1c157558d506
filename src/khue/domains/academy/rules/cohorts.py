"""States of a cohort and of an enrolment, and the dates of a timetable."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class CohortState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


# after its last day work is still handed in and looked at for so long
CLOSES_AFTER = timedelta(days=30)


def closes_on(ends_on: date, *, running_since: date | None = None) -> date:
    """The last day before it closes by itself: CLOSES_AFTER its own last day, or the day on which somebody began it or
    opened it again, whichever is later."""
    return (max(ends_on, running_since) if running_since else ends_on) + CLOSES_AFTER


def state_on(
    today: date, *, starts_on: date, ends_on: date, decided: CohortState | None = None, decided_on: date | None = None
) -> CohortState:
    """By its dates, unless somebody decided: closed holds until it is opened again, begun or opened again until it
    closes by itself."""
    if decided is CohortState.CLOSED:
        return CohortState.CLOSED
    is_begun = decided is CohortState.RUNNING
    if today > closes_on(ends_on, running_since=decided_on if is_begun else None):
        return CohortState.CLOSED
    return CohortState.RUNNING if is_begun or today >= starts_on else CohortState.PLANNED


class EnrolmentState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


# who may read and take part; the completed keep what they learnt from
TAKES_PART = frozenset({EnrolmentState.INVITED, EnrolmentState.ACTIVE, EnrolmentState.COMPLETED})


def date_of(starts_on: date, day: int, *, skip_weekends: bool = True) -> date:
    """The date of day 1, 2, … of a timetable; with `skip_weekends` only Monday to Friday count, from day 2 on."""
    found = starts_on
    for _step in range(day - 1):
        found += timedelta(days=1)
        while skip_weekends and found.weekday() >= 5:
            found += timedelta(days=1)
    return found


def begins(on: date, clock: str, time_zone: str) -> datetime:
    """The moment of "08:30" on a date in a time zone."""
    hours, minutes = (int(part) for part in clock.split(":"))
    return datetime.combine(on, time(hours, minutes), ZoneInfo(time_zone))
