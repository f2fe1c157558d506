"""Scores of several judges made comparable.

A sheet is read as  score = what the team is worth + how lenient the judge is + chance.  Not every judge sees every
team, and a plain mean then rewards the team that met the lenient ones. Worth and leniency are fitted together by least
squares, leniency held to a sum of zero and drawn towards zero by as much as the data cannot tell it from chance: judges
are taken as drawn from a normal distribution whose variance is estimated from the sheets themselves (the mixed linear
model of Henderson 1975, its variances by expectation and maximisation, Laird and Ware 1982). This is the additive case
of many-facet measurement (Linacre 1989) on the scale of the points.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)
J = TypeVar("J", bound=Hashable)
ROUNDS = 200
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
    """Henderson's equations, solved anew as the two variances settle: worths, leniencies, covariance of the worths."""
    teams, judges = x.shape[1], z.shape[1]
    spread = max(float(y.var()), 1e-9)
    chance, severity = spread / 2, spread / 2
    for _round in range(ROUNDS):
        inverse = _inverse(x, z, chance / severity)
        found = inverse @ np.concatenate([x.T @ y, z.T @ y])
        worth, leniency = found[:teams], found[teams:]
        rest = y - x @ worth - z @ leniency
        before = chance, severity
        # what of the leniencies is not known belongs to their variance (the E step)
        severity = max(float(leniency @ leniency + chance * np.trace(inverse[teams:, teams:])) / judges, spread * 1e-6)
        chance = max(float(y @ rest) / max(len(y) - teams, 1), spread * 1e-6)
        if abs(chance - before[0]) + abs(severity - before[1]) < 1e-9 * spread:
            break
    return worth, leniency, chance * inverse[:teams, :teams]


def _inverse(x: Vector, z: Vector, ratio: float) -> Vector:
    left = np.block([[x.T @ x, x.T @ z], [z.T @ x, z.T @ z + ratio * np.eye(z.shape[1])]])
    return np.asarray(np.linalg.inv(left))


def _is_connected(sheets: Sequence[Given[T, J]]) -> bool:
    reached, waiting = {sheets[0].team}, [sheets[0].team]
    while waiting:
        team = waiting.pop()
        judges = {sheet.judge for sheet in sheets if sheet.team == team}
        for near in {sheet.team for sheet in sheets if sheet.judge in judges} - reached:
            reached.add(near)
            waiting.append(near)
    return reached == {sheet.team for sheet in sheets}
