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


def begins(starts_on: date, day: int, clock: str, time_zone: str) -> datetime:
    """The moment of "day 2, 08:30" (days count from 1) of a cohort that starts on `starts_on`, in its time zone."""
    hours, minutes = (int(part) for part in clock.split(":"))
    return datetime.combine(starts_on + timedelta(days=day - 1), time(hours, minutes), ZoneInfo(time_zone))
