"""Where a sheet's heading is, what it says over several merged lines, and which rows are no data: titles, column
numbers, totals, notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from khue.domains.analysis.provinces.matching import plain

Row = Sequence[Any]
MOST_HEADING_LINES = 4
LOOKED_AT = 40
TOTAL = re.compile(
    r"^(tong|tong so|tong cong|tong chung|cong|total|totals|totaux|sum|grand total|sous total|subtotal|ca nuoc|"
    r"toan quoc|whole country|ensemble|tong cong \w+)$"
)
NOTE = re.compile(r"^(nguon|ghi chu|source|note|notes|chu thich|remarque|nguoi lap|don vi tinh|dvt|unit|unite)\b")


def is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not re.fullmatch(r"[\d\s.,%()+-]+", value.strip())


def is_year(value: Any) -> bool:
    text = str(value).removesuffix(".0")
    return text.isdigit() and 1900 <= int(text) <= 2100


@dataclass(frozen=True)
class Heading:
    """`first` and `after`: lines of the heading, the latter no longer in it; `titles` by column; `above`: what stood
    over the table (its title, a unit)."""

    first: int
    after: int
    titles: tuple[str, ...]
    above: tuple[str, ...]


def heading(rows: Sequence[Row]) -> Heading | None:
    """The last line in front of the data that is of texts alone, with the lines above it that belong to it."""
    width = max((len(row) for row in rows[:LOOKED_AT]), default=0)
    filled = [_filled(row) for row in rows[:LOOKED_AT]]
    wide = _usual(filled)
    first = next((at for at, count in enumerate(filled) if count >= max(1, min(2, wide), wide * 0.5)), None)
    if first is None:
        return None
    after = first + 1
    while after < min(len(rows), first + MOST_HEADING_LINES) and _continues(rows[after], rows[after + 1 : after + 4]):
        after += 1
    titles = _titles([_across(row, width, at < after - 1 - first) for at, row in enumerate(rows[first:after])], width)
    after += sum(1 for row in rows[after : after + 1] if _is_numbering(row))
    above = [str(value).strip() for row in rows[:first] for value in row if not is_empty(value)]
    return Heading(first, after, titles, tuple(above))


def _filled(row: Row) -> int:
    return sum(not is_empty(value) for value in row)


def _usual(counts: Sequence[int]) -> int:
    full = sorted(count for count in counts if count)
    return full[int(len(full) * 0.7)] if full else 0


def _continues(row: Row, following: Sequence[Row]) -> bool:
    """A further line of the heading: texts or years only, over lines that hold numbers."""
    values = [value for value in row if not is_empty(value)]
    if not values or not all(is_text(value) or is_year(value) for value in values):
        return False
    if is_text(values[0]) and TOTAL.match(plain(str(values[0]))):
        return False
    has_numbers = any(not is_empty(v) and not is_text(v) and not is_year(v) for r in following for v in r)
    own_numbers = any(is_year(value) for value in values)
    gaps = _filled(row) < max((_filled(r) for r in following), default=0)
    return has_numbers and (own_numbers or gaps)


def _across(row: Row, width: int, is_upper: bool) -> list[str]:
    """Texts of a line; in an upper line a merged cell says its text over those right of it."""
    texts = [_said(row[at]) if at < len(row) else "" for at in range(width)]
    if is_upper:
        for at in range(1, width):
            texts[at] = texts[at] or (texts[at - 1] if at > 0 else "")
    return texts


def _said(value: Any) -> str:
    if is_empty(value):
        return ""
    text = " ".join(str(value).split())
    return text.removesuffix(".0") if is_year(text) else text


def _titles(lines: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    titles = []
    for at in range(width):
        parts: list[str] = []
        for line in lines:
            if line[at] and line[at] not in parts:
                parts.append(line[at])
        titles.append(_joined(parts, lines[-1][at]))
    return tuple(titles)


def _joined(parts: list[str], last: str) -> str:
    """A cell that is merged downward has nothing in the last line: what stands left of it does not belong to it."""
    return " – ".join(parts) if last or len(parts) < 2 else parts[-1] if len(parts) == 1 else " – ".join(parts)


def _is_numbering(row: Row) -> bool:
    """1 2 3 4 … or A B 1 2 3 under the heading."""
    values = [str(value).strip().removesuffix(".0").strip("()") for value in row if not is_empty(value)]
    digits = [int(value) for value in values if value.isdigit()]
    letters = [value for value in values if len(value) == 1 and value.isalpha()]
    in_order = digits == list(range(digits[0], digits[0] + len(digits))) if digits else False
    return len(values) > 2 and len(digits) + len(letters) == len(values) and in_order and digits[0] <= 2


@dataclass(frozen=True)
class Sorted:
    rows: list[Row]
    totals: tuple[str, ...]
    notes: tuple[str, ...]


def sort(rows: Sequence[Row]) -> Sorted:
    """Data, apart from totals and notes; empty lines are dropped."""
    kept, totals, notes = [], [], []
    for row in rows:
        values = [value for value in row if not is_empty(value)]
        if not values:
            continue
        texts = [plain(value) for value in values[:3] if isinstance(value, str)]
        if len(row) > 1 and any(TOTAL.match(text) for text in texts):
            totals.append(str(next(value for value in values if isinstance(value, str))).strip())
        elif len(row) > 2 and len(values) == 1 and isinstance(values[0], str):
            notes.append(values[0].strip())
        elif len(row) > 2 and len(values) <= 2 and texts and NOTE.match(texts[0]):
            notes.append(" ".join(str(value).strip() for value in values))
        else:
            kept.append(row)
    return Sorted(kept, tuple(totals), tuple(notes))
