"""A table of the worksheet as a frame, page by page, and a result as a step keeps it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from khue.domains.analysis.engine.result import Column, Type
from khue.domains.analysis.engine.result import Result as Rows
from khue.domains.analysis.statistics.result import Picture, Result, Table
from khue.domains.analysis.stepping.outcome import Outcome, Query, Unfit

PAGE = 10_000
MOST_ROWS = 200_000


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def frame(query: Query, table: str, columns: Sequence[str]) -> tuple[pd.DataFrame, str]:
    """Those columns, and the SQL that reads them. Raises Unfit for more rows than a method should take."""
    names = ", ".join(quoted(name) for name in dict.fromkeys(columns) if name)
    if not names:
        raise Unfit("no_columns")
    sql = f"SELECT {names} FROM {quoted(table)}"  # noqa: S608 - quoted, and run by an engine that only reads
    return pages(query, sql), sql


def pages(query: Query, sql: str) -> pd.DataFrame:
    first = query(sql)
    if not first.is_cut:
        return pd.DataFrame(first.rows, columns=list(first.names))
    rows = list(first.rows)
    while len(rows) <= MOST_ROWS:
        more = query(f"SELECT * FROM ({sql}) LIMIT {PAGE} OFFSET {len(rows)}")  # noqa: S608 - as above
        rows += more.rows
        if len(more.rows) < PAGE:
            return pd.DataFrame(rows, columns=list(first.names))
    raise Unfit("too_many_rows", most=MOST_ROWS)


# What a step keeps --------------------------------------------------------------------------------


def outcome(found: Result, sql: str) -> Outcome:
    """The table that is drawn is the step's result; the others stand in the facts, the finding first."""
    drawn = found.table(found.picture.table)
    facts = found.as_json()
    facts["tables"] = [one for one in facts["tables"] if one["name"] != drawn.name]
    return Outcome(rows(drawn), {**facts, "drawn": drawn.name, "keys": drawn.keys}, sql, chart(found.picture, drawn))


def rows(table: Table) -> Rows:
    columns = tuple(Column(name, _type(row[i] for row in table.rows)) for i, name in enumerate(table.columns))
    return Rows(columns, table.rows)


def _type(values: Any) -> Type:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "boolean"
    if known and all(isinstance(value, int) for value in known):
        return "integer"
    if known and all(isinstance(value, int | float) for value in known):
        return "number"
    return "text"


def chart(picture: Picture, table: Table) -> dict[str, Any]:
    """Vega-Lite without data."""
    match picture.kind:
        case "interval":
            return _intervals(picture)
        case "line":
            return _lines(picture, table)
        case "curve":
            return _lines(picture, table, ordered="quantitative")
        case _:
            return {"mark": {"type": "point", "filled": True, "opacity": 0.6}, "encoding": _scatter(picture)}


def _intervals(picture: Picture) -> dict[str, Any]:
    y = {"field": _field(picture.x), "type": "nominal", "sort": None, "title": None}
    x = {"field": _field(picture.y), "type": "quantitative", "scale": {"zero": False}}
    low, high = _field(picture.low), _field(picture.high)
    return {
        "layer": [
            {"mark": {"type": "rule"}, "encoding": {"y": y, "x": {**x, "field": low}, "x2": {"field": high}}},
            {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"y": y, "x": x}},
        ]
    }


def _lines(picture: Picture, table: Table, ordered: str = "ordinal") -> dict[str, Any]:
    x = {"field": _field(picture.x), "type": ordered, "title": None}
    layers: list[dict[str, Any]] = []
    if picture.low:
        bounds = {"y": {"field": _field(picture.low), "type": "quantitative"}, "y2": {"field": _field(picture.high)}}
        layers.append({"mark": {"type": "area", "opacity": 0.2}, "encoding": {"x": x, **bounds}})
    encoding: dict[str, Any] = {"x": x, "y": _quantity(picture.y)}
    if picture.colour and picture.colour in table.columns and picture.colour not in {"line"}:
        encoding["color"] = {"field": _field(picture.colour), "type": "nominal"}
        encoding["strokeDash"] = {"field": _field(picture.colour), "type": "nominal"}
    layers.append({"mark": {"type": "line", "point": len(table.rows) < 60}, "encoding": encoding})
    layers += [
        {"mark": {"type": "line", "strokeDash": [6, 4], "opacity": 0.8}, "encoding": {"x": x, "y": _quantity(name)}}
        for name in ("line", "expected", "equal")
        if name in table.columns and name != picture.y
    ]
    return {"layer": layers}


def _scatter(picture: Picture) -> dict[str, Any]:
    encoding: dict[str, Any] = {
        "x": {"field": _field(picture.x), "type": "quantitative", "scale": {"zero": False}},
        "y": _quantity(picture.y),
    }
    if picture.colour:
        encoding["color"] = {"field": _field(picture.colour), "type": "nominal"}
    return encoding


def _quantity(name: str) -> dict[str, Any]:
    return {"field": _field(name), "type": "quantitative", "scale": {"zero": False}}


def _field(name: str) -> str:
    """As Vega-Lite reads it: a point or a bracket would be a path."""
    return name.replace("\\", "\\\\").replace(".", "\\.").replace("[", "\\[").replace("]", "\\]")


def texts(parameters: Mapping[str, Any], name: str) -> list[str]:
    found = parameters.get(name) or []
    return [str(one) for one in ([found] if isinstance(found, str) else found)]
