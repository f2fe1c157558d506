"""The rolling back-test: what each model would have said at earlier times, against what then came.

Intervals are conformal: the spread that a model claims is stretched or shrunk until it would have held there.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.forecasting import calendar
from khue.domains.analysis.forecasting.models import ENSEMBLE, MEMBERS, YARDSTICK, Fitted

Numbers = NDArray[np.float64]

ORIGINS = 24
# a single model is taken instead of the mean only if it was that much better
CLEARLY = 0.95
SMALLEST = 1e-9


@dataclass(frozen=True)
class Tested:
    """`errors[model]`: origin × step (what came less what was said), NaN where it had not come yet; `scores` the same
    divided by the spread claimed. `scale` is what the yardstick misses by within the series (the unit of MASE)."""

    errors: dict[str, Numbers]
    scores: dict[str, Numbers]
    said: dict[str, Numbers]
    origins: tuple[int, ...]
    horizon: int
    scale: float

    def mase(self, model: str) -> float:
        return float(np.nanmean(np.abs(self.errors[model]))) / self.scale

    def mae(self, model: str) -> float:
        return float(np.nanmean(np.abs(self.errors[model])))

    @property
    def best(self) -> str:
        """The mean of the models, unless one of them was clearly better; the yardstick where nothing beats it."""
        missed = {name: self.mase(name) for name in self.errors}
        default = ENSEMBLE if ENSEMBLE in missed else min(missed, key=lambda name: missed[name])
        single = min(missed, key=lambda name: missed[name])
        return single if missed[single] < CLEARLY * missed[default] else default


@dataclass
class Adjusted:
    """A series without what the calendar did to it, and that for the periods to come."""

    values: Numbers
    days: Numbers
    effects: Numbers = field(default_factory=lambda: np.zeros(2))

    @classmethod
    def of(cls, values: Numbers, days: Numbers | None, season: int, until: int) -> "Adjusted":
        """`until`: the effect is read from no later value."""
        if days is None:
            return cls(values, np.zeros((len(values), 2)))
        effects = calendar.effect(values[:until], days[:until], season)
        return cls(values - days[: len(values)] @ effects, days, effects)

    def added(self, start: int, horizon: int) -> Numbers:
        found: Numbers = self.days[start : start + horizon] @ self.effects
        return found if len(found) == horizon else np.zeros(horizon)


def calendar_days(periods: pd.PeriodIndex, frequency: str, season: int) -> Numbers | None:
    """None where the calendar cannot matter: quarters and years always hold the whole of Tết."""
    if frequency not in {"D", "W", "M"} or season == 1:
        return None
    return calendar.regressors(periods)


def horizon_tested(length: int, horizon: int, season: int) -> int:
    """As far as asked for, but never more than a quarter of what is there."""
    return max(1, min(horizon, length // 4))


def run(
    values: Numbers, season: int, horizon: int, *, days: Numbers | None = None, members: tuple[str, ...] = MEMBERS
) -> Tested:
    """`days`: calendar regressors over the series (and beyond)."""
    length = len(values)
    steps = horizon_tested(length, horizon, season)
    first = max(min(length - steps, 2 * season + 3), length - steps - ORIGINS + 1, length // 2)
    origins = tuple(range(min(first, length - 1), length))
    adjusted = Adjusted.of(values, days, season, origins[0])
    fitted = Fitted(adjusted.values[: origins[0]], season, members)
    errors: dict[str, list[Numbers]] = {}
    scores: dict[str, list[Numbers]] = {}
    said: dict[str, list[Numbers]] = {}
    for origin in origins:
        for name, one in fitted.ahead(adjusted.values[:origin], steps).items():
            mean = one.mean + (adjusted.added(origin, steps) if name != YARDSTICK else 0)
            if name == YARDSTICK:
                mean = _plain_yardstick(values[:origin], season, steps)
            came = np.full(steps, np.nan)
            came[: len(values[origin : origin + steps])] = values[origin : origin + steps]
            errors.setdefault(name, []).append(came - mean)
            scores.setdefault(name, []).append((came - mean) / np.maximum(one.spread, SMALLEST))
            said.setdefault(name, []).append(mean)
    whole = {name for name, rows in errors.items() if len(rows) == len(origins)}
    arrays = [{name: np.array(rows) for name, rows in part.items() if name in whole} for part in (errors, scores, said)]
    return Tested(arrays[0], arrays[1], arrays[2], origins, steps, scale(values[: origins[0]], season))


def _plain_yardstick(values: Numbers, season: int, steps: int) -> Numbers:
    return np.array([values[-season:][step % season] for step in range(steps)])


def scale(values: Numbers, season: int) -> float:
    """The mean absolute difference to a season before (Hyndman and Koehler 2006)."""
    lag = season if len(values) > season else 1
    found = float(np.mean(np.abs(values[lag:] - values[:-lag]))) if len(values) > lag else 0.0
    return found or SMALLEST


# Intervals that held -----------------------------------------------------------------------------


def stretch(scores: Numbers, level: float) -> float:
    """The factor on the spread within which that share of the errors lies, with the correction for a finite count."""
    found = np.sort(np.abs(scores[np.isfinite(scores)]))
    if not len(found):
        return 1.96
    place = int(np.ceil((len(found) + 1) * level)) - 1
    return float(found[min(place, len(found) - 1)])


def coverage(tested: Tested, model: str, level: float) -> float | None:
    """How often the later half of the back-test fell into intervals that only the earlier half had set; None where
    there is too little for both."""
    scores = tested.scores[model]
    half = len(scores) // 2
    # an error of the earlier half counts only once it was known when the later half began
    known = np.array([[row + step < half for step in range(tested.horizon)] for row in range(half)])
    early = np.where(known, scores[:half], np.nan)
    late = scores[half:]
    if np.isfinite(early).sum() < 10 or np.isfinite(late).sum() < 10:
        return None
    inside = np.abs(late[np.isfinite(late)]) <= stretch(early, level)
    return float(inside.mean())
