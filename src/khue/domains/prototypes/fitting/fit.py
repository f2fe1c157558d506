"""Fields, buttons and formulas of a tool that passes its examples, without a model."""

import operator
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

import holidays

from khue.domains.prototypes.fitting import counters, figures, sums, texts
from khue.domains.prototypes.fitting.figures import Figure, written
from khue.domains.prototypes.fitting.sums import Leaf
from khue.domains.prototypes.fitting.told import Field, Result, Told, told
from khue.domains.prototypes.rules import plain

RESERVED = {"and", "or", "not", "true", "false", "if"}
MONEY = re.compile(r"\b(?:tien|luong|gia|phi|thu nhap|amount|price|salary|income|montant|prix|salaire|revenu)\b")
SECONDS = 3.0
WORKS_OUT = re.compile(
    r"\b(?:tinh|doi|kiem tra|xem|sap xep|dem|tao|chuyen|calc|compute|work|convert|check|show|sort|count|make|verif|"
    r"tri|compt|affich|generer|generate|result|ket qua)"
)
ALWAYS = Figure(100.0, -1)


@dataclass
class Fit:
    """Parameters of the formula pattern without its title; `unused`: figures of the description that it does not have,
    so that it may be that the examples do not show everything."""

    fields: list[dict[str, Any]]
    results: list[dict[str, Any]]
    buttons: list[dict[str, Any]] = field(default_factory=list)
    unused: tuple[float, ...] = ()
    # the description speaks of what is done, and the buttons only start it: nothing is kept or sent
    sure: bool = True

    @property
    def parameters(self) -> dict[str, Any]:
        rows = {"fields": self.fields, "results": self.results, "buttons": self.buttons}
        return {name: held for name, held in rows.items() if held}


class _Table:
    """The examples with names that formulas can say."""

    def __init__(self, idea: str, held: Told) -> None:
        self.idea, self.held = idea, held
        self.about = plain(idea)
        self.figures = list(figures.figures(idea))
        self.named: dict[str, Field] = {}
        for one in held.fields:
            self.named[_name(one.label, self.named)] = one

    def of(self, kind: str) -> dict[str, Field]:
        return {name: one for name, one in self.named.items() if one.kind == kind}

    def texts(self) -> dict[str, Sequence[str]]:
        return {name: one.values for name, one in self.of("text").items()}


def fit(idea: str, examples: str) -> Fit | None:
    """None where no formula is found for every result."""
    held = told(examples)
    if held is None or not held.results:
        return None
    table = _Table(idea, held)
    if counted := counters.counter(table.idea, held):
        return Fit([], [{"label": counted.label, "formula": counted.name, "format": "number"}], counted.buttons)
    if not table.named:
        return None
    used: set[float] = set()
    results = []
    for result in held.results:
        made = _result(result, table, used)
        if made is None:
            return None
        results.append(made)
    buttons = [{"label": name} for name in held.buttons]
    unused = tuple(one.value for one in table.figures if one.value not in used)
    rows = [_field(name, one, table) for name, one in table.named.items()]
    return Fit(rows, results, buttons, unused, _is_sure(results, buttons, table.about))


def _is_sure(results: Sequence[Mapping[str, Any]], buttons: Sequence[Mapping[str, Any]], about: str) -> bool:
    said = all(texts.asked(str(one["formula"]), f"{about} {plain(str(one['label']))}") for one in results)
    return said and all(WORKS_OUT.search(plain(str(one["label"]))) for one in buttons)


