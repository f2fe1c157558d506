"""Figures bound to cells: which cell a figure in a text shows, and what it shows when the cell has changed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import format_decimal

from khue.domains.analysis.briefing.figures import Figure, figures

NEAR = 160
# (step, table, row, column)
Address = tuple[str, str, tuple[str, ...], str]


@dataclass(frozen=True)
class Cell:
    """A number of a result. `table` is "" for the step's own one, else that of its facts; `row` are the cells that name
    the row."""

    step: str
    table: str
    row: tuple[str, ...]
    column: str
    value: float

    @property
    def address(self) -> Address:
        return self.step, self.table, self.row, self.column


@dataclass(frozen=True)
class Bound:
    """A figure of a text, from `start` to `end`; `cell` is None where no result holds it."""

    start: int
    end: int
    text: str
    cell: Cell | None
    times: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Bound":
        cell = stored["cell"]
        made = Cell(cell["step"], cell["table"], tuple(cell["row"]), cell["column"], cell["value"]) if cell else None
        return cls(stored["start"], stored["end"], stored["text"], made, stored["times"])


def bind(text: str, cells: Sequence[Cell], language: str, before: Iterable[Bound] = ()) -> list[Bound]:
    """Each figure of the text with the cell that it shows: the one of before if it still does, else the one whose row
    is spoken of nearby."""
    known = {(one.text, one.cell.address) for one in before if one.cell}
    return [_bound(figure, text, cells, known) for figure in figures(text, language)]


def _bound(figure: Figure, text: str, cells: Sequence[Cell], known: set[Any]) -> Bound:
    fits = [(cell, times) for cell in cells if (times := shows(figure, cell.value)) is not None]
    if not fits:
        return Bound(figure.start, figure.end, figure.text, None)
    near = text[max(0, figure.start - NEAR) : figure.end + NEAR].casefold()
    cell, times = max(fits, key=lambda fit: ((figure.text, fit[0].address) in known, _nearness(fit[0], near)))
    return Bound(figure.start, figure.end, figure.text, cell, times)


def _nearness(cell: Cell, near: str) -> float:
    """A row's name that stands in the text counts more than a column's."""
    named = sum(part.casefold() in near for part in cell.row if len(part) > 1)
    words = [word for word in re.findall(r"\w{3,}", cell.column.casefold()) if word in near]
    return 2 * named + len(words) / 10 + (0.05 if not cell.table else 0)


def shows(figure: Figure, value: float) -> int | None:
    """The power of ten (2 for a share shown in percent, −6 for millions) by which the cell is shown so; None: it is
    not."""
    scales = [-figure.power] if figure.power else [0]
    if figure.percent:
        scales = [0, 2]
    for scale in scales:
        if rounded(value, scale, figure.decimals) == figure.value:
            return scale
    # "fell by 3": the sign is in the words
    for scale in scales:
        if value < 0 and rounded(-value, scale, figure.decimals) == figure.value:
            return scale
    return None


def rounded(value: float, scale: int, decimals: int) -> Decimal:
    exact = Decimal(repr(value)).scaleb(scale)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


# Refreshed ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refreshed:
    """`moved` are (what stood there, what stands there now); `lost` are figures whose cell is no longer there."""

    text: str
    bound: tuple[Bound, ...]
    moved: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]


def refresh(text: str, bound: Sequence[Bound], cells: Sequence[Cell], language: str) -> Refreshed:
    """Every bound figure shows its cell as it is now, written as it was written."""
    now = {cell.address: cell for cell in cells}
    made, after, moved, lost, end = [], [], [], [], 0
    for one in sorted(bound, key=lambda each: each.start):
        made.append(text[end : one.start])
        end = one.end
        cell = now.get(one.cell.address) if one.cell else None
        shown = one.text if cell is None else _written(one, cell, language)
        start = sum(map(len, made))
        made.append(shown)
        after.append(Bound(start, start + len(shown), shown, cell, one.times))
        if one.cell and cell is None:
            lost.append(one.text)
        elif shown != one.text:
            moved.append((one.text, shown))
    return Refreshed("".join([*made, text[end:]]), tuple(after), tuple(moved), tuple(lost))


def _written(one: Bound, cell: Cell, language: str) -> str:
    figure = next(iter(figures(one.text, language)), None)
    decimals = figure.decimals if figure else 0
    value = rounded(cell.value, one.times, decimals)
    if one.cell and one.cell.value < 0 and figure and figure.value >= 0:
        value = -value
    tail = re.search(r"\s?%$", one.text)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if not re.search(r"\d[.,\u00a0\u202f ]\d{3}", one.text):
        pattern = pattern.replace("#,##0", "0") if abs(value) < 1000 else pattern
    return str(format_decimal(value, format=pattern, locale=language)) + (tail[0] if tail else "")
