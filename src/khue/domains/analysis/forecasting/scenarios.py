"""What if: the forecast under assumptions that somebody makes. An assumption is never told as a forecast."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.stepping.outcome import Unfit

Numbers = NDArray[np.float64]
MOST = 5


@dataclass(frozen=True)
class Scenario:
    """From the period `start` on (the first one where empty): a step of `level` percent, and `growth` percent a year
    more, on top of the forecast."""

    name: str
    level: float = 0.0
    growth: float = 0.0
    start: str = ""

    def factors(self, periods: pd.PeriodIndex) -> Numbers:
        start = self._start(periods)
        years = np.array([max(0, (period - start).n + 1) for period in periods]) / _a_year(periods)
        factors = (1 + self.level / 100) * (1 + self.growth / 100) ** years
        return np.where(years > 0, factors, 1.0)

    def _start(self, periods: pd.PeriodIndex) -> pd.Period:
        if not self.start:
            return periods[0]
        try:
            return pd.Period(self.start, freq=periods.freq)
        except ValueError:
            raise Unfit("scenario_start", name=self.name, value=self.start) from None


def _a_year(periods: pd.PeriodIndex) -> int:
    return {"D": 365, "W": 52, "M": 12, "Q": 4, "Y": 1}[periods.freqstr[0]]


def read(asked: list[dict[str, Any]]) -> tuple[Scenario, ...]:
    """Raises Unfit for a change beyond reason."""
    found = tuple(_scenario(one) for one in asked)
    if len(found) > MOST or len({one.name for one in found}) < len(found):
        raise Unfit("scenarios", most=MOST)
    return found


def _scenario(one: dict[str, Any]) -> Scenario:
    name = str(one["name"])[:60]
    return Scenario(name, _percent(one, "level"), _percent(one, "growth"), str(one.get("start", "")))


def _percent(one: dict[str, Any], key: str) -> float:
    value = float(one.get(key) or 0)
    if not -100 <= value <= 1000:
        raise Unfit("scenario_size", name=str(one["name"])[:60])
    return value