def _name(label: str, taken: Mapping[str, Any]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", plain(label)).strip("_")[:18] or "x"
    stem = f"x_{stem}"[:18] if stem[0].isdigit() or stem in RESERVED else stem
    return stem if stem not in taken else f"{stem[:16]}{len(taken)}"


def _field(name: str, one: Field, table: _Table) -> dict[str, Any]:
    made = {"name": name, "label": one.label, "type": one.kind}
    if one.kind == "number" and MONEY.search(plain(one.label)):
        made["type"] = "money"
    if one.kind == "text":
        options = [text for text in dict.fromkeys(one.values) if text]
        if any("\n" in text for text in options) or re.search(r"\bdan\b|paste|colle", table.about):
            made["type"] = "longtext"
        elif name in _choices(table):
            return {**made, "type": "choice", "options": "|".join(_offered(options, table.idea))}
    return made


def _offered(options: list[str], idea: str) -> list[str]:
    """Those that examples name, in the order of the description."""
    said = plain(idea)
    return sorted(options, key=lambda one: said.find(plain(one)) if plain(one) in said else len(said))


def _choices(table: _Table) -> dict[str, dict[str, Figure]]:
    """Text fields each of whose values has a figure behind it in the description."""
    found = {}
    for name, one in table.of("text").items():
        values = {text for text in one.values if text}
        behind = {value: figure for value in values if (figure := _behind(value, table))}
        if values and len(behind) == len(values):
            found[name] = behind
    return found


def _behind(value: str, table: _Table) -> Figure | None:
    at = table.idea.casefold().find(value.casefold())
    return next((one for one in table.figures if at >= 0 and one.at >= at + len(value)), None) if at >= 0 else None


# One result --------------------------------------------------------------------------------------


def _result(result: Result, table: _Table, used: set[float]) -> dict[str, Any] | None:
    label = result.label
    shown = [text for text in result.raw if text is not None]
    if any(text is not None for text in result.absent) or not shown:
        return _verdict(result, label, table)
    if all(figures.day(text) for text in shown):
        formula = _day(result, table, used)
        return {"label": label, "formula": formula, "format": "date"} if formula else None
    numbers = [figures.alone(text) if text is not None else None for text in result.raw]
    if all(number or text is None for number, text in zip(numbers, result.raw, strict=True)):
        return _number(result, label, numbers, table, used)
    formula = texts.text(table.texts(), result.raw, table.about)
    if formula:
        return {"label": label, "formula": formula, "format": "text"}
    return _verdict(result, label, table)


def _number(
    result: Result, label: str, numbers: list[tuple[float, str] | None], table: _Table, used: set[float]
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
    for needed, taken in _leaves(table):
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
    wanted: list[float], needed: list[Leaf], free: list[Figure], table: _Table, tolerance: float, until: float
) -> tuple[str, set[float]] | None:
    """A share may be the share itself, or what is left, or what it comes to."""
    count = len(wanted)
    ways = [_written_as(one) for one in free]
    for chosen in product(*ways):
        leaves = [
            Leaf(text, (value,) * count, is_figure=True, near=_near(one, table))
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


def _near(figure: Figure, table: _Table) -> frozenset[str]:
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


def _leaves(table: _Table) -> Iterator[tuple[list[Leaf], list[Figure]]]:
    """Every way to write the fields as numbers, and the figures that this takes."""
    fixed = [Leaf(name, tuple(one.values)) for name, one in table.of("number").items() if any(one.values)]
    fixed += list(_spans(table))
    choices = [list(_chosen(name, behind, table)) for name, behind in _choices(table).items()]
    asked = [list(_asked(name, one, table)) for name, one in table.of("yesno").items() if any(one.values)]
    for picked in product(*choices, *asked):
        taken = [figure for _leaf, figures_ in picked for figure in figures_]
        if len(set(taken)) == len(taken):
            yield [*fixed, *(leaf for leaf, _figures in picked)], taken


def _spans(table: _Table) -> Iterator[Leaf]:
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


def _chosen(name: str, behind: Mapping[str, Figure], table: _Table) -> Iterator[tuple[Leaf, list[Figure]]]:
    one = table.named[name]
    text = "0"
    for value, figure in reversed(list(behind.items())):
        said = value.replace('"', "'")
        text = f'if({name} = "{said}", {written(figure.value)}, {text})'
    column = tuple(behind[value].value if value in behind else 0.0 for value in one.values)
    yield Leaf(text, column), list(behind.values())


def _asked(name: str, one: Field, table: _Table) -> Iterator[tuple[Leaf, list[Figure]]]:
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


# Days, words, verdicts ---------------------------------------------------------------------------


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


def _day(result: Result, table: _Table, used: set[float]) -> str | None:
    wanted = [figures.day(text) if text else None for text in result.raw]
    counts: list[tuple[Leaf, list[Figure]]] = [
        (leaf, []) for leaf in (Leaf(n, tuple(one.values)) for n, one in table.of("number").items())
    ]
    counts += [pair for name, behind in _choices(table).items() for pair in _chosen(name, behind, table)]
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


def _verdict(result: Result, label: str, table: _Table) -> dict[str, Any] | None:
    """One of two things said, by a condition."""
    said = [text for text in dict.fromkeys([*result.raw, *result.absent]) if text is not None]
    filled = {text for one in table.held.fields for text in one.raw}
    if not 1 <= len(said) <= 2 or filled & set(said):
        return None
    yes = said[0]
    truth = [None if text is None and absent is None else text == yes
             for text, absent in zip(result.raw, result.absent, strict=True)]  # fmt: skip
    other = said[1] if len(said) == 2 else _other(yes, table.idea)
    if len(set(truth) - {None}) < 2:
        return None
    for wanted, (then, els) in (
        (truth, (yes, other)),
        ([None if one is None else not one for one in truth], (other, yes)),
    ):
        if condition := texts.check(table.texts(), wanted, table.about) or _threshold(wanted, table):
            a, b = (one.replace('"', "'") for one in (then, els))
            waits = " or ".join(f'{name} = ""' for name in table.texts())
            formula = f'if({condition}, "{a}", "{b}")'
            return {"label": label, "formula": f'if({waits}, "", {formula})' if waits else formula, "format": "text"}
    return None


def _other(yes: str, idea: str) -> str:
    """“Valid or Not valid”: the other of two."""
    word = r"[^\W\d]+(?: [^\W\d]+)?"
    after = re.search(rf"{re.escape(yes)}[\"”»]?\s*(?:or|hoặc|hay|ou)\s+[\"“«]?({word})", idea, re.IGNORECASE)
    before = re.search(rf"([^\W\d]+)[\"”»]?\s+(?:or|hoặc|hay|ou)\s+[\"“«]?{re.escape(yes)}", idea, re.IGNORECASE)
    found = after or before
    return found[1].strip() if found else "–"


SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt
}  # fmt: skip


def _threshold(wanted: Sequence[bool | None], table: _Table) -> str | None:
    for name, one in table.of("number").items():
        for figure, (sign, does) in product(table.figures, SIGNS.items()):
            pairs = zip(wanted, one.values, strict=True)
            if all(want is None or does(value, figure.value) == want for want, value in pairs):
                return f"{name} {sign} {written(figure.value)}"
    return None
