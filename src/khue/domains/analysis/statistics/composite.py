"""A composite index: indicators made comparable, weighted and put together, and how far its ranks can be trusted.

After the Handbook on Constructing Composite Indicators (OECD and JRC, 2008): the ranks are computed again with other
weights, other scales and one indicator less; a place whose rank depends on those choices is shown so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, Table, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

SCALES = ("none", "minmax", "z", "rank")
AGGREGATES = ("sum", "mean", "geometric")
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Recipe:
    """`dimensions`: name → indicators; without any, all are one dimension. `weights` by indicator, 1 where not said.
    `reversed_`: less is better. `missing`: "leave_out" units with gaps, or take what is there ("available")."""

    indicators: tuple[str, ...]
    scale: str = "minmax"
    aggregate: str = "mean"
    weights: Mapping[str, float] = field(default_factory=dict)
    dimensions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reversed_: frozenset[str] = frozenset()
    missing: str = "leave_out"

    @property
    def vector(self) -> Numbers:
        return np.array([float(self.weights.get(name, 1.0)) for name in self.indicators])

    @property
    def by_dimension(self) -> Mapping[str, Sequence[str]]:
        return self.dimensions or {"index": self.indicators}


def composite(frame: pd.DataFrame, *, unit: str, recipe: Recipe, draws: int = 1000, seed: int = 1) -> Result:
    """Scores, ranks with their 90% ranges over `draws` other weights, and what each choice changes."""
    _check(frame, unit, recipe)
    kept = _means(frame, unit, recipe)
    columns.check_enough(len(kept), 3)
    raw = kept.to_numpy("float64")
    score, dimensions = _scores(raw, recipe)
    ranks = _ranks(score)
    drawn = _drawn_ranks(raw, recipe, draws, seed)
    low, high = np.nanpercentile(drawn, [5, 95], axis=0)
    shift = _shifts(raw, recipe, ranks)
    order = np.argsort(ranks, kind="stable")
    names = [str(name) for name in kept.index]
    rows = [
        (names[i], score[i], int(ranks[i]), round(low[i]), round(high[i]), *dimensions[:, i].tolist()) for i in order
    ]
    labels = list(recipe.by_dimension) if recipe.dimensions else []
    scores = table(
        "scores",
        ["unit", "score", "rank", "rank_low", "rank_high", *labels],
        [row[: 5 + len(labels)] for row in rows],
    )
    width = np.rint(high) - np.rint(low)
    unsure = int((width > max(2, len(names) / 4)).sum())
    said = facts(
        units=len(names), indicators=len(recipe.indicators), best=names[order[0]], worst=names[order[-1]],
        unsure=unsure, steady=float(np.median(width)), scale=recipe.scale, aggregate=recipe.aggregate,
        best_low=int(round(low[order[0]])), best_high=int(round(high[order[0]])),
    )  # fmt: skip
    cautions = _cautions(raw, recipe, frame, unit, len(kept), unsure)
    picture = Picture("interval", "scores", "unit", "rank", "rank_low", "rank_high")
    return Result("composite", (scores, shift), said, cautions, picture, len(kept), frame[unit].nunique() - len(kept))


def _check(frame: pd.DataFrame, unit: str, recipe: Recipe) -> None:
    columns.check_known(frame, [unit, *recipe.indicators])
    if len(recipe.indicators) < 2:
        raise Unfit("too_few_indicators")
    if recipe.scale not in SCALES or recipe.aggregate not in AGGREGATES:
        raise Unfit("unknown_choice")
    columns.check_weights(recipe.vector)
    named = [name for names in recipe.dimensions.values() for name in names]
    if recipe.dimensions and sorted(named) != sorted(recipe.indicators):
        raise Unfit("dimensions")


def _means(frame: pd.DataFrame, unit: str, recipe: Recipe) -> pd.DataFrame:
    """One row a unit; where there are several, their mean."""
    wanted = frame[[unit, *recipe.indicators]].copy()
    for name in recipe.indicators:
        wanted[name] = columns.as_numbers(wanted[name], name)
        if wanted[name].isna().all():
            raise Unfit("empty_column", name=name)
    means = wanted.dropna(subset=[unit]).groupby(unit, sort=False).mean()
    return means.dropna(how="any" if recipe.missing == "leave_out" else "all")


def _scores(raw: Matrix, recipe: Recipe, weights: Numbers | None = None) -> tuple[Numbers, Matrix]:
    """The index of each unit, and its dimensions (dimension × unit), unweighted between them."""
    scaled = _scaled(raw, recipe)
    weights = recipe.vector if weights is None else weights
    place = {name: i for i, name in enumerate(recipe.indicators)}
    parts = [[place[name] for name in names] for names in recipe.by_dimension.values()]
    dimensions = np.array([_together(scaled[:, part], weights[part], recipe.aggregate) for part in parts])
    if len(parts) == 1:
        return dimensions[0], dimensions
    between = np.array([weights[part].sum() for part in parts]) if recipe.aggregate != "sum" else np.ones(len(parts))
    return _together(dimensions.T, between, recipe.aggregate), dimensions


def _scaled(raw: Matrix, recipe: Recipe) -> Matrix:
    sign = np.array([-1.0 if name in recipe.reversed_ else 1.0 for name in recipe.indicators])
    match recipe.scale:
        case "none":
            return raw * sign
        case "minmax":
            low = np.nanmin(raw * sign, axis=0)
            spread = np.nanmax(raw * sign, axis=0) - low
            return (raw * sign - low) / np.where(spread == 0, 1.0, spread)
        case "z":
            spread = np.nanstd(raw, axis=0, ddof=1)
            return (raw - np.nanmean(raw, axis=0)) / np.where(spread == 0, 1.0, spread) * sign
        case _:
            return stats.rankdata(raw * sign, axis=0, nan_policy="omit") / np.sum(~np.isnan(raw), axis=0)


def _together(values: Matrix, weights: Numbers, aggregate: str) -> Numbers:
    """Gaps take no part; a sum of nothing is a gap."""
    there = ~np.isnan(values)
    share = there * weights
    with np.errstate(divide="ignore", invalid="ignore"):
        if aggregate == "sum":
            found = np.nansum(values * weights, axis=1)
        elif aggregate == "mean":
            found = np.nansum(values * weights, axis=1) / share.sum(axis=1)
        else:
            # a geometric mean knows no zero: scaled values are lifted a little, as is usual
            found = np.exp(np.nansum(np.log(np.clip(values, 0.01, None)) * weights, axis=1) / share.sum(axis=1))
    return np.where(there.any(axis=1), found, np.nan)


def _ranks(score: Numbers) -> Numbers:
    return stats.rankdata(-score, method="min", nan_policy="omit")


def _drawn_ranks(raw: Matrix, recipe: Recipe, draws: int, seed: int) -> Matrix:
    """Each weight between half and one and a half times what was said."""
    random = np.random.default_rng(seed)
    factors = random.uniform(0.5, 1.5, size=(draws, len(recipe.indicators)))
    return np.array([_ranks(_scores(raw, recipe, recipe.vector * factor)[0]) for factor in factors])


def _shifts(raw: Matrix, recipe: Recipe, ranks: Numbers) -> Table:
    """How many places units move on average, and at most, when one choice is made otherwise."""
    rows = []
    for scale in SCALES:
        if scale != recipe.scale and not (scale == "none" and recipe.aggregate != "sum"):
            rows.append(("scale", scale, *_moved(ranks, raw, _with(recipe, scale=scale))))
    for aggregate in AGGREGATES:
        if aggregate != recipe.aggregate and not (aggregate == "geometric" and recipe.scale == "z"):
            rows.append(("aggregate", aggregate, *_moved(ranks, raw, _with(recipe, aggregate=aggregate))))
    for i, name in enumerate(recipe.indicators if len(recipe.indicators) > 2 else ()):
        without = _with(
            recipe,
            indicators=tuple(one for one in recipe.indicators if one != name),
            dimensions=_without(recipe.dimensions, name),
        )
        rows.append(("without", name, *_moved(ranks, np.delete(raw, i, axis=1), without)))
    return table("choices", ["choice", "instead", "mean_shift", "most_shift", "same_order"], rows, keys=2)


def _with(recipe: Recipe, **changed: object) -> Recipe:
    return Recipe(**{**vars(recipe), **changed})


def _without(dimensions: Mapping[str, Sequence[str]], name: str) -> dict[str, list[str]]:
    left = {each: [one for one in names if one != name] for each, names in dimensions.items()}
    return {each: names for each, names in left.items() if names}


def _moved(ranks: Numbers, raw: Matrix, recipe: Recipe) -> tuple[float, int, float]:
    other = _ranks(_scores(raw, recipe)[0])
    moved = np.abs(other - ranks)
    same = stats.kendalltau(ranks, other, nan_policy="omit").statistic
    return float(np.nanmean(moved)), int(np.nanmax(moved)), float(same)


def _cautions(
    raw: Matrix, recipe: Recipe, frame: pd.DataFrame, unit: str, kept: int, unsure: int
) -> tuple[Caution, ...]:
    found = [Caution("choices_make_ranks")]
    if unsure:
        found.append(Caution("unsure_ranks", {"count": unsure, "units": kept}))
    gone = frame[unit].nunique() - kept
    if gone:
        found.append(Caution("units_left_out", {"count": gone}))
    if recipe.missing != "leave_out" and np.isnan(raw).any():
        found.append(Caution("gaps_inside", {"count": int(np.isnan(raw).any(axis=1).sum())}))
    if twins := _twins(raw, recipe.indicators):
        found.append(Caution("counted_twice", {"first": twins[0], "second": twins[1]}))
    return tuple(found)


def _twins(raw: Matrix, names: Sequence[str]) -> tuple[str, str] | None:
    """Two indicators that say nearly the same."""
    both = np.ma.corrcoef(np.ma.masked_invalid(raw), rowvar=False).filled(0.0)  # type: ignore[no-untyped-call]
    np.fill_diagonal(both, 0.0)
    i, j = np.unravel_index(np.abs(both).argmax(), both.shape)
    return (names[int(i)], names[int(j)]) if abs(both[i, j]) > 0.92 else None
