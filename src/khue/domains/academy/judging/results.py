"""The result of a demo day: places with their ties, and what the pairs say against it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from khue.domains.academy.judging.agreement import tau_b
from khue.domains.academy.judging.pairs import Pair, from_scores, strengths
from khue.domains.academy.judging.severity import Given, fair

T = TypeVar("T", bound=Hashable)
J = TypeVar("J", bound=Hashable)
# scores are told with two decimals: what is equal there is equal
DECIMALS = 2
SURE = 1.96


@dataclass(frozen=True)
class Line(Generic[T]):
    """A team at its place. `ties`: others have the same score. `close`: teams just behind whose distance is within
    what chance does (95%). `pair_place`: where the pairs put it."""

    team: T
    place: int
    score: float
    mean: float
    sheets: int
    ties: bool
    close: tuple[T, ...]
    pair_place: int | None


@dataclass(frozen=True)
class Result(Generic[T, J]):
    """`agreement`: Kendall's tau-b between the order by points and the order by pairs. `asked`: the pairs are what
    judges answered, not what follows from their points. `against`: (a, b) where a stands before b and the pairs say
    the opposite."""

    lines: tuple[Line[T], ...]
    leniency: dict[J, float]
    is_connected: bool
    agreement: float | None
    asked: bool
    against: tuple[tuple[T, T], ...]


def result(sheets: Sequence[Given[T, J]], compared: Sequence[Pair[T]] = ()) -> Result[T, J]:
    """Raises ValueError without sheets. Comparisons count when they reach every team; else the pairs that follow from
    each judge's points."""
    found = fair(sheets)
    asked = {team for pair in compared for team in (pair.first, pair.second)} >= set(found.worth)
    pairs = list(compared) if asked else from_scores((s.team, s.judge, s.score) for s in sheets)
    by_pairs = strengths(pairs)
    scores = {team: round(worth, DECIMALS) for team, worth in found.worth.items()}
    order = sorted(scores, key=lambda team: -scores[team])
    lines = tuple(
        Line(
            team=team,
            place=1 + sum(other > scores[team] for other in scores.values()),
            score=scores[team],
            mean=found.mean[team],
            sheets=sum(sheet.team == team for sheet in sheets),
            ties=sum(other == scores[team] for other in scores.values()) > 1,
            close=tuple(
                other
                for other in order
                if scores[other] < scores[team]
                and found.worth[team] - found.worth[other] < SURE * found.error[team, other]
            ),
            pair_place=_place(team, by_pairs),
        )
        for team in order
    )
    against = tuple(
        (a, b)
        for at, a in enumerate(order)
        for b in order[at + 1 :]
        if scores[a] > scores[b] and a in by_pairs and b in by_pairs and by_pairs[b] - by_pairs[a] > 1e-6
    )
    return Result(lines, found.leniency, found.is_connected, tau_b(scores, by_pairs), asked, against)


def _place(team: T, strength: dict[T, float]) -> int | None:
    if team not in strength:
        return None
    return 1 + sum(other > strength[team] + 1e-6 for other in strength.values())
