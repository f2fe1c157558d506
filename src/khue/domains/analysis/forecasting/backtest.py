"""The rolling back-test: what each model would have said at earlier times, against what then came.

Intervals are conformal: the spread that a model claims is stretched or shrunk until it would have held there.
"""

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.forecasting import calendar
from khue.domains.analysis.forecasting.models import ENSEMBLE, MEMBERS, YARDSTICK, Fitted, repeated

Numbers = NDArray[np.float64]

ORIGINS = 24
# the yardstick is taken instead of the models only if it was that much better
CLEARLY = 0.85
# how far intervals are widened beyond the back-test, whose stretches overlap, and how narrow they may become beside
# those of a normal distribution; tuned on the tuning half of benchmarks/forecast.py
MARGIN = 1.2
LEAST = 0.95
# how much more a model counts that missed by less, and what each counts before anything is known of the series: from
# best to worst on those series
POWER = 4
BEFORE = {"arima": 4.0, "theta": 2.0, "ets": 1.0}
SMALLEST = 1e-9


@dataclass(frozen=True)
class Tested:
    """`errors[model]`: origin × step (what came less what was said), NaN where it had not come yet; `scores` the same
    divided by the spread claimed; `said` the middle. `weights` of the models in the mean that is forecast: by the whole
    back-test, while the mean that is tested has those of its earlier half alone. `scale` is what the
    yardstick misses by within the series (the unit of MASE)."""

    errors: dict[str, Numbers]
    scores: dict[str, Numbers]
    said: dict[str, Numbers]
    weights: dict[str, float]
    origins: tuple[int, ...]
    horizon: int
    scale: float

    def mase(self, model: str) -> float:
        return self.mae(model) / self.scale

    def mae(self, model: str) -> float:
        return float(np.nanmean(np.abs(self.errors[model])))

    @property
    def best(self) -> str:
        """The mean of the models, unless the yardstick was clearly better."""
        default = next((name for name in (ENSEMBLE, *self.weights) if name in self.errors), YARDSTICK)
        return YARDSTICK if self.mase(YARDSTICK) < CLEARLY * self.mase(default) else default


@dataclass
class Adjusted:
    """A series without what the calendar did to it, and that for the periods to come."""

    values: Numbers
    days: Numbers
    effects: Numbers = field(default_factory=lambda: np.zeros(len(calendar.COLUMNS)))

    @classmethod
    def of(cls, values: Numbers, days: Numbers | None, season: int, until: int) -> "Adjusted":
        """`until`: the effect is read from no later value."""
        if days is None:
            return cls(values, np.zeros((len(values), len(calendar.COLUMNS))))
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
    said = [
        fitted.ahead(adjusted.values[:origin], steps) | {YARDSTICK: repeated(values[:origin], season, steps)}
        for origin in origins
    ]
    whole = [name for name in (*members, YARDSTICK) if all(name in one for one in said)]
    means = {name: np.array([one[name].mean for one in said]) for name in whole}
    spreads = {name: np.array([one[name].spread for one in said]) for name in whole}
    came = np.array([_came(values, origin, steps) for origin in origins])
    calendar_adds = np.array([adjusted.added(origin, steps) for origin in origins])
    means = {name: mean if name == YARDSTICK else mean + calendar_adds for name, mean in means.items()}
    weights = _weights(means, came[: max(1, len(came) // 2)])
    if len(weights) > 1:
        means[ENSEMBLE] = np.asarray(sum(weight * means[name] for name, weight in weights.items()))
        spreads[ENSEMBLE] = np.asarray(sum(weight * spreads[name] for name, weight in weights.items()))
    errors = {name: came - mean for name, mean in means.items()}
    scores = {name: error / np.maximum(spreads[name], SMALLEST) for name, error in errors.items()}
    return Tested(errors, scores, means, _weights(means, came), origins, steps, scale(values[: origins[0]], season))


def _came(values: Numbers, origin: int, steps: int) -> Numbers:
    came = np.full(steps, np.nan)
    there = values[origin : origin + steps]
    came[: len(there)] = there
    return came


def _weights(means: dict[str, Numbers], came: Numbers) -> dict[str, float]:
    """By how little each missed at these origins."""
    missed = {
        name: max(float(np.nanmean(np.abs(came - mean[: len(came)]))), SMALLEST)
        for name, mean in means.items()
        if name not in {YARDSTICK, ENSEMBLE}
    }
    least = min(missed.values(), default=SMALLEST)
    parts = {name: BEFORE.get(name, 1.0) * (least / error) ** POWER for name, error in missed.items()}
    whole = sum(parts.values())
    return {name: part / whole for name, part in parts.items()}


def scale(values: Numbers, season: int) -> float:
    """The mean absolute difference to a season before (Hyndman and Koehler 2006)."""
    lag = season if len(values) > season else 1
    found = float(np.mean(np.abs(values[lag:] - values[:-lag]))) if len(values) > lag else 0.0
    return found or SMALLEST


# Intervals that held -----------------------------------------------------------------------------


def stretch(scores: Numbers, level: float) -> float:
    """The factor on the spread within which that share of the errors lies, with the correction for a finite count and a
    margin."""
    normal = NormalDist().inv_cdf((1 + level) / 2)
    found = np.sort(np.abs(scores[np.isfinite(scores)]))
    if not len(found):
        return normal
    place = int(np.ceil((len(found) + 1) * level)) - 1
    return max(MARGIN * float(found[min(place, len(found) - 1)]), LEAST * normal)


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
