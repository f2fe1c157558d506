"""The models: seasonal naive as the yardstick, exponential smoothing, ARIMA, Theta, and their mean."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsforecast.models import AutoARIMA, AutoETS, AutoTheta

Numbers = NDArray[np.float64]

YARDSTICK = "naive"
MEMBERS = ("ets", "arima", "theta")
ENSEMBLE = "ensemble"
# half the width of an interval of 68.27% is one standard deviation
LEVEL = 68.27


@dataclass(frozen=True)
class Ahead:
    """What one model says: the middle and the spread at each step ahead."""

    mean: Numbers
    spread: Numbers


class Fitted:
    """The models on one series; `ahead` asks them from any later point without looking for their form again."""

    def __init__(self, values: Numbers, season: int, members: Sequence[str] = MEMBERS) -> None:
        self.season = season
        self._fitted: dict[str, Any] = {}
        for name in members:
            if (fitted := _tried(_model(name, season).fit, y=values)) is not None:
                self._fitted[name] = fitted

    def ahead(self, values: Numbers, horizon: int) -> dict[str, Ahead]:
        """Of each model that could be fitted."""
        found = {name: _ahead(model, values, horizon) for name, model in self._fitted.items()}
        known = {name: one for name, one in found.items() if one is not None}
        known[YARDSTICK] = repeated(values, self.season, horizon)
        return known


def together(found: Mapping[str, Ahead], weights: Mapping[str, float]) -> Ahead | None:
    """Their mean, weighted; None where fewer than two of those that have a weight are there."""
    there = {name: weight for name, weight in weights.items() if name in found}
    if len(there) < 2:
        return None
    whole = sum(there.values())
    mean = sum(weight / whole * found[name].mean for name, weight in there.items())
    spread = sum(weight / whole * found[name].spread for name, weight in there.items())
    return Ahead(np.asarray(mean), np.asarray(spread))


def _model(name: str, season: int) -> Any:
    match name:
        case "ets":
            return AutoETS(season_length=season)
        case "arima":
            return AutoARIMA(season_length=season, approximation=True)
        case _:
            return AutoTheta(season_length=season)


def _tried(act: Any, **arguments: Any) -> Any:
    """A model may fail on a series (constant, too short); the others then go on without it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return act(**arguments)
        except Exception:  # whatever a numerical library raises
            return None


def _ahead(model: Any, values: Numbers, horizon: int) -> Ahead | None:
    said = _tried(model.forward, y=values, h=horizon, level=[LEVEL])
    if said is None:
        return None
    mean = np.asarray(said["mean"], dtype="float64")
    low, high = (np.asarray(said[f"{side}-{LEVEL}"], dtype="float64") for side in ("lo", "hi"))
    spread = np.maximum((high - low) / 2, 0)
    if (
        not np.isfinite(mean).all()
        or not np.isfinite(spread).all()
        or abs(mean).max() > 1e3 * max(1, abs(values).max())
    ):
        return None
    return Ahead(mean, spread)


def repeated(values: Numbers, season: int, horizon: int) -> Ahead:
    """The yardstick: what was a season before."""
    last = values[-season:]
    mean = np.array([last[step % season] for step in range(horizon)])
    moved = values[season:] - values[:-season]
    return Ahead(mean, np.full(horizon, float(moved.std())))
