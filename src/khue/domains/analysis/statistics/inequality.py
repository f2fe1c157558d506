"""How unequally something is spread: Gini, Theil with its parts within and between groups, Palma."""

import numpy as np
import pandas as pd

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, Table, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

LEAST = 5
FEW = 50
DRAWS = 500
MOST_DRAWN = 20_000  # values: beyond, draws of a sample say the same


def inequality(frame: pd.DataFrame, *, value: str, weight: str = "", group: str = "", seed: int = 1) -> Result:
    """With 95% intervals from a bootstrap; `weight` is how many people (households, wards) a row stands for."""
    kept = columns.chosen(frame, numbers=[value, *([weight] if weight else [])], others=[group] if group else [])
    columns.check_enough(len(kept), LEAST)
    values = kept[value].to_numpy("float64")
    weights = kept[weight].to_numpy("float64") if weight else np.ones(len(kept))
    columns.check_weights(weights)
    if (values < 0).any() or not values.sum():
        raise Unfit("negative", name=value)
    low, high = _intervals(values, weights, seed)
    found = measures(values, weights)
    rows = [(name, found[name], low[i], high[i]) for i, name in enumerate(found)]
    tables: list[Table] = [
        table("measures", ["measure", "estimate", "low", "high"], rows),
        _lorenz_table(values, weights),
    ]
    said = facts(
        value=value, n=len(kept), top=_top_share(values, weights), bottom=_bottom_share(values, weights), **found
    )
    if group:
        parts = _theil_parts(values, weights, kept[group].astype(str).to_numpy())
        tables.append(table("parts", ["part", "theil", "share"], parts))
        said["between"] = parts[0][2]
    picture = Picture("curve", "lorenz", "people", "share")
    cautions = _cautions(values, weight)
    return Result("inequality", tuple(tables), said, cautions, picture, len(kept), len(frame) - len(kept))


def measures(values: Numbers, weights: Numbers) -> dict[str, float]:
    return {"gini": gini(values, weights), "theil": theil(values, weights), "palma": palma(values, weights)}


def gini(values: Numbers, weights: Numbers) -> float:
    """Twice the area between Lorenz's curve and the line of equality (0: all the same)."""
    people, share = lorenz(values, weights)
    return float(1 - np.sum(np.diff(people) * (share[1:] + share[:-1])))


def theil(values: Numbers, weights: Numbers) -> float:
    """Theil's T; a zero adds nothing."""
    mean = np.average(values, weights=weights)
    ratio = values / mean
    logs = np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)
    return float(np.average(ratio * logs, weights=weights))


def palma(values: Numbers, weights: Numbers) -> float:
    """What the top tenth has over what the lower four tenths have."""
    bottom = _bottom_share(values, weights)
    return _top_share(values, weights) / bottom if bottom else np.nan


def _top_share(values: Numbers, weights: Numbers) -> float:
    return 1 - float(np.interp(0.9, *lorenz(values, weights)))


def _bottom_share(values: Numbers, weights: Numbers) -> float:
    return float(np.interp(0.4, *lorenz(values, weights)))


def lorenz(values: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Shares of people from the poorest on, and what they have together; both begin at 0."""
    order = np.argsort(values, kind="stable")
    people = np.concatenate([[0.0], np.cumsum(weights[order])])
    share = np.concatenate([[0.0], np.cumsum((values * weights)[order])])
    return people / people[-1], share / share[-1]


def _lorenz_table(values: Numbers, weights: Numbers) -> Table:
    people, share = lorenz(values, weights)
    at = np.linspace(0, 1, 21)
    return table("lorenz", ["people", "share", "equal"], zip(at, np.interp(at, people, share), at, strict=True))


def _intervals(values: Numbers, weights: Numbers, seed: int) -> tuple[Numbers, Numbers]:
    random = np.random.default_rng(seed)
    size = min(len(values), MOST_DRAWN)
    found = []
    for _draw in range(DRAWS):
        drawn = random.integers(0, len(values), size)
        if values[drawn].sum() and weights[drawn].sum():
            found.append(list(measures(values[drawn], weights[drawn]).values()))
    low, high = np.nanpercentile(np.array(found), [2.5, 97.5], axis=0)
    return low, high


def _theil_parts(
    values: Numbers, weights: Numbers, groups: "np.ndarray[tuple[int], np.dtype[np.object_]]"
) -> list[tuple[str, float, float | None]]:
    total, everything = theil(values, weights), float((values * weights).sum())
    mean = np.average(values, weights=weights)
    between, rows = 0.0, []
    for name in sorted(set(groups)):
        inside = groups == name
        mass = float((values * weights)[inside].sum()) / everything
        if not mass:
            continue
        between += mass * np.log(np.average(values[inside], weights=weights[inside]) / mean)
        rows.append((str(name), mass * theil(values[inside], weights[inside])))
    return [(name, part, part / total if total else None) for name, part in [("between", float(between)), *rows]]


def _cautions(values: Numbers, weight: str) -> tuple[Caution, ...]:
    found = [Caution("not_unfair")]
    if len(values) < FEW:
        found.append(Caution("few_points", {"points": len(values), "least": FEW}))
    if (values == 0).mean() > 0.05:
        found.append(Caution("zeros", {"percent": round(100 * float((values == 0).mean()))}))
    if not weight:
        found.append(Caution("rows_not_people"))
    return tuple(found)
