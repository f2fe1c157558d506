"""Counts with noise: what a table then tells of any single person is limited, whoever asks and whatever they know.

The two-sided geometric mechanism (Ghosh, Roughgarden and Sundararajan 2009). The budget ε is stated with the table and
adds up over all tables that are made of the same people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khue.domains.analysis.stepping.outcome import Unfit

Numbers = NDArray[np.float64]
MOST_BUDGET = 10.0


@dataclass(frozen=True)
class Noisy:
    """`error`: the count by which 95 of 100 cells are off at most."""

    values: NDArray[np.int64]
    epsilon: float
    error: int


def with_noise(counts: Numbers, *, epsilon: float, random: np.random.Generator | None = None) -> Noisy:
    """One person is in one cell. Nobody can repeat the noise: its seed comes from the operating system."""
    if not 0 < epsilon <= MOST_BUDGET:
        raise Unfit("budget", most=MOST_BUDGET)
    random = random or np.random.default_rng()
    stop = 1 - np.exp(-epsilon)
    noise = random.geometric(stop, counts.shape) - random.geometric(stop, counts.shape)
    return Noisy(np.maximum(np.rint(counts).astype(np.int64) + noise, 0), epsilon, _error(epsilon))


def _error(epsilon: float) -> int:
    """The smallest m with P(|noise| > m) at most 5%: 2a^(m+1)/(1+a), a = exp(−ε)."""
    a = np.exp(-epsilon)
    return max(0, int(np.ceil(np.log(0.05 * (1 + a) / 2) / np.log(a) - 1)))


def rounded(counts: Numbers, *, base: int, random: np.random.Generator | None = None) -> Numbers:
    """To a multiple of `base`, up or down by chance so that the mean stays right."""
    random = random or np.random.default_rng()
    low = np.floor(counts / base) * base
    up = random.random(counts.shape) < (counts - low) / base
    found: Numbers = low + base * up
    return found
