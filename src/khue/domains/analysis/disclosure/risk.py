"""How easily rows of people could be found again.

k: the smallest number of people who look alike in the columns that others may know (Sweeney 2002); l: the smallest
number of different sensitive values among people who look alike (Machanavajjhala and others 2007).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

GONE = "*"
BANDS_FOR_L = 5


@dataclass(frozen=True)
class Risk:
    """`unique`: rows that nobody else looks like; `below`: rows in groups smaller than k; `expected`: how many rows
    somebody who knows the quasi-identifiers of all would find on average; `diversity` by sensitive column."""

    rows: int
    k: int
    unique: int
    below: int
    expected: float
    diversity: Mapping[str, int] = field(default_factory=dict)

    @property
    def highest(self) -> float:
        """The chance to pick the right row of somebody in the smallest group."""
        return 1 / self.k if self.k else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "k": self.k,
            "unique": self.unique,
            "below": self.below,
            "expected": round(self.expected, 3),
            "highest": round(self.highest, 4),
            "diversity": dict(self.diversity),
        }


def measure(frame: pd.DataFrame, *, quasi: Sequence[str], sensitive: Sequence[str] = (), k: int = 5) -> Risk:
    """A gap looks like every other gap. Without quasi-identifiers all rows look alike."""
    if frame.empty:
        return Risk(0, 0, 0, 0, 0.0)
    sizes = group_sizes(frame, quasi)
    kinds = {name: _least_kinds(frame, quasi, name) for name in sensitive}
    size = sizes.to_numpy()
    return Risk(
        len(frame), int(size.min()), int((size == 1).sum()), int((size < k).sum()), float((1 / size).sum()), kinds
    )


def group_sizes(frame: pd.DataFrame, quasi: Sequence[str]) -> "pd.Series[int]":
    """For each row, how many look like it."""
    if not quasi:
        return pd.Series(np.full(len(frame), len(frame)), index=frame.index)
    keys = groups(frame, quasi)
    return keys.map(keys.value_counts())


def groups(frame: pd.DataFrame, quasi: Sequence[str]) -> "pd.Series[int]":
    """A number for each group that looks alike."""
    shown = frame[list(quasi)].astype("string").fillna(GONE)
    return shown.groupby(list(quasi), sort=False).ngroup()


def kinds_in_groups(frame: pd.DataFrame, quasi: Sequence[str], sensitive: str) -> "pd.Series[int]":
    """For each row, how many different values its group has; what was taken out tells nothing, so it does not count
    against the group."""
    keys = groups(frame, quasi) if quasi else pd.Series(0, index=frame.index)
    values = _as_kinds(frame[sensitive])
    count = values.groupby(keys).nunique()
    hidden = values.isna().groupby(keys).all()
    count[hidden] = np.iinfo("int32").max
    return keys.map(count)


def _least_kinds(frame: pd.DataFrame, quasi: Sequence[str], sensitive: str) -> int:
    least = int(kinds_in_groups(frame, quasi, sensitive).min())
    return 0 if least == np.iinfo("int32").max else least


def _as_kinds(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Numbers that hardly differ are one kind: fifths of their range of values."""
    if pd.api.types.is_numeric_dtype(column) and column.nunique() > 2 * BANDS_FOR_L:
        return pd.qcut(column, BANDS_FOR_L, labels=False, duplicates="drop")
    return column.mask(column.astype("string") == GONE)
