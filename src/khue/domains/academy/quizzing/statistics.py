"""How well items do their work: difficulty, discrimination, distractors, and Cronbach's alpha of the whole.

Shares are from 0 to 1, one row an attempt, one column an item; None where the attempt did not hold the item.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

Row = Sequence[float | None]
# with fewer answers a correlation says nothing worth acting on
FEWEST = 10


class Verdict(StrEnum):
    TOO_FEW = "too-few"
    GOOD = "good"
    TOO_EASY = "too-easy"
    TOO_HARD = "too-hard"
    WEAK = "weak"
    # those who do well elsewhere do badly here: often a wrong key
    REVERSED = "reversed"


@dataclass(frozen=True)
class ItemFigures:
    """`difficulty`: the mean share, so 1 is the easiest. `discrimination`: the correlation of the item with the rest
    of the attempt (the item itself left out), from -1 to 1; None where it cannot be computed."""

    answers: int
    difficulty: float | None
    discrimination: float | None
    verdict: Verdict


@dataclass(frozen=True)
class OptionFigures:
    """`upper`, `lower`: the part of the best and the weakest 27% who chose it (Kelley 1939)."""

    key: str
    chosen: int
    share: float
    upper: float | None
    lower: float | None


def item_figures(rows: Sequence[Row], points: Sequence[float]) -> list[ItemFigures]:
    """One for each column."""
    table = np.array([[np.nan if share is None else share for share in row] for row in rows], dtype=float)
    if not len(rows):
        return [ItemFigures(0, None, None, Verdict.TOO_FEW) for _ in points]
    return [_figures(table, np.array(points, dtype=float), column) for column in range(len(points))]


def alpha(rows: Sequence[Row]) -> float | None:
    """Cronbach's alpha (1951) over the attempts that hold every item; None with fewer than two items or attempts."""
    full = np.array([row for row in rows if None not in row], dtype=float)
    if full.ndim != 2 or full.shape[0] < 2 or full.shape[1] < 2:
        return None
    total = full.sum(axis=1).var(ddof=1)
    if total <= 0:
        return None
    items = full.shape[1]
    return float(items / (items - 1) * (1 - full.var(axis=0, ddof=1).sum() / total))


def option_figures(chosen: Sequence[tuple[Iterable[str], float]], options: Sequence[str]) -> list[OptionFigures]:
    """`chosen`: for each answer the keys of the options and the share of the whole attempt."""
    answers = [(set(ids), total) for ids, total in chosen]
    counts = Counter(name for ids, _ in answers for name in ids)
    ranked = [ids for ids, _ in sorted(answers, key=lambda answer: answer[1])]
    group = max(1, round(len(ranked) * 0.27)) if len(ranked) >= FEWEST else 0
    return [
        OptionFigures(
            name,
            counts[name],
            counts[name] / len(answers) if answers else 0.0,
            sum(name in ids for ids in ranked[-group:]) / group if group else None,
            sum(name in ids for ids in ranked[:group]) / group if group else None,
        )
        for name in options
    ]


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's; with a column of 0 and 1 it is the point-biserial. None where one of them does not vary."""
    x, y = np.array(one, dtype=float), np.array(other, dtype=float)
    if len(x) < 3 or math.isclose(float(x.std()), 0, abs_tol=1e-12) or math.isclose(float(y.std()), 0, abs_tol=1e-12):
        return None
    return float(np.corrcoef(x, y)[0, 1])


def _figures(table: "np.ndarray", points: "np.ndarray", column: int) -> ItemFigures:
    held = ~np.isnan(table[:, column])
    own = table[held, column]
    if not len(own):
        return ItemFigures(0, None, None, Verdict.TOO_FEW)
    others = np.delete(table[held], column, axis=1)
    weights = np.delete(points, column)
    # the mean over what this attempt held: with random draws attempts hold different items
    possible = (~np.isnan(others) * weights).sum(axis=1)
    judged = possible > 0
    rest = np.nansum(others * weights, axis=1)[judged] / possible[judged]
    discrimination = correlation(own[judged].tolist(), rest.tolist())
    difficulty = float(own.mean())
    return ItemFigures(len(own), difficulty, discrimination, _verdict(len(own), difficulty, discrimination))


def _verdict(answers: int, difficulty: float, discrimination: float | None) -> Verdict:
    """Limits as Ebel and Frisbie (1991) give them: below 0.2 an item is weak, below 0 something is wrong."""
    if answers < FEWEST:
        return Verdict.TOO_FEW
    if discrimination is not None and discrimination < 0:
        return Verdict.REVERSED
    if difficulty > 0.95:
        return Verdict.TOO_EASY
    if difficulty < 0.2:
        return Verdict.TOO_HARD
    return Verdict.WEAK if discrimination is None or discrimination < 0.2 else Verdict.GOOD
