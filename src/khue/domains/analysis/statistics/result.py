"""What a method found: tables, the facts that its reading says, and what to be careful about."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """`columns` are keys ("mean", "low") or the analysed table's own names; cells are plain JSON, an absent figure is
    None. A row is named by its first cells, as many as `keys` says, so that a figure is found again after a refresh."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: int = 1

    def records(self) -> list[dict[str, Cell]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Caution:
    """A warning by its name, with the figures that it names."""

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """What to draw: `kind` is "interval", "line", "scatter", "bar" or "curve"; the others are columns of `table`."""

    kind: str
    table: str
    x: str
    y: str
    low: str = ""
    high: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Result:
    """The first table is the finding itself; `used` and `left_out` count rows."""

    method: str
    tables: tuple[Table, ...]
    facts: Mapping[str, Any]
    cautions: tuple[Caution, ...]
    picture: Picture
    used: int
    left_out: int = 0

    def table(self, name: str) -> Table:
        return next(one for one in self.tables if one.name == name)

    def as_json(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "tables": [
                {
                    "name": one.name,
                    "columns": list(one.columns),
                    "rows": [list(row) for row in one.rows],
                    "keys": one.keys,
                }
                for one in self.tables
            ],
            "facts": dict(self.facts),
            "cautions": [{"name": one.name, "facts": dict(one.facts)} for one in self.cautions],
            "picture": vars(self.picture),
            "used": self.used,
            "left_out": self.left_out,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Result":
        tables = tuple(
            Table(one["name"], tuple(one["columns"]), tuple(tuple(row) for row in one["rows"]), one["keys"])
            for one in body["tables"]
        )
        cautions = tuple(Caution(one["name"], one["facts"]) for one in body["cautions"])
        counts = body["used"], body["left_out"]
        return cls(body["method"], tables, body["facts"], cautions, Picture(**body["picture"]), *counts)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], keys: int = 1) -> Table:
    return Table(name, tuple(columns), tuple(tuple(plain(cell) for cell in row) for row in rows), keys)


def facts(**values: Any) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def plain(value: Any) -> Any:
    """As JSON has it; what is not a number is None."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value
