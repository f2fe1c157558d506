"""A table of counts that may be shown, as a step of a worksheet."""

from collections.abc import Mapping
from typing import Any

from khue.domains.analysis.disclosure.cells import cross, protect
from khue.domains.analysis.engine.result import Column, Result
from khue.domains.analysis.statistics import source
from khue.domains.analysis.stepping.outcome import Outcome, Query


def run(query: Query, parameters: Mapping[str, Any]) -> Outcome:
    """`parameters`: table, by (one to three columns), count (a column to add up; rows where empty), least."""
    by, count = source.texts(parameters, "by"), str(parameters.get("count") or "")
    frame, sql = source.frame(query, parameters["table"], [*by, *([count] if count else [])])
    least = int(parameters.get("least") or 5)
    cells = cross(frame, by, count)
    found = protect(cells, least=least)
    rows = [(*key, None if i in found.hidden else _whole(cells.values[i])) for i, key in enumerate(cells.keys)]
    widths = [high - low for low, high in found.bounds.values()]
    facts = {
        "least": least,
        "cells": len(cells.keys),
        "primary": len(found.primary),
        "secondary": len(found.secondary),
        "narrowest": min(widths, default=None),
    }
    return Outcome(_result(by, rows), facts, sql)


def _result(by: list[str], rows: list[tuple[Any, ...]]) -> Result:
    return Result((*(Column(name, "text") for name in by), Column("n", "number")), tuple(rows))


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else float(value)
