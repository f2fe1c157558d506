"""Strengths from comparisons in pairs: the model of Bradley and Terry (1952), P(a before b) = a / (a + b).

Fitted by the minorise-maximise steps of Hunter (2004, Annals of Statistics 32, formula 3), with the gamma prior of
Caron and Doucet (2012), so that a team that wins or loses every pair still has a finite strength.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
SHAPE, RATE = 1.5, 0.5
ROUNDS = 2000


@dataclass(frozen=True)
class Pair(Generic[T]):
    """`share`: how much of a win the first has: 1, 0, or 0.5 where neither is better."""

    first: T
    second: T
    share: float = 1.0


def from_scores(sheets: Iterable[tuple[T, Hashable, float]]) -> list[Pair[T]]:
    """(team, judge, score): what each judge's own order says, however severe they are."""
    by_judge: dict[Hashable, list[tuple[T, float]]] = {}
    for team, judge, score in sheets:
        by_judge.setdefault(judge, []).append((team, score))
    found = []
    for given in by_judge.values():
        for (a, score_a), (b, score_b) in combinations(given, 2):
            share = 0.5 if math.isclose(score_a, score_b) else float(score_a > score_b)
            found.append(Pair(a, b, share))
    return found


def strengths(pairs: Sequence[Pair[T]]) -> dict[T, float]:
    """Logarithms of the strengths, their mean zero; empty without pairs."""
    won: Counter[T] = Counter()
    met: Counter[tuple[T, T]] = Counter()
    for pair in pairs:
        if pair.first == pair.second:
            raise ValueError("a pair is of two")
        won[pair.first] += pair.share  # type: ignore[assignment]
        won[pair.second] += 1 - pair.share  # type: ignore[assignment]
        met[pair.first, pair.second] += 1
        met[pair.second, pair.first] += 1
    strength = dict.fromkeys(won, 1.0)
    for _round in range(ROUNDS):
        after = {team: _step(team, strength, won, met) for team in strength}
        still = all(abs(math.log(after[team] / strength[team])) < 1e-10 for team in after)
        strength = after
        if still:
            break
    middle = sum(map(math.log, strength.values())) / max(len(strength), 1)
    return {team: math.log(value) - middle for team, value in strength.items()}


def _step(team: T, strength: Mapping[T, float], won: Mapping[T, float], met: Mapping[tuple[T, T], int]) -> float:
    weight = sum(
        met[team, other] / (strength[team] + strength[other])
        for other in strength
        if other != team and (team, other) in met
    )
    return (won[team] + SHAPE - 1) / (weight + RATE)
