"""The shape of a profile."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class ColumnProfile:
    """`role`: measure, category, time, place, identifier, text. `values`: the most frequent with their counts; all of
    them where `values_complete`. `outliers`: how many lie more than three quartile distances outside. `personal`:
    types of identifiers that stand in it. `provinces`: {"vintage", "matched", "unknown"} for a column of places.
    `every`: "month" or "year" where all dates are first days of one."""

    name: str
    title: str
    type: str
    role: str
    missing: int = 0
    distinct: int = 0
    minimum: Any = None
    maximum: Any = None
    mean: float | None = None
    quartiles: tuple[float, ...] = ()
    outliers: int = 0
    unit: str = ""
    values: tuple[tuple[Any, int], ...] = ()
    values_complete: bool = False
    personal: tuple[str, ...] = ()
    provinces: dict[str, Any] = field(default_factory=dict)
    every: str = ""


@dataclass(frozen=True)
class TableProfile:
    """`duplicates`: rows that stand there once more; estimated where `duplicates_estimated`."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    duplicates: int = 0
    duplicates_estimated: bool = False
    took_ms: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "TableProfile":
        columns = tuple(
            ColumnProfile(**{**one, "values": tuple(map(tuple, one["values"])), "personal": tuple(one["personal"])})
            for one in stored["columns"]
        )
        return cls(**{**stored, "columns": columns})


def named(columns: Sequence[ColumnProfile], said: str) -> str:
    """The column that goes by this name or this heading; empty where there is none."""
    wanted = said.strip().casefold()
    found = (one.name for one in columns if wanted in {one.name.casefold(), one.title.casefold()})
    return next(found, "")
