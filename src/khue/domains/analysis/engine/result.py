"""What a question to tables gives: typed columns and rows of plain values."""

import datetime
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
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


# What DuckDB calls a type, and the plain form of what it gives -----------------------------------

TYPES: dict[str, Type] = {
    "TINYINT": "integer", "SMALLINT": "integer", "INTEGER": "integer", "BIGINT": "integer", "HUGEINT": "integer",
    "UTINYINT": "integer", "USMALLINT": "integer", "UINTEGER": "integer", "UBIGINT": "integer", "UHUGEINT": "integer",
    "FLOAT": "number", "DOUBLE": "number", "DECIMAL": "number",
    "VARCHAR": "text", "ENUM": "text", "UUID": "text", "BOOLEAN": "boolean",
    "DATE": "date", "TIME": "time", "TIMESTAMP": "datetime", "TIMESTAMP WITH TIME ZONE": "datetime",
}  # fmt: skip


def type_of(name: str) -> Type:
    return TYPES.get(name, TYPES.get(name.split("(")[0], "other"))


def plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
