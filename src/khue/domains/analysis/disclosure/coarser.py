"""Values made coarser, a rung at a time: ages to bands, days to months and years, rare names to “other”."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from khue.domains.analysis.disclosure.risk import GONE

OTHER = "…"
Column = "pd.Series[Any]"
Rung = Callable[["pd.Series[Any]"], "pd.Series[Any]"]


@dataclass(frozen=True)
class Ladder:
    """`names[i]` says what rung i does: "" nothing, "bands 10", "year", "rare 20", "*" all taken out."""

    names: tuple[str, ...]
    rungs: tuple[Rung, ...]

    @property
    def top(self) -> int:
        return len(self.rungs) - 1


def ladder(column: "pd.Series[Any]", k: int) -> Ladder:
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return _of_numbers(column)
    dates = _dates(column)
    if dates is not None:
        return _ladder([("month", _period("M")), ("quarter", _period("Q")), ("year", _period("Y"))])
    return _ladder([(f"rare {k * times}", _rare(k * times)) for times in (2, 5, 15)])


def _ladder(rungs: "list[tuple[str, Rung]]") -> Ladder:
    every: list[tuple[str, Rung]] = [("", _same), *rungs, (GONE, _gone)]
    return Ladder(tuple(name for name, _rung in every), tuple(rung for _name, rung in every))


def _same(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return column


def _gone(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.Series(GONE, index=column.index, dtype="object")


def _of_numbers(column: "pd.Series[Any]") -> Ladder:
    spread = float(np.ptp(column.dropna())) if column.notna().any() else 0.0
    widths = [width for width in _nice_widths(spread) if width > _step(column)]
    return _ladder([(f"bands {width:g}", bands(width)) for width in widths[:4]])


def _nice_widths(spread: float) -> list[float]:
    """Widths that people use, which cut the spread into about twenty parts down to two."""
    if spread <= 0:
        return []
    found = [factor * 10.0**power for power in range(-6, 13) for factor in (1, 2, 5)]
    return [width for width in found if spread / 24 <= width <= spread / 1.4]


def _step(column: "pd.Series[Any]") -> float:
    values = np.unique(column.dropna())
    return float(np.diff(values).min()) if len(values) > 1 else 0.0


def bands(width: float) -> Rung:
    """ "30-39": whole numbers by their last, others by where the next begins."""

    def banded(column: "pd.Series[Any]") -> "pd.Series[Any]":
        whole = width >= 1 and bool((column.dropna() % 1 == 0).all())
        low = np.floor(column.astype("float64") / width) * width
        high = low + width - (1 if whole else 0)
        names = low.map("{:g}".format) + "-" + high.map("{:g}".format)
        return names.where(column.notna(), None).astype("object")

    return banded


def _dates(column: "pd.Series[Any]") -> "pd.Series[Any] | None":
    found = pd.to_datetime(column, errors="coerce", format="ISO8601")
    return found if column.notna().any() and found.notna().sum() == column.notna().sum() else None


def _period(frequency: str) -> Rung:
    def coarser(column: "pd.Series[Any]") -> "pd.Series[Any]":
        found = pd.to_datetime(column, errors="coerce", format="ISO8601").dt.to_period(frequency)
        return found.astype("object").map(lambda period: str(period) if period is not pd.NaT else None)

    return coarser


def _rare(least: int) -> Rung:
    def coarser(column: "pd.Series[Any]") -> "pd.Series[Any]":
        count = column.map(column.value_counts())
        return column.where((count >= least) | column.isna(), OTHER)

    return coarser
