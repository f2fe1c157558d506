"""Did it work? Difference in differences with a comparison group, interrupted time series without one."""

from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.stats.stattools import durbin_watson

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

FEW_UNITS = 20
FEW_POINTS = 8


def difference_in_differences(
    frame: pd.DataFrame, *, value: str, time: str, start: str, group: str, treated: str, unit: str = ""
) -> Result:
    """Change among the treated less change among the others, from `start` on. Errors are clustered by `unit` (rows of
    one place are not independent), robust otherwise. Whether both ran alongside before is tested where they can be."""
    kept = columns.chosen(frame, numbers=[value], others=[time, group, *([unit] if unit else [])])
    kept["_year"] = columns.in_years(kept[time], time)
    kept["_after"] = kept["_year"] >= _start(start)
    kept["_treated"] = kept[group].astype(str) == treated
    _check_cells(kept, start, treated)
    fitted = _fit(kept, value, [kept["_treated"], kept["_after"], kept["_treated"] & kept["_after"]], unit)
    effect, error_low, error_high, p = _coefficient(fitted, 3)
    cells = kept.groupby(["_treated", "_after"])[value].mean()
    means = [
        ("treated", *_row(cells, True)),
        ("others", *_row(cells, False)),
        ("expected", cells[True, False], cells[True, False] + cells[False, True] - cells[False, False],
         cells[False, True] - cells[False, False]),
    ]  # fmt: skip
    before = _before(kept, value, unit)
    said = facts(
        value=value, group=group, treated=treated, start=start, effect=effect, low=error_low, high=error_high, p=p,
        expected=means[2][2], actual=cells[True, True], before_p=before,
        units=kept.loc[kept["_treated"], unit].nunique() if unit else None,
    )  # fmt: skip
    return Result(
        "did",
        (
            table(
                "effect", ["measure", "estimate", "low", "high", "p"], [("effect", effect, error_low, error_high, p)]
            ),
            table("means", ["group", "before", "after", "change"], means),
            _paths(kept, value, time),
        ),
        said,
        _did_cautions(kept, unit, before),
        Picture("line", "paths", "time", "mean", colour="group"),
        len(kept),
        len(frame) - len(kept),
    )


