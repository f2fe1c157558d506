"""Two columns that move together, and everything that this does not mean."""

import numpy as np
import pandas as pd
from scipy import stats

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

LEAST = 5
FEW = 20
MOST_DRAWN = 2000


def correlation(frame: pd.DataFrame, *, x: str, y: str, group: str = "") -> Result:
    """Pearson's r with Fisher's interval, Spearman's rank correlation, and r within each group."""
    if x == y:
        raise Unfit("same_column")
    kept = columns.chosen(frame, numbers=[x, y], others=[group] if group else [])
    columns.check_enough(len(kept), LEAST)
    a, b = kept[x].to_numpy("float64"), kept[y].to_numpy("float64")
    for name, part in ((x, a), (y, b)):
        if not np.ptp(part):
            raise Unfit("constant", name=name)
    pearson, spearman = stats.pearsonr(a, b), stats.spearmanr(a, b)
    low, high = pearson.confidence_interval(0.95)
    rows = [
        ("pearson", "", len(kept), pearson.statistic, low, high, pearson.pvalue),
        ("spearman", "", len(kept), spearman.statistic, None, None, spearman.pvalue),
        *(_within(kept, x, y, group) if group else []),
    ]
    drawn = kept.sample(MOST_DRAWN, random_state=1) if len(kept) > MOST_DRAWN else kept
    said = facts(
        x=x, y=y, r=pearson.statistic, low=low, high=high, p=pearson.pvalue, rank=spearman.statistic, n=len(kept)
    )
    return Result(
        "correlation",
        (
            table("coefficients", ["measure", "group", "n", "estimate", "low", "high", "p"], rows, keys=2),
            table("pairs", [x, y, *([group] if group else [])], drawn.to_numpy().tolist(), keys=0),
        ),
        said,
        _cautions(a, b, [float(row[3]) for row in rows[2:] if isinstance(row[3], float)], float(pearson.statistic)),
        Picture("scatter", "pairs", x, y, colour=group),
        len(kept),
        len(frame) - len(kept),
    )


def _within(kept: pd.DataFrame, x: str, y: str, group: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, part in kept.groupby(group):
        a, b = part[x].to_numpy("float64"), part[y].to_numpy("float64")
        if len(part) < LEAST or not np.ptp(a) or not np.ptp(b):
            continue
        found = stats.pearsonr(a, b)
        rows.append(("pearson", str(name), len(part), found.statistic, *found.confidence_interval(0.95), found.pvalue))
    return rows[:50]


def _cautions(a: Numbers, b: Numbers, within: list[float], r: float) -> tuple[Caution, ...]:
    found = [Caution("not_cause")]
    if len(a) < FEW:
        found.append(Caution("few_points", {"points": len(a), "least": FEW}))
    without = _without_the_weightiest(a, b)
    if abs(without - r) > 0.15:
        found.append(Caution("one_row_carries", {"without": round(without, 2)}))
    if abs(float(stats.spearmanr(a, b).statistic) - r) > 0.2:
        found.append(Caution("not_straight"))
    if within and sum(np.sign(one) != np.sign(r) for one in within) > len(within) / 2:
        found.append(Caution("turns_within_groups"))
    return tuple(found)


def _without_the_weightiest(a: Numbers, b: Numbers) -> float:
    """r without the row that pulls most on it."""
    pull = np.abs((a - a.mean()) * (b - b.mean()))
    keep = np.arange(len(a)) != int(pull.argmax())
    if not np.ptp(a[keep]) or not np.ptp(b[keep]):
        return 0.0
    return float(stats.pearsonr(a[keep], b[keep]).statistic)
