"""A result as a brief sees it: what its columns are called, where it is of places, what can be worked out of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from khue.domains.analysis.briefing.binding import Cell
from khue.domains.analysis.charts.choosing import roles
from khue.domains.analysis.engine.result import Result
from khue.domains.analysis.provinces.matching import plain

DERIVED = "derived"
MONTHS_APART = 24
MOST_NAMES = 500
_MONTH = re.compile(r"\d{4}-\d\d(?:-01)?(?:[T ]00:00:00)?$")
_DIRECTIONS = Path(__file__).parent / "directions.yaml"


@cache
def _words() -> Mapping[str, int]:
    stored = yaml.safe_load(_DIRECTIONS.read_text(encoding="utf-8"))
    return {word: -1 for word in stored["less"]} | {word: 1 for word in stored["more"]}


def direction(name: str) -> int:
    """1: more is better, -1: less is, 0: it is not said."""
    said = f" {plain(name)} "
    found = [word for word in _words() if f" {word} " in said]
    return _words()[max(found, key=len)] if found else 0


@dataclass(frozen=True)
class Indicator:
    """`made`: plain, mean, sum, low, high, median or count: what was made of the column."""

    name: str
    unit: str = ""
    made: str = "plain"

    @property
    def direction(self) -> int:
        return direction(self.name)


@dataclass(frozen=True)
class Seen:
    """`called` by column; `places` are columns of places, `kinds` what a row of a column of names is called ("Tỉnh").
    `is_part`: its statement kept only the first rows."""

    step: str
    kind: str
    result: Result
    facts: Mapping[str, Any] = field(default_factory=dict)
    called: Mapping[str, Indicator] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    is_part: bool = False

    @property
    def said(self) -> Mapping[str, Any]:
        """What a method says of its result."""
        found: Mapping[str, Any] = self.facts.get("facts", self.facts)
        return found

    def indicator(self, column: str) -> Indicator:
        return self.called.get(column) or Indicator(column.replace("_", " "))

    @cached_property
    def names(self) -> frozenset[str]:
        """What stands in its rows."""
        return frozenset(value for row in self.result.rows[:MOST_NAMES] for value in row if isinstance(value, str))

    @cached_property
    def derived(self) -> Mapping[str, float]:
        return derived(self.kind, self.result, self.facts)

    def at(self, row: Sequence[Any], column: str) -> Cell:
        """A cell of its own table, by the address that queries.cells gives it."""
        names = tuple(value for value in row if isinstance(value, str))
        if not names:
            names = (f"#{self.result.rows.index(tuple(row)) + 1}",)
        return Cell(self.step, "", names, column, float(row[self.result.names.index(column)]))

    def fact(self, name: str, table: str = "facts") -> Cell:
        held = self.said.get("end", {}) if table == "facts.end" else self.said
        return Cell(self.step, table, (), name, float(held[name]))

    def worked_out(self, name: str) -> Cell:
        return Cell(self.step, DERIVED, (), name, self.derived[name])


# Worked out of a result ---------------------------------------------------------------------------


def derived(kind: str, result: Result, facts: Mapping[str, Any]) -> dict[str, float]:
    """Figures that follow from its cells: how far apart, how much more or less, how many were left out."""
    if kind == "sql":
        return _of_answer(result)
    if kind == "statistics.groups":
        said = facts["facts"]
        found = _apart([said["highest_mean"], said["lowest_mean"]])
    elif kind == "forecast":
        found = _ahead(result, facts)
    else:
        found = {}
    left_out = facts.get("left_out")
    return found | ({"left_out": float(left_out)} if left_out else {})


def _of_answer(result: Result) -> dict[str, float]:
    times, names, amounts = roles(result)
    if not amounts:
        return {}
    if times and not names:
        return _course(points(result, times[0], amounts[0]))
    return _apart([value for value in result.column(amounts[0]) if value is not None])


def _apart(values: Sequence[float]) -> dict[str, float]:
    if len(values) < 2:
        return {}
    high, low = max(values), min(values)
    return {"gap": high - low} | ({"ratio": high / low} if low > 0 else {})


def points(result: Result, time: str, amount: str) -> list[tuple[Any, float]]:
    pairs = zip(result.column(time), result.column(amount), strict=True)
    return sorted(((at, value) for at, value in pairs if at is not None and value is not None), key=lambda one: one[0])


def is_monthly(course: Sequence[tuple[Any, float]]) -> bool:
    """Long enough to set a year beside a year."""
    return len(course) >= MONTHS_APART and all(_MONTH.match(str(at)) for at, _value in course)


def _course(course: Sequence[tuple[Any, float]]) -> dict[str, float]:
    if len(course) < 2:
        return {}
    before, now, more = course[0][1], course[-1][1], {}
    if is_monthly(course):
        before, now = (sum(value for _at, value in part) / 12 for part in (course[:12], course[-12:]))
        more = {"first_year": before, "last_year": now}
    return more | ({"change": abs(now - before) / abs(before)} if before else {})


def _ahead(result: Result, facts: Mapping[str, Any]) -> dict[str, float]:
    """The mean of what is forecast beside that of as many times before, of the same season where there is one."""
    shown = tuple(facts.get("shown", ()))
    rows = [row for row in result.rows if tuple(row[: len(shown)]) == shown]
    history = [value for _at, value in facts.get("history", []) if value is not None]
    count, season = len(rows), int(facts.get("season") or 1)
    start = len(history) - max(count, season if count < season else count)
    before = history[start : start + count] if start >= 0 else history
    if not rows or not before:
        return {}
    column = result.names.index("forecast")
    ahead, past = sum(row[column] for row in rows) / count, sum(before) / len(before)
    return {"ahead": ahead, "past": past} | ({"change": abs(ahead - past) / abs(past)} if past else {})
