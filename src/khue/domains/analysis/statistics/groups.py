"""Groups beside each other: means with 95% intervals, and which differences are more than chance."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, Table, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

MOST_GROUPS = 100
MOST_IN_PAIRS = 12
FEW = 10


def compare(frame: pd.DataFrame, *, value: str, group: str) -> Result:
    """Means by group (t intervals), Welch's analysis of variance, and pairs by Welch's t with Holm's correction."""
    kept = columns.chosen(frame, numbers=[value], others=[group])
    parts = {str(name): part[value].to_numpy("float64") for name, part in kept.groupby(group)}
    _check(parts, group)
    enough = {name: part for name, part in parts.items() if len(part) > 1}
    means = _means(parts)
    pairs = _pairs(enough)
    highest, lowest = means.rows[0], means.rows[-1]
    p = _welch(list(enough.values()))
    said = facts(
        value=value,
        group=group,
        groups=len(parts),
        p=p,
        highest=highest[0],
        lowest=lowest[0],
        highest_mean=highest[2],
        lowest_mean=lowest[2],
        told_apart=sum(float(row[5] or 0) < 0.05 for row in pairs.rows),
        pairs=len(pairs.rows),
    )
    picture = Picture("interval", "means", "group", "mean", "low", "high")
    tables = (means, pairs) if pairs.rows else (means,)
    return Result("groups", tables, said, _cautions(parts, p), picture, len(kept), len(frame) - len(kept))


def _check(parts: dict[str, Numbers], group: str) -> None:
    if not 2 <= len(parts) <= MOST_GROUPS:
        raise Unfit("group_count", name=group, count=len(parts), most=MOST_GROUPS)
    if sum(len(part) > 1 for part in parts.values()) < 2:
        raise Unfit("single_rows", name=group)


def _means(parts: dict[str, Numbers]) -> Table:
    rows = [(name, len(part), *_mean(part), float(np.median(part))) for name, part in parts.items()]
    rows.sort(key=lambda row: -row[2])
    return table("means", ["group", "n", "mean", "low", "high", "sd", "median"], rows)


def _mean(part: Numbers) -> tuple[float, float, float, float]:
    mean = float(part.mean())
    if len(part) < 2:
        return mean, np.nan, np.nan, np.nan
    sd = float(part.std(ddof=1))
    half = float(stats.t.ppf(0.975, len(part) - 1)) * sd / np.sqrt(len(part))
    return mean, mean - half, mean + half, sd


def _welch(parts: list[Numbers]) -> float:
    if any(part.var() == 0 for part in parts):
        return float(stats.kruskal(*parts).pvalue) if np.ptp(np.concatenate(parts)) else 1.0
    return float(anova_oneway(parts, use_var="unequal").pvalue)


def _pairs(parts: dict[str, Numbers]) -> Table:
    """Empty for more groups than anybody reads two by two."""
    names = ["first", "second", "difference", "low", "high", "p"]
    if len(parts) > MOST_IN_PAIRS:
        return table("pairs", names, [], keys=2)
    found = [(a, b, *_difference(parts[a], parts[b])) for a, b in combinations(parts, 2)]
    adjusted = multipletests([np.nan_to_num(row[5], nan=1.0) for row in found], method="holm")[1]
    rows = [(*row[:5], p) for row, p in zip(found, adjusted, strict=True)]
    rows.sort(key=lambda row: (row[5], -abs(row[2])))
    return table("pairs", names, rows, keys=2)


def _difference(a: Numbers, b: Numbers) -> tuple[float, float, float, float]:
    test = stats.ttest_ind(a, b, equal_var=False)
    low, high = test.confidence_interval(0.95)
    return float(a.mean() - b.mean()), float(low), float(high), float(test.pvalue)


def _cautions(parts: dict[str, Numbers], p: float) -> tuple[Caution, ...]:
    small = sorted((name for name, part in parts.items() if len(part) < FEW), key=lambda name: len(parts[name]))
    found = [Caution("not_cause")]
    if small:
        found.append(Caution("small_groups", {"groups": small[:5], "count": len(small), "least": FEW}))
    if len(parts) > 2 and p < 0.05:
        found.append(Caution("many_comparisons", {"groups": len(parts)}))
    return tuple(found)
