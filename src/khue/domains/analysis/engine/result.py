"""What a question to tables gives: typed columns and rows of plain values."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Type = Literal["integer", "number", "text", "boolean", "date", "datetime", "time", "other"]


@dataclass(frozen=True)
class Column:
    name: str
    type: Type


@dataclass(frozen=True)
class Result:
    """Values are int, float, str, bool or None; dates and times are texts (ISO 8601). `is_cut`: there were more rows
    than were asked for."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False
    took_ms: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> list[Any]:
        at = self.names.index(name)
        return [row[at] for row in self.rows]

    def as_json(self) -> dict[str, Any]:
        return {
            "columns": [{"name": column.name, "type": column.type} for column in self.columns],
            "rows": [list(row) for row in self.rows],
        }

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> "Result":
        columns = tuple(Column(one["name"], one["type"]) for one in stored.get("columns", []))
        return cls(columns, tuple(tuple(row) for row in stored.get("rows", [])))


def digest(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> str:
    """SHA-256 of names and values in their order; numbers by ten significant digits, so that the order in which a
    machine adds them up does not matter."""
    body = {"columns": [column.name for column in columns], "rows": [[_exact(value) for value in row] for row in rows]}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _exact(value: Any) -> Any:
    """10 and 10.0 are one number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{value:.10g}"
