"""The whole: series, back-test, choice of a model, intervals, places that add up, scenarios."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.forecasting import backtest, hierarchy
from khue.domains.analysis.forecasting.backtest import Adjusted, Tested
from khue.domains.analysis.forecasting.models import ENSEMBLE, MEMBERS, YARDSTICK, Fitted, repeated, together
from khue.domains.analysis.forecasting.scenarios import Scenario
from khue.domains.analysis.forecasting.series import Name, Panel
from khue.domains.analysis.stepping.outcome import Unfit

Numbers = NDArray[np.float64]

LEVELS = (0.80, 0.95)
# beyond so many series the slowest model is left out
MOST_WITH_ARIMA = 80


@dataclass(frozen=True)
class Path:
    """One series ahead. `bounds[level]` is (low, high); `naive` is what the yardstick says."""

    name: Name
    model: str
    mean: Numbers
    bounds: dict[float, tuple[Numbers, Numbers]]
    naive: Numbers
    tested: Tested
    coverage: float | None
    holidays: bool


@dataclass(frozen=True)
class Forecast:
    periods: pd.PeriodIndex
    paths: tuple[Path, ...]
    panel: Panel
    adds_up: bool
    scenarios: dict[str, Numbers]


def forecast(
    panel: Panel,
    *,
    horizon: int,
    adds_up: bool = False,
    scenarios: Sequence[Scenario] = (),
    with_calendar: bool = True,
) -> Forecast:
    """`adds_up`: also every place above those of the rows, so that all levels add up. Raises Unfit."""
    most = max(2 * panel.season, len(panel.periods) // 2)
    if not 1 <= horizon <= most:
        raise Unfit("horizon", most=most, have=len(panel.periods))
    later = panel.later(horizon)
    values = _every_level(panel) if adds_up and panel.by else panel.values
    both = panel.periods.append(later)
    days = backtest.calendar_days(both, panel.frequency, panel.season) if with_calendar else None
    members = MEMBERS if len(values) <= MOST_WITH_ARIMA else tuple(name for name in MEMBERS if name != "arima")
    paths = [_path(name, series, panel.season, horizon, days, members) for name, series in values.items()]
    if adds_up and panel.by:
        paths = _reconciled(panel, paths)
    return Forecast(
        later, tuple(paths), panel, adds_up and bool(panel.by), {one.name: one.factors(later) for one in scenarios}
    )


def _every_level(panel: Panel) -> dict[Name, Numbers]:
    return hierarchy.tree(list(panel.values)).of_leaves(panel.values)


def _path(
    name: Name, values: Numbers, season: int, horizon: int, days: Numbers | None, members: tuple[str, ...]
) -> Path:
    tested = backtest.run(values, season, horizon, days=days, members=members)
    adjusted = Adjusted.of(values, days, season, len(values))
    ahead = Fitted(adjusted.values, season, members).ahead(adjusted.values, horizon)
    ahead[YARDSTICK] = repeated(values, season, horizon)
    if (mixed := together(ahead, tested.weights)) is not None:
        ahead[ENSEMBLE] = mixed
    model = tested.best if tested.best in ahead else YARDSTICK
    calendar = adjusted.added(len(values), horizon) if model != YARDSTICK else np.zeros(horizon)
    mean, spread = ahead[model].mean + calendar, _widening(ahead[model].spread)
    if (values >= 0).all():
        mean = np.maximum(mean, 0)
    bounds = {level: _bounds(mean, spread, tested, model, level, bool((values >= 0).all())) for level in LEVELS}
    covered = backtest.coverage(tested, model, 0.95) if model in tested.scores else None
    return Path(name, model, mean, bounds, ahead[YARDSTICK].mean, tested, covered, bool(adjusted.effects.any()))


def _widening(spread: Numbers) -> Numbers:
    """Farther ahead is never surer."""
    return np.maximum.accumulate(spread)


def _bounds(
    mean: Numbers, spread: Numbers, tested: Tested, model: str, level: float, positive: bool
) -> tuple[Numbers, Numbers]:
    factor = backtest.stretch(tested.scores[model], level) if model in tested.scores else 1.96
    low, high = mean - factor * spread, mean + factor * spread
    return (np.maximum(low, 0) if positive else low), high


def _reconciled(panel: Panel, paths: list[Path]) -> list[Path]:
    tree = hierarchy.tree(list(panel.values))
    missed = {one.name: max(float(np.nanmean(one.tested.errors[one.model] ** 2)), 1e-12) for one in paths}
    means, factors = hierarchy.reconcile(tree, {one.name: one.mean for one in paths}, missed)
    return [_moved(one, means[one.name], factors[one.name]) for one in paths]


def _moved(path: Path, mean: Numbers, factor: float) -> Path:
    bounds = {}
    for level, (low, high) in path.bounds.items():
        half = (high - path.mean) * max(factor, 0.7)
        floor = 0.0 if (low >= 0).all() and (mean >= 0).all() else -np.inf
        bounds[level] = (np.maximum(mean - half, floor), mean + half)
    return Path(path.name, path.model, mean, bounds, path.naive, path.tested, path.coverage, path.holidays)
