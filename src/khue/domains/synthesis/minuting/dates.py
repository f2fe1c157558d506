""" "trước ngày 30/11", "thứ Sáu tuần tới", "cuối tháng": the day that is meant, counted from the meeting's."""

import calendar
import datetime
import re
from dataclasses import dataclass

Day = datetime.date
_EXPLICIT = re.compile(
    r"(?:ngày\s+)?(?<![\d/])(?P<d>\d{1,2})\s*(?:/|-|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:\s*(?:/|-|\s+năm\s+)(?P<y>\d{4}))?(?![\d/])",
    re.IGNORECASE,
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}
_WEEKDAY = re.compile(
    r"(?<!\w)(?:thứ\s+(?P<n>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
    r"(?:\s+(?:tuần\s+)?(?P<which>này|tới|sau))?",
    re.IGNORECASE,
)
_RELATIVE = (
    (re.compile(r"(?<!\w)(?:ngày|sáng|chiều) mai(?!\w)", re.IGNORECASE), lambda day: day + datetime.timedelta(1)),
    (re.compile(r"(?<!\w)(?:hôm nay|trong ngày)(?!\w)", re.IGNORECASE), lambda day: day),
    (re.compile(r"(?:trong|cuối|hết)\s+tuần\s+này", re.IGNORECASE), lambda day: _friday(day, 0)),
    (re.compile(r"(?:trong|cuối|hết)?\s*tuần\s+(?:tới|sau)", re.IGNORECASE), lambda day: _friday(day, 1)),
    (re.compile(r"(?:cuối|hết|trong)\s+tháng(?:\s+này)?(?!\s*\d)", re.IGNORECASE),
     lambda day: _month_end(day.year, day.month)),
)  # fmt: skip
_MONTH = re.compile(r"(?:cuối|hết|trong)\s+tháng\s+(?P<m>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y>\d{4}))?", re.IGNORECASE)
_DAYS = re.compile(r"(?:trong|sau)\s+(?:vòng\s+)?(?P<n>\d{1,3})\s+ngày(?!\s+làm việc)", re.IGNORECASE)
_SIGNAL = re.compile(
    r"(?:trước|chậm nhất|hạn|xong|hoàn thành|muộn nhất|đến)\s+(?:(?:là|vào|trong|ngày|hết)\s+)*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Due:
    """`day` None where the words name no day that could be counted."""

    words: str
    day: Day | None


def due(text: str, held_on: Day | None) -> Due | None:
    """The first that the text sets."""
    explicit = _EXPLICIT.search(text)
    if explicit:
        return Due(explicit[0].strip(), _explicit(explicit, held_on))
    month = _MONTH.search(text)
    if month:
        return Due(month[0], _of_month(month, held_on))
    weekday = _WEEKDAY.search(text)
    if weekday:
        return Due(weekday[0], _of_week(weekday, held_on))
    days = _DAYS.search(text)
    if days:
        return Due(days[0], held_on + datetime.timedelta(int(days["n"])) if held_on else None)
    for form, reckon in _RELATIVE:
        if found := form.search(text):
            return Due(found[0].strip(), reckon(held_on) if held_on else None)
    return None


def _explicit(found: re.Match[str], held_on: Day | None) -> Day | None:
    if not found["y"] and held_on is None:
        return None
    try:
        made = Day(int(found["y"] or held_on.year), int(found["m"]), int(found["d"]))  # type: ignore[union-attr]
    except ValueError:
        return None
    is_past = held_on is not None and not found["y"] and (held_on - made).days > 180
    return made.replace(year=made.year + 1) if is_past else made


def _of_month(found: re.Match[str], held_on: Day | None) -> Day | None:
    if not 1 <= int(found["m"]) <= 12 or (held_on is None and not found["y"]):
        return None
    year = int(found["y"]) if found["y"] else held_on.year + (int(found["m"]) < held_on.month)  # type: ignore[union-attr]
    return _month_end(year, int(found["m"]))


def _of_week(found: re.Match[str], held_on: Day | None) -> Day | None:
    if held_on is None:
        return None
    said = (found["n"] or "").lower()
    wanted = 6 if not said else int(said) - 2 if said.isdigit() else _WEEKDAYS[said]
    monday = held_on - datetime.timedelta(held_on.weekday())
    if (found["which"] or "").lower() in {"tới", "sau"}:
        return monday + datetime.timedelta(7 + wanted)
    made = monday + datetime.timedelta(wanted)
    return made if made >= held_on else made + datetime.timedelta(7)


def _friday(day: Day, weeks: int) -> Day:
    return day - datetime.timedelta(day.weekday()) + datetime.timedelta(7 * weeks + 4)


def _month_end(year: int, month: int) -> Day:
    return Day(year, month, calendar.monthrange(year, month)[1])
