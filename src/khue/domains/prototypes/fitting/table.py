"""The examples as a table with names that formulas can say, and the fields of a form for them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from khue.domains.prototypes.fitting import figures
from khue.domains.prototypes.fitting.figures import Figure
from khue.domains.prototypes.fitting.told import Field, Told
from khue.domains.prototypes.rules import plain

RESERVED = {"and", "or", "not", "true", "false", "if"}
MONEY = re.compile(r"\b(?:tien|luong|gia|phi|thu nhap|amount|price|salary|income|montant|prix|salaire|revenu)\b")


class Table:
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


def _name(label: str, taken: Mapping[str, Any]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", plain(label)).strip("_")[:18] or "x"
    stem = f"x_{stem}"[:18] if stem[0].isdigit() or stem in RESERVED else stem
    return stem if stem not in taken else f"{stem[:16]}{len(taken)}"


def field_of(name: str, one: Field, table: Table) -> dict[str, Any]:
    made = {"name": name, "label": one.label, "type": one.kind}
    if one.kind == "number" and MONEY.search(plain(one.label)):
        made["type"] = "money"
    if one.kind == "text":
        options = [text for text in dict.fromkeys(one.values) if text]
        if any("\n" in text for text in options) or re.search(r"\bdan\b|paste|colle", table.about):
            made["type"] = "longtext"
        elif name in choices(table):
            return {**made, "type": "choice", "options": "|".join(_offered(options, table.idea))}
    return made


def _offered(options: list[str], idea: str) -> list[str]:
    """Those that examples name, in the order of the description."""
    said = plain(idea)
    return sorted(options, key=lambda one: said.find(plain(one)) if plain(one) in said else len(said))


def choices(table: Table) -> dict[str, dict[str, Figure]]:
    """Text fields each of whose values has a figure behind it in the description."""
    found = {}
    for name, one in table.of("text").items():
        values = {text for text in one.values if text}
        behind = {value: figure for value in values if (figure := _behind(value, table))}
        if values and len(behind) == len(values):
            found[name] = behind
    return found


def _behind(value: str, table: Table) -> Figure | None:
    at = table.idea.casefold().find(value.casefold())
    return next((one for one in table.figures if at >= 0 and one.at >= at + len(value)), None) if at >= 0 else None
