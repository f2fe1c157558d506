"""How much two orders of the same things agree."""

import math
from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def tau_b(one: Mapping[T, float], other: Mapping[T, float]) -> float | None:
    """Kendall's tau-b (Kendall 1945) over the keys that both have, with its correction for ties; None where one of
    them puts nothing before anything."""
    concordant = discordant = only_one = only_other = 0
    for a, b in combinations([key for key in one if key in other], 2):
        first, second = _sign(one[a] - one[b]), _sign(other[a] - other[b])
        if first and second:
            concordant += first == second
            discordant += first != second
        elif first:
            only_one += 1
        elif second:
            only_other += 1
    told = concordant + discordant
    bottom = math.sqrt((told + only_one) * (told + only_other))
    return (concordant - discordant) / bottom if bottom else None


def _sign(difference: float) -> int:
    return 0 if abs(difference) < 1e-9 else (1 if difference > 0 else -1)
