"""How far a person who sorts a sample blind agrees with the machine: Cohen (1960), with the interval of Fleiss, Cohen
and Everitt (1969) in its simple form."""

import math
import random
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

SAMPLE = 60


@dataclass(frozen=True)
class Agreement:
    """`kappa` None where chance alone would agree always; `low`, `high`: 95%."""

    count: int
    share: float
    kappa: float | None
    low: float | None
    high: float | None


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement | None:
    """`pairs`: what the machine and what the person said."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == two for one, two in pairs) / count
    machine, person = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(machine[name] * person[name] for name in machine) / count**2
    if chance >= 1:
        return Agreement(count, observed, None, None, None)
    kappa = (observed - chance) / (1 - chance)
    spread = 1.96 * math.sqrt(observed * (1 - observed) / (count * (1 - chance) ** 2))
    return Agreement(count, observed, kappa, max(-1.0, kappa - spread), min(1.0, kappa + spread))


def sample(rows: Sequence[int], *, seed: int, size: int = SAMPLE) -> list[int]:
    """By chance, the same ones each time."""
    return random.Random(seed).sample(list(rows), min(size, len(rows)))  # noqa: S311 -- no secret
