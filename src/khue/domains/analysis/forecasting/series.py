"""Rows as regular series: one value for each day, week, month, quarter or year, for each place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.stepping.outcome import Unfit

Numbers = NDArray[np.float64]
Name = tuple[str, ...]

SEASONS = {"D": 7, "W": 52, "M": 12, "Q": 4, "Y": 1}
LEAST = 8
MOST_SERIES = 300
MOST_GAPS = 0.2
_QUARTER = re.compile(
    r"^(?:q|quý|quy|t)?\s*([1-4])\s*[-/. ]\s*(\d{4})$|^(\d{4})\s*[-/. ]?\s*(?:q|quý|quy|t)\s*([1-4])$", re.I
)
_MONTH = re.compile(
    r"^(?:tháng|thang|month|mois|m|t)?\s*(\d{1,2})\s*[-/.]\s*(\d{4})$|^(\d{4})\s*[-/.]\s*(\d{1,2})$", re.I
)


@dataclass(frozen=True)
class Panel:
    """Series over the same periods, by name (the values of the columns that part them; () for a single one).
    `filled` counts periods without a row, which were drawn between their neighbours; `season` is 1 where it is too
    short for one."""

    frequency: str
    season: int
    periods: pd.PeriodIndex
    values: dict[Name, Numbers]
    by: tuple[str, ...] = ()
    filled: int = 0

    def later(self, horizon: int) -> pd.PeriodIndex:
        return pd.period_range(self.periods[-1] + 1, periods=horizon, freq=self.periods.freq)


def read(frame: pd.DataFrame, *, time: str, value: str, by: Sequence[str] = (), combine: str = "sum") -> Panel:
    """Rows of one place and period are added up, or averaged (`combine` "mean"). Raises Unfit."""
    for name in (time, value, *by):
        if name not in frame.columns:
            raise Unfit("unknown_column", name=name, names=", ".join(map(str, frame.columns[:20])))
    kept = frame[[time, value, *by]].dropna(subset=[time]).copy()
    kept[value] = _numbers(kept[value], value)
    frequency, kept["_period"] = periods_of(kept[time], time)
    wide = _wide(kept, value, list(by), combine)
    every = pd.period_range(wide.index.min(), wide.index.max(), freq=wide.index.freq)
    if len(every) < LEAST:
        raise Unfit("too_few", have=len(every), need=LEAST)
    wide = wide.reindex(every)
    gaps = int(wide.isna().sum().sum())
    if gaps > MOST_GAPS * wide.size:
        raise Unfit("many_gaps", percent=round(100 * gaps / wide.size), most=round(100 * MOST_GAPS))
    full = wide.interpolate(limit_direction="both")
    season = SEASONS[frequency] if len(every) >= 2 * SEASONS[frequency] + 2 else 1
    values = {_name(name): full[name].to_numpy("float64") for name in full.columns}
    return Panel(frequency, season, every, values, tuple(by), gaps)


def _numbers(column: "pd.Series[float]", name: str) -> "pd.Series[float]":
    found = pd.to_numeric(column, errors="coerce").astype("float64")
    wrong = column[found.isna() & column.notna()]
    if len(wrong):
        raise Unfit("not_numbers", name=name, value=str(wrong.iloc[0])[:40])
    return found


def _wide(kept: pd.DataFrame, value: str, by: list[str], combine: str) -> pd.DataFrame:
    keys = ["_period", *by]
    grouped = kept.groupby(keys)[value]
    one = grouped.sum(min_count=1) if combine == "sum" else grouped.mean()
    wide = one.unstack(by) if by else one.to_frame(name=())
    if wide.shape[1] > MOST_SERIES:
        raise Unfit("many_series", count=wide.shape[1], most=MOST_SERIES)
    wide = wide.dropna(axis=1, how="all")
    if wide.empty:
        raise Unfit("too_few", have=0, need=LEAST)
    return wide


def _name(label: object) -> Name:
    return tuple(str(part) for part in label) if isinstance(label, tuple) else (str(label),)


# When a row is ------------------------------------------------------------------------------------


def periods_of(column: "pd.Series[object]", name: str) -> tuple[str, pd.PeriodIndex]:
    """Years (2024), quarters (Q3/2024, 2024-Q3, Quý 3/2024), months (03/2024, 2024-03), or dates, whose distance tells
    the frequency. Raises Unfit."""
    texts = column.astype(str).str.strip()
    for frequency, reader in (("Y", _year), ("Q", _quarter), ("M", _month)):
        found = [reader(text) for text in texts]
        if all(found):
            return frequency, pd.PeriodIndex(found, freq=frequency)
    # day first, as Vietnamese and French write it; ISO dates are not misread by that
    iso = texts.str.match(r"^\d{4}-").all()
    dates = pd.to_datetime(texts, errors="coerce", format="ISO8601" if iso else "mixed", dayfirst=not iso)
    if dates.isna().any():
        raise Unfit("not_time", name=name, value=str(texts[dates.isna()].iloc[0])[:40])
    frequency = _frequency(dates)
    return frequency, pd.PeriodIndex(dates.dt.to_period(frequency))


def _year(text: str) -> str:
    return text.removesuffix(".0") if re.fullmatch(r"(1[89]|20|21)\d\d(\.0)?", text) else ""


def _quarter(text: str) -> str:
    if not (found := _QUARTER.match(text)):
        return ""
    quarter, year = found[1] or found[4], found[2] or found[3]
    return f"{year}Q{quarter}"


def _month(text: str) -> str:
    if not (found := _MONTH.match(text)):
        return ""
    month, year = int(found[1] or found[4]), found[2] or found[3]
    return f"{year}-{month:02d}" if 1 <= month <= 12 else ""


def _frequency(dates: "pd.Series[pd.Timestamp]") -> str:
    gaps = np.diff(np.sort(dates.dt.normalize().unique())).astype("timedelta64[D]").astype(int)
    if not len(gaps):
        raise Unfit("too_few", have=1, need=LEAST)
    days = float(np.median(gaps))
    return next((name for name, most in (("D", 2), ("W", 10), ("M", 45), ("Q", 135)) if days <= most), "Y")
