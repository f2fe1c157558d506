"""Columns as a method needs them. What does not fit is refused by a code that says what to choose instead."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.stepping.outcome import Unfit

Numbers = NDArray[np.float64]


def chosen(frame: pd.DataFrame, *, numbers: Sequence[str] = (), others: Sequence[str] = ()) -> pd.DataFrame:
    """Those columns, numbers as floats, without rows where one of them is missing. Raises Unfit."""
    wanted = list(dict.fromkeys([*numbers, *others]))
    check_known(frame, wanted)
    kept = frame[wanted].copy()
    for name in numbers:
        kept[name] = as_numbers(kept[name], name)
    return kept.dropna().reset_index(drop=True)


def check_known(frame: pd.DataFrame, names: Sequence[str]) -> None:
    for name in names:
        if name not in frame.columns:
            raise Unfit("unknown_column", name=name, names=_some(frame))


def _some(frame: pd.DataFrame) -> str:
    names = [str(name) for name in frame.columns[:20]]
    return ", ".join(names) + (" …" if len(frame.columns) > len(names) else "")


def as_numbers(column: "pd.Series[float]", name: str) -> "pd.Series[float]":
    """Raises Unfit where a value that is there is no finite number."""
    found = pd.to_numeric(column, errors="coerce").astype("float64")
    wrong = column[found.isna() & column.notna()]
    if len(wrong):
        raise Unfit("not_numbers", name=name, value=str(wrong.iloc[0])[:40])
    return found.replace([np.inf, -np.inf], np.nan)


def check_enough(count: int, least: int) -> None:
    if count < least:
        raise Unfit("too_few", have=count, need=least)


def check_weights(weights: Numbers) -> None:
    if (weights < 0).any() or weights.sum() <= 0:
        raise Unfit("bad_weights")


def in_years(column: "pd.Series[object]", name: str) -> Numbers:
    """Years as they are; dates as years with their fraction. Raises Unfit."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy("float64")
    found = pd.to_datetime(column, errors="coerce", format="mixed", dayfirst=True)
    if found.isna().any():
        raise Unfit("not_time", name=name, value=str(column[found.isna()].iloc[0])[:40])
    days = found.dt.dayofyear.to_numpy("float64") - 1
    return found.dt.year.to_numpy("float64") + days / np.where(found.dt.is_leap_year, 366.0, 365.0)
