"""Viet Nam's calendar: Tết moves between January and February, and with it what people come for.

The effect is read from the differences to a season before (in which the steady season falls away), kept only if it is
more than chance, taken out before models see the series, and put back where the calendar will have it.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import holidays
import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# around the first day of the lunar year, in which offices and people do less: a week before to ten days after
BEFORE, AFTER = 7, 10
SURE = 2.5
FIRST_DAY = "Lunar New Year"
COLUMNS = ("tet", "other", "begins")


def _holidays(first: int, last: int) -> Mapping[date, str]:
    found: Mapping[date, str] = holidays.country_holidays("VN", years=range(first, last + 1), language="en_US")
    return found


def first_days(first: int, last: int) -> list[date]:
    """The first day of Tết of each year."""
    return [day for day, name in sorted(_holidays(first, last).items()) if FIRST_DAY in name.split("; ")]


def regressors(periods: pd.PeriodIndex) -> Numbers:
    """For each period (as COLUMNS): days around Tết, other public holidays on working days, and whether the year of the
    moon begins in it."""
    first, last = periods[0].start_time.date(), periods[-1].end_time.date()
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    known = _holidays(first.year - 1, last.year + 1)
    begins = set(first_days(first.year - 1, last.year + 1))
    around = {day + timedelta(n) for day in begins for n in range(-BEFORE, AFTER + 1)}
    rows = pd.DataFrame(
        {
            "tet": [float(day in around) for day in days],
            "other": [float(day in known and day not in around and day.weekday() < 5) for day in days],
            "begins": [float(day in begins) for day in days],
        },
        index=pd.PeriodIndex(pd.to_datetime(days), freq="D"),
    )
    return rows.groupby(rows.index.asfreq(periods.freq)).sum().reindex(periods, fill_value=0.0).to_numpy("float64")


def effect(values: Numbers, days: Numbers, season: int) -> Numbers:
    """What one such day adds; 0 for a column whose effect could be chance. Tết counts by its days, or in the month in
    which it begins, whichever tells more: figures of an office that books by month follow the one, others the other."""
    found, sure = np.zeros(days.shape[1]), np.zeros(days.shape[1])
    if season < 4 or len(values) < 3 * season:
        return found
    change, moved = values[season:] - values[:-season], days[season:] - days[:-season]
    change = change - np.median(change)
    for column in range(days.shape[1]):
        slope, error = _slope(moved[:, column], change)
        if error and abs(slope / error) > SURE:
            found[column], sure[column] = slope, abs(slope / error)
    tet, _other, begins = range(len(COLUMNS))
    found[tet if sure[tet] < sure[begins] else begins] = 0
    return found


def _slope(x: Numbers, y: Numbers) -> tuple[float, float]:
    weight = float(x @ x)
    if not weight or np.count_nonzero(x) < 4:
        return 0.0, 0.0
    slope = float(x @ y) / weight
    left = y - slope * x
    return slope, float(np.sqrt((left @ left) / max(1, len(y) - 2) / weight))
