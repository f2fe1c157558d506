"""Scores of several judges made comparable.

A sheet is read as  score = what the team is worth + how lenient the judge is + chance.  Not every judge sees every
team, and a plain mean then rewards the team that met the lenient ones. Worth and leniency are fitted together by
generalised least squares, leniency drawn towards zero by as much as the sheets cannot tell it from chance: judges are
taken as drawn from a normal distribution (the mixed linear model, Henderson 1975), the ratio of whose variance to that
of chance is the one with the greatest restricted likelihood (Patterson and Thompson 1971) on a grid. This is the
additive case of many-facet measurement (Linacre 1989) on the scale of the points.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)
J = TypeVar("J", bound=Hashable)
# of the variance of severity to that of chance: none, then thirty in equal steps of the logarithm
RATIOS = (0.0, *(float(ratio) for ratio in np.geomspace(0.03, 30, 30)))
TINY = 1e-9
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Given(Generic[T, J]):
    """What one judge gave one team in all."""

    team: T
    judge: J
    score: float


@dataclass(frozen=True)
class Fair(Generic[T, J]):
    """`worth`: team → its score from a judge of middling severity; `mean`: team → the plain mean of its scores.

    `leniency`: judge → how many points they give above the middle. `error`: the standard error of the difference of two
    teams, by pair in either order. `is_connected`: False when the judges fall into groups that have no team in common,
    directly or over others: then teams of different groups are compared only by taking their judges as alike.
    """

    worth: dict[T, float]
    mean: dict[T, float]
    leniency: dict[J, float]
    error: dict[tuple[T, T], float]
    is_connected: bool


def fair(sheets: Sequence[Given[T, J]]) -> Fair[T, J]:
    """Raises ValueError without a sheet, or when one judge gave one team twice."""
    if not sheets:
        raise ValueError("no sheets")
    if len({(sheet.team, sheet.judge) for sheet in sheets}) < len(sheets):
        raise ValueError("one judge gives one team one sheet")
    teams, judges = _in_order(s.team for s in sheets), _in_order(s.judge for s in sheets)
    scores = np.array([sheet.score for sheet in sheets])
    x, z = np.zeros((len(sheets), len(teams))), np.zeros((len(sheets), len(judges)))
    for row, sheet in enumerate(sheets):
        x[row, teams.index(sheet.team)] = z[row, judges.index(sheet.judge)] = 1
    worth, leniency, covariance = _fitted(x, z, scores)
    middle = float(leniency.mean())
    return Fair(
        worth={team: float(value) + middle for team, value in zip(teams, worth, strict=True)},
        mean={team: float(scores[x[:, at] == 1].mean()) for at, team in enumerate(teams)},
        leniency={judge: float(value) - middle for judge, value in zip(judges, leniency, strict=True)},
        error={
            (a, b): math.sqrt(max(0.0, covariance[i, i] + covariance[j, j] - 2 * covariance[i, j]))
            for i, a in enumerate(teams)
            for j, b in enumerate(teams)
            if i != j
        },
        is_connected=_is_connected(sheets),
    )


def _in_order(keys: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(keys))


def _fitted(x: Vector, z: Vector, y: Vector) -> tuple[Vector, Vector, Vector]:
    """Worths, leniencies, covariance of the worths, at the ratio of the two variances that the sheets make likeliest.
    With as many teams as sheets nothing tells severity from worth, and the scores stay as they are."""
    if len(y) <= x.shape[1]:
        return _solved(x, z, y, 0.0)[1:]
    return max((_solved(x, z, y, ratio) for ratio in RATIOS), key=lambda found: found[0])[1:]


def _solved(x: Vector, z: Vector, y: Vector, ratio: float) -> tuple[float, Vector, Vector, Vector]:
    """(restricted log-likelihood, worths, leniencies, covariance) with severity varying `ratio` times as chance."""
    spread = np.eye(len(y)) + ratio * z @ z.T
    weights = np.linalg.inv(spread)
    bread = x.T @ weights @ x
    inverse = np.linalg.inv(bread)
    worth = inverse @ x.T @ weights @ y
    rest = y - x @ worth
    leniency = ratio * z.T @ weights @ rest
    free = len(y) - x.shape[1]
    unexplained = max(float(rest @ weights @ rest), TINY)
    likelihood = -(np.linalg.slogdet(spread)[1] + np.linalg.slogdet(bread)[1] + free * math.log(unexplained)) / 2
    return float(likelihood), worth, leniency, unexplained / max(free, 1) * inverse


def _is_connected(sheets: Sequence[Given[T, J]]) -> bool:
    reached, waiting = {sheets[0].team}, [sheets[0].team]
    while waiting:
        team = waiting.pop()
        judges = {sheet.judge for sheet in sheets if sheet.team == team}
        for near in {sheet.team for sheet in sheets if sheet.judge in judges} - reached:
            reached.add(near)
            waiting.append(near)
    return reached == {sheet.team for sheet in sheets}
