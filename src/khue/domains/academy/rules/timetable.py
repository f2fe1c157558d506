"""Moving sessions: by days, Saturdays and Sundays passed over where the programme does so."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def moved(at: datetime, days: int, time_zone: str, *, skip_weekends: bool) -> datetime:
    """The same time of the day, so many days (working days, with `skip_weekends`) later; earlier below 0."""
    local = at.astimezone(ZoneInfo(time_zone))
    on = _later(local.date(), days) if skip_weekends else local.date() + timedelta(days=days)
    return local.replace(year=on.year, month=on.month, day=on.day)


def days_between(first: date, second: date, *, skip_weekends: bool) -> int:
    """What `moved` takes to come from the first to the second, which is a working day with `skip_weekends`."""
    if not skip_weekends:
        return (second - first).days
    step = 1 if second >= first else -1
    found, on = 0, first
    while on != second:
        on += timedelta(days=step)
        found += step if on.weekday() < 5 else 0
    return found


def _later(on: date, days: int) -> date:
    step = 1 if days >= 0 else -1
    while days:
        on += timedelta(days=step)
        days -= step if on.weekday() < 5 else 0
    return on
