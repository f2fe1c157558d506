"""A table of counts that may be shown, as a step of a worksheet."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from khue.domains.analysis.disclosure import noise
from khue.domains.analysis.disclosure.cells import TOTAL, Cells, cross, protect
from khue.domains.analysis.engine.result import Column, Result
from khue.domains.analysis.statistics import source
from khue.domains.analysis.stepping.outcome import Outcome, Query


def run(query: Query, parameters: Mapping[str, Any]) -> Outcome:
    """`parameters`: table, by (one to three columns), count (a column to add up; rows where empty), least, and
    instead of leaving cells out `manner` "noise" with `epsilon`, or "rounding" with `base`."""
    by, count = source.texts(parameters, "by"), str(parameters.get("count") or "")
    rows, sql = source.frame(query, parameters["table"], [*by, *([count] if count else [])])
    cells = cross(rows, by, count)
    least = int(parameters.get("least") or 5)
    match parameters.get("manner") or "suppression":
        case "noise":
            return _noisy(cells, by, float(parameters["epsilon"]), least, sql)
        case "rounding":
            return _rounded(cells, by, int(parameters["base"]), least, sql)
        case _:
            return _suppressed(cells, by, least, sql)


def _suppressed(cells: Cells, by: list[str], least: int, sql: str) -> Outcome:
    found = protect(cells, least=least)
    rows = [(*key, None if i in found.hidden else _whole(cells.values[i])) for i, key in enumerate(cells.keys)]
    widths = [high - low for low, high in found.bounds.values()]
    facts = {
        **_facts(cells, "suppression", least),
        "primary": len(found.primary),
        "secondary": len(found.secondary),
        "narrowest": min(widths, default=None),
    }
    return Outcome(_result(by, rows), facts, sql)


def _noisy(cells: Cells, by: list[str], epsilon: float, least: int, sql: str) -> Outcome:
    """Noise goes on the cells; the totals are added up from them, so that they cost nothing more and agree."""
    inner = [i for i, key in enumerate(cells.keys) if TOTAL not in key]
    made = noise.with_noise(cells.values[inner], epsilon=epsilon)
    known = {cells.keys[i]: int(value) for i, value in zip(inner, made.values, strict=True)}
    facts = {**_facts(cells, "noise", least), "epsilon": epsilon, "error": made.error}
    return Outcome(_result(by, [(*key, _added(key, known)) for key in cells.keys]), facts, sql)


def _added(key: tuple[str, ...], known: Mapping[tuple[str, ...], int]) -> int:
    fits = (all(part in (TOTAL, other) for part, other in zip(key, one, strict=True)) for one in known)
    return sum(value for value, fit in zip(known.values(), fits, strict=True) if fit)


def _rounded(cells: Cells, by: list[str], base: int, least: int, sql: str) -> Outcome:
    values = noise.rounded(cells.values, base=base, random=np.random.default_rng())
    rows = [(*key, int(value)) for key, value in zip(cells.keys, values, strict=True)]
    return Outcome(_result(by, rows), {**_facts(cells, "rounding", least), "base": base}, sql)


def _facts(cells: Cells, manner: str, least: int) -> dict[str, Any]:
    small = int(((cells.values > 0) & (cells.values < least)).sum())
    return {
        "manner": manner,
        "least": least,
        "cells": len(cells.keys),
        "small": small,
        "total": _whole(cells.values[-1]),
    }


def _result(by: list[str], rows: list[tuple[Any, ...]]) -> Result:
    return Result((*(Column(name, "text") for name in by), Column("n", "number")), tuple(rows))


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else float(value)
