"""A number worked out of fields and of figures of the description."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from khue.domains.prototypes.fitting import figures, sums, texts
from khue.domains.prototypes.fitting.figures import Figure, written
from khue.domains.prototypes.fitting.sums import Leaf
from khue.domains.prototypes.fitting.table import Table, choices
from khue.domains.prototypes.fitting.told import Field, Result
from khue.domains.prototypes.rules import plain

SECONDS = 3.0
ALWAYS = Figure(100.0, -1)


def number(
    result: Result, label: str, numbers: list[tuple[float, str] | None], table: Table, used: set[float]
) -> dict[str, Any] | None:
    wanted = [one[0] if one else None for one in numbers]
    said = [at for at, one in enumerate(wanted) if one is not None]
    unit = next((one[1] for one in numbers if one and one[1]), "")
    kind = "money" if figures.MONEY.match(unit) else "percent" if unit == "%" else "number"
    made = {"label": label, "format": kind} | ({"unit": unit[:12]} if kind == "number" and unit else {})
    if formula := texts.count(table.texts(), wanted, table.about, plain(label)):
        return {**made, "formula": formula}
    decimals = max((len(re.sub(r".*[.,](?=\d{1,2}\b)|.*", "", one or "")) for one in result.raw), default=0)
    tolerance = 0.5 * 10**-decimals if decimals else 0.5 if kind == "money" else 0.005
    until = time.monotonic() + SECONDS
    for needed, taken in leaves(table):
        free = [one for one in table.figures if one not in taken]
        if kind == "percent":
            free = [one for one in free if one.value != 100] + [ALWAYS]
        found = _searched([wanted[at] or 0.0 for at in said], _kept(needed, said), free, table, tolerance, until)
        if found:
            used |= {one.value for one in taken} | found[1]
            return {**made, "formula": found[0]}
    return None


def _kept(leaves: list[Leaf], said: list[int]) -> list[Leaf]:
    """Only those examples that say this result."""
    return [replace(one, column=tuple(one.column[at] for at in said)) for one in leaves]


def _searched(
    wanted: list[float], needed: list[Leaf], free: list[Figure], table: Table, tolerance: float, until: float
) -> tuple[str, set[float]] | None:
    """A share may be the share itself, or what is left, or what it comes to."""
    count = len(wanted)
    ways = [_written_as(one) for one in free]
    for chosen in product(*ways):
        leaves = [
            Leaf(text, (value,) * count, is_figure=True, near=near(one, table))
            for one, (text, value) in zip(free, chosen, strict=True)
        ]
        found = sums.search(wanted, needed, leaves, tolerance, until)
        if found:
            names = {leaf.text for leaf in found[1]}
            return found[0].text, {one.value for one, (text, _v) in zip(free, chosen, strict=True) if text in names}
    return None


def _written_as(one: Figure) -> list[tuple[str, float]]:
    if not one.share:
        return [(written(one.value), one.value)]
    part = one.value / 100
    return [(written(value), value) for value in (part, 1 - part, 1 + part)]


def near(figure: Figure, table: Table) -> frozenset[str]:
    """The field that is named closest to the figure."""
    said = table.about if len(table.about) == len(table.idea) else table.idea.casefold()
    far = {}
    for name, one in table.named.items():
        places = [found.start() for found in re.finditer(re.escape(plain(one.label)), said)]
        places += [
            found.start() for word in plain(one.label).split() if len(word) > 2
            for found in re.finditer(re.escape(word.rstrip("s")), said)
        ]  # fmt: skip
        if places:
            far[name] = min(abs(place - figure.at) for place in places)
    return frozenset({min(far, key=lambda name: far[name])}) if far else frozenset()


def leaves(table: Table) -> Iterator[tuple[list[Leaf], list[Figure]]]:
    """Every way to write the fields as numbers, and the figures that this takes."""
    fixed = [Leaf(name, tuple(one.values)) for name, one in table.of("number").items() if any(one.values)]
    fixed += list(_spans(table))
    picks = [list(chosen(name, behind, table)) for name, behind in choices(table).items()]
    asked = [list(_asked(name, one, table)) for name, one in table.of("yesno").items() if any(one.values)]
    for picked in product(*picks, *asked):
        taken = [figure for _leaf, figures_ in picked for figure in figures_]
        if len(set(taken)) == len(taken):
            yield [*fixed, *(leaf for leaf, _figures in picked)], taken


def _spans(table: Table) -> Iterator[Leaf]:
    days = list(table.of("date").items())
    for (a, one), (b, other) in zip(days, days[1:], strict=False):
        if re.search(r"\btuoi\b|\bnam\b|\bage|year|\bans?\b|annee", table.about):
            yield Leaf(f"years({a}, {b})", tuple(map(_years, one.values, other.values)))
        else:
            yield Leaf(f"days({a}, {b})", tuple(map(_days, one.values, other.values)))


def _days(a: date | None, b: date | None) -> float:
    return float((b - a).days) if a and b else 0.0


def _years(a: date | None, b: date | None) -> float:
    return float(b.year - a.year - ((b.month, b.day) < (a.month, a.day))) if a and b else 0.0


def chosen(name: str, behind: Mapping[str, Figure], table: Table) -> Iterator[tuple[Leaf, list[Figure]]]:
    one = table.named[name]
    text = "0"
    for value, figure in reversed(list(behind.items())):
        said = value.replace('"', "'")
        text = f'if({name} = "{said}", {written(figure.value)}, {text})'
    column = tuple(behind[value].value if value in behind else 0.0 for value in one.values)
    yield Leaf(text, column), list(behind.values())


def _asked(name: str, one: Field, table: Table) -> Iterator[tuple[Leaf, list[Figure]]]:
    """A yes changes the sum by a factor, or adds to it."""
    for figure in sorted(table.figures, key=lambda each: (not each.share, -each.at)):
        factors = [1 - figure.value / 100, 1 + figure.value / 100] if figure.share else [figure.value]
        for factor in factors:
            if figure.share or factor <= 10:
                column = tuple(factor if value else 1.0 for value in one.values)
                yield Leaf(f"if({name}, {written(factor)}, 1)", column), [figure]
        if not figure.share:
            column = tuple(figure.value if value else 0.0 for value in one.values)
            yield Leaf(f"if({name}, {written(figure.value)}, 0)", column), [figure]
    if re.search(r"mien|free|gratuit|exempt|exoner", table.about):
        yield Leaf(f"if({name}, 0, 1)", tuple(0.0 if value else 1.0 for value in one.values)), []
