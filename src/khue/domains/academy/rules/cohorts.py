"""States of a cohort and of an enrolment, and the dates of a timetable."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class CohortState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


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
