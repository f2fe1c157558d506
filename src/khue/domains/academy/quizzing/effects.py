"""What changed between the survey before and the one after, in the same people: how much, and how sure that is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from khue.domains.academy.quizzing.distributions import t_quantile

RESAMPLES = 4000
SURE = 0.95


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Change:
    """`difference`: mean after − mean before, with its 95% interval by Student's t.

    `effect`: Hedges' g_av: the difference divided by the mean of both standard deviations, times the correction for
    small samples (Lakens 2013, formulas 5 and 10); its interval by bootstrap over the pairs (percentiles, 4,000
    samples, a fixed seed). None where nobody's answers differ from the others'.
    """

    pairs: int
    before: float
    after: float
    difference: float
    difference_within: Interval
    effect: float | None
    effect_within: Interval | None


def change(before: Sequence[float], after: Sequence[float], *, seed: int = 1) -> Change | None:
    """Of the same people in the same order; None for fewer than three pairs."""
    x, y = np.array(before, dtype=float), np.array(after, dtype=float)
    if len(x) != len(y):
        raise ValueError("each before needs its after")
    if len(x) < 3:
        return None
    difference = y - x
    mean = float(difference.mean())
    room = t_quantile((1 + SURE) / 2, len(x) - 1) * float(difference.std(ddof=1)) / math.sqrt(len(x))
    effect = g_av(x, y)
    return Change(
        len(x),
        float(x.mean()),
        float(y.mean()),
        mean,
        Interval(mean - room, mean + room),
        effect,
        _bootstrap(x, y, seed) if effect is not None else None,
    )


def g_av(before: "np.ndarray", after: "np.ndarray") -> float | None:
    spread = (before.std(ddof=1) + after.std(ddof=1)) / 2
    if spread < 1e-12:
        return None
    return float((after - before).mean() / spread * _small_sample(len(before)))


def d_z(before: "np.ndarray", after: "np.ndarray") -> float | None:
    """Cohen's d_z: the difference in units of its own spread; for planning further studies, not for comparing them."""
    difference = after - before
    spread = difference.std(ddof=1)
    return None if spread < 1e-12 else float(difference.mean() / spread)


def _small_sample(pairs: int) -> float:
    return 1 - 3 / (4 * (pairs - 1) - 1)


def _bootstrap(before: "np.ndarray", after: "np.ndarray", seed: int) -> Interval:
    chance = np.random.default_rng(seed)
    picks = chance.integers(0, len(before), size=(RESAMPLES, len(before)))
    x, y = before[picks], after[picks]
    spread = (x.std(axis=1, ddof=1) + y.std(axis=1, ddof=1)) / 2
    usable = spread > 1e-12
    effects = (y - x).mean(axis=1)[usable] / spread[usable] * _small_sample(len(before))
    low, high = np.percentile(effects, [100 * (1 - SURE) / 2, 100 * (1 + SURE) / 2])
    return Interval(float(low), float(high))
