"""When people are there to answer."""

import re
from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from khue.domains.assistants.definition.faults import Fault

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2})[:hg.](\d{2})?\s*(?:-|–|to|đến|à)\s*(\d{1,2})[:hg.](\d{2})?")


def spans(text: str) -> list[tuple[time, time]]:
    """ "7:30-11:30, 13:00-16:30". Raises Fault, with what was not understood."""
    found = []
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        match = _SPAN.fullmatch(piece.lower())
        if match is None:
            raise Fault("hours", piece, f"“{piece}”: write hours as 7:30-11:30, several with commas between")
        try:
            first, second = (time(int(match[n]), int(match[n + 1] or 0)) for n in (1, 3))
        except ValueError:
            raise Fault("hours", piece, f"“{piece}” is no time of day") from None
        if first >= second:
            raise Fault("hours-order", piece, f"“{piece}” ends before it begins")
        found.append((first, second))
    return found


def _tidy(text: str) -> str:
    return ", ".join(f"{first:%H:%M}-{second:%H:%M}" for first, second in sorted(spans(text)))


Spans = Annotated[str, AfterValidator(_tidy)]


class Hours(BaseModel):
    """For each day of the week; empty: nobody is there."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    mon: Spans = ""
    tue: Spans = ""
    wed: Spans = ""
    thu: Spans = ""
    fri: Spans = ""
    sat: Spans = ""
    sun: Spans = ""

    def is_open(self, at: datetime) -> bool:
        """`at` in the time of the place."""
        return any(first <= at.time() < second for first, second in spans(getattr(self, DAYS[at.weekday()])))

    def next_opening(self, at: datetime) -> datetime | None:
        """The next beginning of hours after `at`; None where there are no hours at all."""
        for ahead in range(8):
            day = at + timedelta(days=ahead)
            for first, _ in spans(getattr(self, DAYS[day.weekday()])):
                opening = day.replace(hour=first.hour, minute=first.minute, second=0, microsecond=0)
                if opening > at:
                    return opening
        return None

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, day) for day in DAYS)
