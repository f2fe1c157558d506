"""Fields, buttons and formulas of a tool that passes its examples, without a model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khue.domains.prototypes.fitting import counters, days, figures, numbers, texts, verdicts
from khue.domains.prototypes.fitting.table import Table, field_of
from khue.domains.prototypes.fitting.told import Result, told
from khue.domains.prototypes.rules import plain

WORKS_OUT = re.compile(
    r"\b(?:tinh|doi|kiem tra|xem|sap xep|dem|tao|chuyen|calc|compute|work|convert|check|show|sort|count|make|verif|"
    r"tri|compt|affich|generer|generate|result|ket qua)"
)


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


def fit(idea: str, examples: str) -> Fit | None:
    """None where no formula is found for every result."""
    held = told(examples)
    if held is None or not held.results:
        return None
    table = Table(idea, held)
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
    rows = [field_of(name, one, table) for name, one in table.named.items()]
    return Fit(rows, results, buttons, unused, _is_sure(results, buttons, table.about))


def _is_sure(results: Sequence[Mapping[str, Any]], buttons: Sequence[Mapping[str, Any]], about: str) -> bool:
    said = all(texts.asked(str(one["formula"]), f"{about} {plain(str(one['label']))}") for one in results)
    return said and all(WORKS_OUT.search(plain(str(one["label"]))) for one in buttons)


def _result(result: Result, table: Table, used: set[float]) -> dict[str, Any] | None:
    label = result.label
    shown = [text for text in result.raw if text is not None]
    if any(text is not None for text in result.absent) or not shown:
        return verdicts.verdict(result, label, table)
    if all(figures.day(text) for text in shown):
        formula = days.day(result, table, used)
        return {"label": label, "formula": formula, "format": "date"} if formula else None
    found = [figures.alone(text) if text is not None else None for text in result.raw]
    if all(number or text is None for number, text in zip(found, result.raw, strict=True)):
        return numbers.number(result, label, found, table, used)
    formula = texts.text(table.texts(), result.raw, table.about)
    if formula:
        return {"label": label, "formula": formula, "format": "text"}
    return verdicts.verdict(result, label, table)
