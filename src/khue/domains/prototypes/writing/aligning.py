"""Figures of rows as the description has them behind the name of each row, where a model invented others."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from khue.domains.prototypes.fitting.figures import figures
from khue.domains.prototypes.patterns import Pattern
from khue.domains.prototypes.rules import plain

NAMED = ("name", "label", "text")


def aligned(one: Pattern, made: Mapping[str, Any], idea: str) -> dict[str, Any]:
    """Rows are left as they are where their names or figures are not plainly in the description."""
    found = dict(made)
    for name, schema in one.schema.get("properties", {}).items():
        item = schema.get("items", {})
        rows = made.get(name)
        if isinstance(rows, list) and item.get("type") == "object":
            found[name] = _rows(rows, item["properties"], idea)
    return found


def _rows(rows: list[Any], properties: Mapping[str, Any], idea: str) -> list[Any]:
    kinds = [name for name, one in properties.items() if one.get("type") in {"number", "integer"}]
    label = next((name for name in NAMED if name in properties), "")
    if not kinds or not label or not all(isinstance(row, Mapping) for row in rows):
        return rows
    starts = [_end_of(str(row.get(label, "")), idea) for row in rows]
    ends = sorted(start for start, _end in starts if start >= 0)
    return [_row(row, kinds, _behind(idea, start, end, ends)) for row, (start, end) in zip(rows, starts, strict=True)]


def _end_of(label: str, idea: str) -> tuple[int, int]:
    """Where a name stands; (-1, -1) where it does not, or stands twice."""
    said = [found.span() for found in re.finditer(re.escape(plain(label)), plain(idea))] if label else []
    if len(said) != 1 or len(plain(idea)) != len(idea):
        said = [found.span() for found in re.finditer(re.escape(label), idea, re.IGNORECASE)] if label else []
    return said[0] if len(said) == 1 else (-1, -1)


def _behind(idea: str, start: int, end: int, starts: Sequence[int]) -> list[float]:
    if start < 0:
        return []
    until = next((other for other in starts if other > start), len(idea))
    stop = re.search(r"[.;?!](?:\s|$)", idea[end:until])
    return [one.value for one in figures(idea[end : end + stop.start() if stop else until])]


def _row(row: Mapping[str, Any], kinds: Sequence[str], said: Sequence[float]) -> dict[str, Any]:
    """Written over only where a figure is not said there, and there are as many as the row has or may have."""
    has = [name for name in kinds if row.get(name) is not None]
    if not said or (has and all(row[name] in said for name in has) and len(has) >= min(len(said), len(kinds))):
        return dict(row)
    names = kinds if len(said) == len(kinds) else has if len(said) == len(has) else []
    values = (
        {name: int(value) if value.is_integer() else value for name, value in zip(names, said, strict=True)}
        if names
        else {}
    )
    return {**row, **values}
