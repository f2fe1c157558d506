"""Sentences put together from texts with slots, each figure in them with its cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from babel.numbers import format_decimal

from khue.domains.analysis.briefing.binding import Bound, Cell, rounded

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("vi", "en", "fr")
_SLOT = re.compile(r"\{(\w+)\}")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ].*)?$")


@cache
def texts(language: str) -> Mapping[str, Any]:
    name = language if language in LANGUAGES else "en"
    loaded: Mapping[str, Any] = yaml.safe_load((TEXTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Worded:
    """A text and the figures in it, bound to their cells."""

    text: str
    bound: tuple[Bound, ...] = ()

    def __add__(self, other: "Worded") -> "Worded":
        at = len(self.text)
        moved = (replace(one, start=one.start + at, end=one.end + at) for one in other.bound)
        return Worded(self.text + other.text, (*self.bound, *moved))

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def opened(self) -> "Worded":
        """With a capital at its beginning."""
        at = next((i for i, sign in enumerate(self.text) if sign.isalpha()), 0)
        # a name in quotation marks keeps its own letters
        quoted = any(sign in "“«" for sign in self.text[:at])
        text = self.text if quoted else self.text[:at] + self.text[at : at + 1].upper() + self.text[at + 1 :]
        return replace(self, text=text)


NOTHING = Worded("")
Slot = Worded | str


def say(template: str, **slots: Slot) -> Worded:
    """ "{Name}" is "{name}" with a capital. Raises KeyError for a slot that is not given."""
    made, end = NOTHING, 0
    for found in _SLOT.finditer(template):
        name = found[1]
        value = slots[name[0].lower() + name[1:]]
        worded = value if isinstance(value, Worded) else Worded(value)
        made = made + Worded(template[end : found.start()]) + (worded.opened if name[0].isupper() else worded)
        end = found.end()
    return made + Worded(template[end:])


def joined(parts: Iterable[Slot], between: str, last: str = "") -> Worded:
    """`last` stands before the last one: "A, B and C"."""
    worded = [one if isinstance(one, Worded) else Worded(one) for one in parts]
    made = NOTHING
    for at, one in enumerate(worded):
        gap = "" if not at else last if last and at == len(worded) - 1 else between
        made = made + Worded(gap) + one
    return made


# Figures and times --------------------------------------------------------------------------------


def shown(
    cell: Cell, language: str, *, decimals: int = 0, share: bool = False, unit: str = "", size: bool = False
) -> Worded:
    """`share`: 0.28 as 28%. `size`: without its sign, which is in the words. `unit` follows, as the texts call it."""
    value = rounded(abs(cell.value) if size else cell.value, 2 if share else 0, decimals)
    digits = str(format_decimal(value, format=_pattern(decimals), locale=language))
    gap = "\u00a0" if language == "fr" else ""
    if share or unit == "%":
        digits += f"{gap}%"
    bound = Bound(0, len(digits), digits, cell, 2 if share else 0)
    after = f" {unit}" if unit and unit != "%" else ""
    return Worded(digits + after, (bound,))


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def decimals(*values: float) -> int:
    """As many as tell the values apart and no more."""
    if all(float(value).is_integer() for value in values):
        return 0
    spread = max(values) - min(values) if len(values) > 1 else 0
    size = max(map(abs, values))
    if size >= 1000 or (spread >= 100 and len(values) > 1):
        return 0
    step = spread or size
    return 1 if step >= 1 or size >= 100 else 2 if step >= 0.1 else 3


def moment(value: Any, language: str) -> str:
    """A year, a month or a day as it is said."""
    found = _DAY.match(str(value))
    if not found:
        return str(value)
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    pattern = {"en": "MMMM yyyy"}.get(language, "MM/yyyy") if day == 1 else {"en": "d MMMM yyyy"}.get(language)
    return str(format_date(date(year, month, day), format=pattern or "dd/MM/yyyy", locale=language))
