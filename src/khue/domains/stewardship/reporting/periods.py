"""The days that a report is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

LONGEST = timedelta(days=731)


@dataclass(frozen=True)
class Period:
    """Both days included."""

    first: date
    last: date

    def since(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.first, time.min, zone)

    def until(self, zone: tzinfo) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, zone)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def month(day: date) -> Period:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(day.replace(day=1), following - timedelta(days=1))


def previous_month(day: date) -> Period:
    return month(day.replace(day=1) - timedelta(days=1))


def quarter(day: date) -> Period:
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return Period(first, month(first.replace(month=first.month + 2)).last)


def year(day: date) -> Period:
    return Period(day.replace(month=1, day=1), day.replace(month=12, day=31))


def chosen(first: date | None, last: date | None, *, today: date) -> Period:
    """What was asked for, put in order and kept short enough to draw; else the current month until today."""
    if first is None and last is None:
        return Period(today.replace(day=1), today)
    start, end = sorted((first or last or today, last or today))
    return Period(max(start, end - LONGEST), end)
