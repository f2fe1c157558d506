"""A table of counts made safe: small cells left out, or noise with a stated budget, or rounding by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from khue.domains.analysis.disclosure import noise
from khue.domains.analysis.disclosure.cells import TOTAL, Cells, attack, cross, protect

MANNERS = ("suppression", "noise", "rounding")


@dataclass(frozen=True)
class TablePlan:
    """`by`: one to three columns; `count`: a column to add up, rows where empty; cells under `least` are small."""

    by: tuple[str, ...]
    count: str = ""
    least: int = 5
    manner: str = "suppression"
    epsilon: float = 1.0
    base: int = 5


@dataclass(frozen=True)
class SafeTable:
    """`before` and `after` say how many cells are small, and how narrow the range is in which somebody who has the
    table can place the surest of them (0: known exactly)."""

    frame: pd.DataFrame
    before: dict[str, Any]
    after: dict[str, Any]
    changes: tuple[dict[str, Any], ...]


def safe_table(frame: pd.DataFrame, plan: TablePlan, random: np.random.Generator | None = None) -> SafeTable:
    """Raises Unfit."""
    cells = cross(frame, plan.by, plan.count)
    small = np.flatnonzero((cells.values > 0) & (cells.values < plan.least))
    before = {
        "cells": len(cells.keys),
        "small": len(small),
        "shown": len(small),
        "narrowest": 0 if len(small) else None,
    }
    match plan.manner:
        case "noise":
            values, after, change = _noisy(cells, plan, random)
        case "rounding":
            values, after, change = _rounded(cells, plan, random)
        case _:
            values, after, change = _suppressed(cells, plan)
    rows = [(*key, value) for key, value in zip(cells.keys, values, strict=True)]
    made = pd.DataFrame(rows, columns=[*plan.by, "n"])
    return SafeTable(made, before, {"cells": len(cells.keys), "small": len(small), **after}, (change,))


def _suppressed(cells: Cells, plan: TablePlan) -> "tuple[Sequence[Any], dict[str, Any], dict[str, Any]]":
    found = protect(cells, least=plan.least)
    values = [None if i in found.hidden else value for i, value in enumerate(cells.values.tolist())]
    widths = [high - low for low, high in found.bounds.values()]
    after = {"shown": 0, "narrowest": min(widths, default=None)}
    change = {"what": "cells_out", "column": "n", "primary": len(found.primary), "secondary": len(found.secondary)}
    return values, after, change


def _noisy(
    cells: Cells, plan: TablePlan, random: np.random.Generator | None
) -> "tuple[Sequence[Any], dict[str, Any], dict[str, Any]]":
    """Noise goes on the inner cells; totals are added up from them, so that they agree and cost nothing more."""
    inner = [i for i, key in enumerate(cells.keys) if TOTAL not in key]
    made = noise.with_noise(cells.values[inner], epsilon=plan.epsilon, random=random)
    known = {cells.keys[i]: int(value) for i, value in zip(inner, made.values, strict=True)}
    values = [_added(key, known) for key in cells.keys]
    change = {"what": "noise", "column": "n", "epsilon": plan.epsilon, "error": made.error}
    return values, {"shown": 0, "narrowest": 2 * made.error}, change


def _added(key: tuple[str, ...], known: Mapping[tuple[str, ...], int]) -> int:
    return sum(
        value
        for one, value in known.items()
        if all(part in (TOTAL, other) for part, other in zip(key, one, strict=True))
    )


def _rounded(
    cells: Cells, plan: TablePlan, random: np.random.Generator | None
) -> "tuple[Sequence[Any], dict[str, Any], dict[str, Any]]":
    """Each by itself: totals need not be the sum of their parts, which is said."""
    values = noise.rounded(cells.values, base=plan.base, random=random).astype(int).tolist()
    return values, {"shown": 0, "narrowest": 2 * plan.base - 2}, {"what": "rounded", "column": "n", "base": plan.base}


def still_known(frame: pd.DataFrame, cells: Cells) -> list[int]:
    """Cells that are left out of a table and yet follow from what it shows."""
    hidden = frozenset(i for i, value in enumerate(frame["n"]) if value is None or pd.isna(value))
    bounds = {cell: attack(cells, hidden, cell) for cell in hidden}
    return [cell for cell, (low, high) in bounds.items() if high - low < 1]
