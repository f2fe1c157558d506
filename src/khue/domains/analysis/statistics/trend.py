"""Up, down or neither: Theil and Sen's slope, which single bad years do not bend, with Mann and Kendall's test."""

import numpy as np
import pandas as pd
from scipy import stats

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

LEAST = 5
FEW = 10


def trend(frame: pd.DataFrame, *, value: str, time: str) -> Result:
    """Of the mean at each time. The slope is a year's change, with its 95% interval (Sen 1968)."""
    kept = columns.chosen(frame, numbers=[value], others=[time])
    kept["_year"] = columns.in_years(kept[time], time)
    points = kept.groupby("_year")[value].agg(["mean", "size"])
    columns.check_enough(len(points), LEAST)
    x, y = points.index.to_numpy("float64"), points["mean"].to_numpy("float64")
    if not np.ptp(y):
        raise Unfit("constant", name=value)
    sen = stats.theilslopes(y, x, alpha=0.95)
    tau = stats.kendalltau(x, y)
    line = sen.intercept + sen.slope * x
    labels = kept.groupby("_year")[time].first()
    slope = ("slope", sen.slope, sen.low_slope, sen.high_slope, tau.pvalue)
    level = float(np.median(y))
    said = facts(
        value=value, first=str(labels.iloc[0]), last=str(labels.iloc[-1]), slope=sen.slope, low=sen.low_slope,
        high=sen.high_slope, p=tau.pvalue, tau=tau.statistic, points=len(points),
        share=sen.slope / abs(level) if level else None,
    )  # fmt: skip
    return Result(
        "trend",
        (
            table("slope", ["measure", "estimate", "low", "high", "p"], [slope]),
            table("points", ["time", "n", "mean", "line"], _rows(labels, points, line)),
        ),
        said,
        _cautions(x, y - line),
        Picture("line", "points", "time", "mean", colour="line"),
        len(kept),
        len(frame) - len(kept),
    )


def _rows(labels: "pd.Series[object]", points: pd.DataFrame, line: Numbers) -> list[tuple[str, int, float, float]]:
    return list(zip(map(str, labels), map(int, points["size"]), points["mean"].tolist(), line.tolist(), strict=True))


def _cautions(x: Numbers, residuals: Numbers) -> tuple[Caution, ...]:
    found = []
    if len(x) < FEW:
        found.append(Caution("few_points", {"points": len(x), "least": FEW}))
    if len(x) > 3 and np.median(np.diff(x)) < 0.9:
        found.append(Caution("season_inside"))
    if len(x) > 3 and np.std(residuals) and abs(stats.pearsonr(residuals[:-1], residuals[1:]).statistic) > 0.5:
        found.append(Caution("not_independent"))
    return (*found, Caution("no_forecast"))
