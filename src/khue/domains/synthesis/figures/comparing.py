"""The table of figures by unit, and where figures do not agree; nothing is smoothed over."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from khue.domains.synthesis.figures.figure import Figure
from khue.domains.synthesis.figures.periods import Period

# text and table of one report; two reports on one unit and period; this report and the last on the last period;
# a change that is stated and the figures that it is of
Between = Literal["text and table", "reports", "last period", "change"]
# shares and changes are rounded at will
TOLERANCE = {"%": 0.051, "điểm %": 0.051}
CHANGE = 0.6


@dataclass(frozen=True)
class Contradiction:
    between: Between
    place: str
    indicator: str
    period: str
    unit: str
    said: tuple[Figure, ...]
    computed: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


Key = tuple[str, str, str, str]


def table(figures: Iterable[Figure], *, least: int = 1) -> dict[str, Any]:
    """{"periods", "rows": [{"indicator", "unit", "period", "cells": {place: [figure, …]}}]}: all that was said of a
    place, the first of a table before those of sentences."""
    cells: dict[tuple[str, str, str], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    order: dict[str, int] = {}
    for one in figures:
        if not one.indicator or one.kind != "actual":
            continue
        order.setdefault(one.indicator, len(order))
        cells[one.indicator, one.unit, one.period][one.place].append(one)
    rows = []
    for (indicator, unit, period), held in sorted(cells.items(), key=lambda kv: (order[kv[0][0]], kv[0][2])):
        if len(held) >= least:
            rows.append(
                {
                    "indicator": indicator,
                    "unit": unit,
                    "period": period,
                    "cells": {p: _first(f) for p, f in held.items()},
                }
            )
    return {"rows": rows, "periods": [one for one, _ in Counter(row["period"] for row in rows).most_common()]}


def _first(found: Sequence[Figure]) -> list[dict[str, Any]]:
    """Each value once."""
    kept: list[Figure] = []
    for one in sorted(found, key=lambda figure: figure.source != "table"):
        if not any(agree(one, other) and one.report == other.report for other in kept):
            kept.append(one)
    return [one.as_json() for one in kept]


def agree(one: Figure, two: Figure) -> bool:
    slack = max(one.slack, two.slack, TOLERANCE.get(one.unit, 0.0))
    return abs(one.value - two.value) <= slack * 1.0001 + 1e-9


def contradictions(figures: Sequence[Figure]) -> list[Contradiction]:
    actual: dict[Key, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.indicator and one.kind == "actual":
            actual[one.place, one.indicator, one.period, one.unit].append(one)
    found = [made for key, said in actual.items() for made in _apart(key, said)]
    found += _changes(figures, actual)
    return sorted(found, key=lambda one: (one.place, one.indicator, one.period))


def _apart(key: Key, said: Sequence[Figure]) -> Iterator[Contradiction]:
    """The first figure that each other does not agree with, one pair for each kind of disagreement."""
    seen: set[str] = set()
    place, indicator, period, unit = key
    for at, one in enumerate(said):
        for two in said[at + 1 :]:
            if agree(one, two):
                continue
            between = _between(one, two)
            if between not in seen:
                seen.add(between)
                yield Contradiction(between, place, indicator, period, unit, (one, two))


def _between(one: Figure, two: Figure) -> Between:
    if one.report == two.report:
        return "text and table"
    return "last period" if one.is_of_last != two.is_of_last else "reports"


def _changes(figures: Sequence[Figure], actual: dict[Key, list[Figure]]) -> Iterator[Contradiction]:
    """A stated growth against the growth of the figures."""
    for one in figures:
        if one.kind != "change" or not one.indicator or not one.since or one.unit != "%":
            continue
        now = _unique(actual, one, one.period)
        then = _unique(actual, one, one.since)
        if now is None or then is None or now.unit == "%" or not then.value:
            continue
        computed = (now.value / then.value - 1) * 100
        share = computed + 100  # "so với cùng kỳ: 105%"
        if min(abs(computed - one.value), abs(share - one.value)) > max(CHANGE, one.slack * 1.01):
            yield Contradiction(
                "change", one.place, one.indicator, one.period, "%", (one, now, then), round(computed, 1)
            )


def _unique(actual: dict[Key, list[Figure]], change: Figure, period: str) -> Figure | None:
    """What the report that states the change says itself, else what all say; None where that is not one figure."""
    wanted = (change.place, change.indicator, period)
    held = [f for key, found in actual.items() if key[:3] == wanted for f in found]
    held = [f for f in held if f.report == change.report] or held
    return held[0] if held and all(agree(held[0], other) for other in held[1:]) else None


def lacking(figures: Iterable[Figure], places: Sequence[str], period: str) -> dict[str, list[str]]:
    """Indicator → the units that do not give it for the period, where most do."""
    given: dict[str, set[str]] = defaultdict(set)
    for one in figures:
        if one.indicator and one.kind == "actual" and one.period == period:
            given[one.indicator].add(one.place)
    return {
        name: [place for place in places if place not in those]
        for name, those in given.items()
        if len(those) * 2 >= len(places) and len(those) < len(places)
    }


def periods_said(figures: Iterable[Figure]) -> list[Period]:
    return [Period.of(key) for key, _ in Counter(one.period for one in figures).most_common()]
