"""A day worked out of another: so many days, working days, the next working day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

import holidays

from khue.domains.prototypes.fitting import figures
from khue.domains.prototypes.fitting.figures import Figure, written
from khue.domains.prototypes.fitting.numbers import chosen
from khue.domains.prototypes.fitting.sums import Leaf
from khue.domains.prototypes.fitting.table import Table, choices
from khue.domains.prototypes.fitting.told import Result


@cache
def _off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=range(year - 1, year + 3)))


def _working(start: date, count: int) -> date:
    """As the parts count: the first working day is the day after."""
    at = start
    while count > 0:
        at += timedelta(days=1)
        count -= at.weekday() < 5 and at not in _off(start.year)
    return at


def _on_working(at: date) -> date:
    while at.weekday() > 4 or at in _off(at.year):
        at += timedelta(days=1)
    return at


DAYS: Mapping[str, Callable[[date, int], date]] = {
    "addworkdays({0}, {1})": _working,
    "onworkday(adddays({0}, {1}))": lambda start, count: _on_working(start + timedelta(days=count)),
    "adddays({0}, {1})": lambda start, count: start + timedelta(days=count),
}


def day(result: Result, table: Table, used: set[float]) -> str | None:
    wanted = [figures.day(text) if text else None for text in result.raw]
    counts: list[tuple[Leaf, list[Figure]]] = [
        (leaf, []) for leaf in (Leaf(n, tuple(one.values)) for n, one in table.of("number").items())
    ]
    counts += [pair for name, behind in choices(table).items() for pair in chosen(name, behind, table)]
    counts += [(Leaf(written(one.value), (one.value,) * table.held.count), [one]) for one in table.figures]
    for name, one in table.of("date").items():
        for leaf, taken in counts:
            for shape, does in DAYS.items():
                got = [
                    does(value, int(count)) if value and 0 <= count < 4000 else None
                    for value, count in zip(one.values, leaf.column, strict=True)
                ]
                if all(want is None or want == found for want, found in zip(wanted, got, strict=True)):
                    used |= {figure.value for figure in taken}
                    return shape.format(name, leaf.text)
    return None