def _start(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float(columns.in_years(pd.Series([text]), text)[0])


def _check_cells(kept: pd.DataFrame, start: str, treated: str) -> None:
    sizes = kept.groupby(["_treated", "_after"]).size()
    if not kept["_treated"].any():
        raise Unfit("nobody_treated", name=treated)
    if len(sizes) < 4 or sizes.min() < 2:
        raise Unfit("empty_cell", start=start)


def _fit(kept: pd.DataFrame, value: str, flags: "list[pd.Series[bool]]", unit: str) -> Any:
    design = sm.add_constant(np.column_stack([flag.to_numpy("float64") for flag in flags]), has_constant="add")
    model = sm.OLS(kept[value].to_numpy("float64"), design)
    if unit and kept[unit].nunique() > 2:
        codes = pd.factorize(kept[unit])[0]
        return model.fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    return model.fit(cov_type="HC1", use_t=True)


def _coefficient(fitted: Any, index: int) -> tuple[float, float, float, float]:
    low, high = fitted.conf_int()[index]
    return float(fitted.params[index]), float(low), float(high), float(fitted.pvalues[index])


def _row(cells: "pd.Series[float]", treated: bool) -> tuple[float, float, float]:
    before, after = cells[treated, False], cells[treated, True]
    return before, after, after - before


def _before(kept: pd.DataFrame, value: str, unit: str) -> float | None:
    """p of a difference in the slopes before; None where there are fewer than three times."""
    earlier = kept[~kept["_after"]]
    if earlier["_year"].nunique() < 3:
        return None
    years = earlier["_year"] - earlier["_year"].min()
    treated = earlier["_treated"].astype(float)
    fitted = _fit(earlier, value, [treated, years, treated * years], unit)
    p = float(fitted.pvalues[3])
    return p if np.isfinite(p) else None


def _paths(kept: pd.DataFrame, value: str, time: str) -> Any:
    means = kept.groupby(["_year", "_treated"], sort=True).agg(
        label=(time, "first"), mean=(value, "mean"), n=(value, "size")
    )
    rows = [
        (str(label), "treated" if took_part else "others", mean, int(n))
        for (_year, took_part), label, mean, n in means.itertuples(name=None)
    ]
    return table("paths", ["time", "group", "mean", "n"], rows, keys=2)


def _did_cautions(kept: pd.DataFrame, unit: str, before: float | None) -> tuple[Caution, ...]:
    found = []
    if before is None:
        found.append(Caution("no_history"))
    elif before < 0.1:
        found.append(Caution("not_alongside"))
    if not unit:
        found.append(Caution("no_units"))
    else:
        few = min(kept.groupby("_treated")[unit].nunique())
        if few < FEW_UNITS:
            found.append(Caution("few_units", {"count": int(few), "least": FEW_UNITS}))
    return (*found, Caution("what_else_changed"))


# Without a comparison group -------------------------------------------------------------------------


def interrupted_series(frame: pd.DataFrame, *, value: str, time: str, start: str) -> Result:
    """The mean at each time; level and slope may change at `start` (segmented regression, Newey and West's errors).
    Where there are two years of months or quarters, the season takes part."""
    kept = columns.chosen(frame, numbers=[value], others=[time])
    kept["_year"] = columns.in_years(kept[time], time)
    points = kept.groupby("_year").agg(label=(time, "first"), mean=(value, "mean")).reset_index()
    x, y = points["_year"].to_numpy("float64"), points["mean"].to_numpy("float64")
    after = (x >= _start(start) - 1e-9).astype(float)
    if min(after.sum(), len(x) - after.sum()) < 3:
        raise Unfit("short_sides", start=start)
    since = (x - x[after > 0][0]) * after
    season = _season(points, int((after == 0).sum()))
    design = sm.add_constant(np.column_stack([x - x[0], after, since, *season.T]), has_constant="add")
    lags = max(1, int(4 * (len(x) / 100) ** (2 / 9)))
    fitted = sm.OLS(y, design).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    level, slope = _coefficient(fitted, 2), _coefficient(fitted, 3)
    without = design.copy()
    without[:, 2:4] = 0
    expected = without @ fitted.params
    gap = float((y - expected)[after > 0].mean())
    rows = [("level", *level), ("slope", *slope)]
    said = facts(
        value=value, start=start, level=level[0], low=level[1], high=level[2], p=level[3], slope=slope[0],
        slope_p=slope[3], gap=gap, before=int((after == 0).sum()), after=int(after.sum()),
    )  # fmt: skip
    lines = zip(map(str, points["label"]), y, fitted.fittedvalues, np.where(after > 0, expected, np.nan), strict=True)
    return Result(
        "its",
        (
            table("effect", ["measure", "estimate", "low", "high", "p"], rows),
            table("points", ["time", "mean", "line", "expected"], lines),
        ),
        said,
        _its_cautions(after, fitted.resid, season.size > 0, points),
        Picture("line", "points", "time", "mean", colour="line"),
        len(kept),
        len(frame) - len(kept),
    )


def _season(points: pd.DataFrame, before: int) -> Numbers:
    """Columns for months or quarters; none for yearly points or for less than two years before."""
    part = np.rint((points["_year"] % 1) * 12).astype(int) % 12
    count = part.nunique()
    if count < 2 or before < 2 * count or len(points) < 3 * count:
        return np.empty((len(points), 0))
    return pd.get_dummies(part, drop_first=True).to_numpy("float64")


def _its_cautions(after: Numbers, residuals: Numbers, has_season: bool, points: pd.DataFrame) -> tuple[Caution, ...]:
    found = [Caution("no_comparison")]
    few = int(min(after.sum(), len(after) - after.sum()))
    if few < FEW_POINTS:
        found.append(Caution("few_points", {"points": few, "least": FEW_POINTS}))
    if not 1.2 < float(durbin_watson(residuals)) < 2.8:
        found.append(Caution("not_independent"))
    if np.median(np.diff(points["_year"])) < 0.9 and not has_season:
        found.append(Caution("season_inside"))
    return (*found, Caution("what_else_changed"))
