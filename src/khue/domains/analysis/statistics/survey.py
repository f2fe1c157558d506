"""Answers of a sample as estimates of everybody: weights, strata and clusters as the sample was drawn.

Variances by Taylor linearisation of the ratio mean, between the first-stage units of each stratum
(Särndal, Swensson and Wretman, Model Assisted Survey Sampling, section 5.7).
"""

import numpy as np
import pandas as pd
from scipy import stats

from khue.domains.analysis.statistics import columns
from khue.domains.analysis.statistics.columns import Numbers
from khue.domains.analysis.statistics.result import Caution, Picture, Result, facts, table
from khue.domains.analysis.stepping.outcome import Unfit

LEAST = 10
FEW_CLUSTERS = 10
WIDE = 5.0


def survey(
    frame: pd.DataFrame, *, value: str, weight: str, group: str = "", stratum: str = "", cluster: str = ""
) -> Result:
    """Weighted means (of zeros and ones: shares) with intervals, and how much the design costs."""
    labels = [name for name in (group, stratum, cluster) if name]
    kept = columns.chosen(frame, numbers=[value, weight], others=labels)
    columns.check_enough(len(kept), LEAST)
    values, weights = kept[value].to_numpy("float64"), kept[weight].to_numpy("float64")
    columns.check_weights(weights)
    strata = pd.factorize(kept[stratum])[0] if stratum else np.zeros(len(kept), int)
    units = pd.factorize(kept[cluster])[0] if cluster else np.arange(len(kept))
    _check_design(strata, units)
    everybody = _estimate("", values, weights, np.ones(len(kept), bool), strata, units)
    rows = [everybody]
    if group:
        names = kept[group].astype(str).to_numpy()
        rows += [_estimate(name, values, weights, names == name, strata, units) for name in sorted(set(names))[:100]]
    said = facts(
        value=value,
        mean=everybody[2],
        low=everybody[3],
        high=everybody[4],
        unweighted=float(values.mean()),
        effect=everybody[6],
        n=len(kept),
        is_share=set(np.unique(values)) <= {0.0, 1.0},
        total=float((values * weights).sum()),
    )
    return Result(
        "survey",
        (table("estimates", ["group", "n", "mean", "low", "high", "se", "design_effect"], rows),),
        said,
        _cautions(weights, strata, units, [row for row in rows if row[0]]),
        Picture("interval", "estimates", "group", "mean", "low", "high"),
        len(kept),
        len(frame) - len(kept),
    )


def _check_design(strata: "np.ndarray", units: "np.ndarray") -> None:
    pairs = pd.DataFrame({"stratum": strata, "unit": units}).drop_duplicates()
    if (pairs.groupby("stratum").size() < 2).any():
        raise Unfit("lone_cluster")


def _estimate(
    name: str,
    values: Numbers,
    weights: Numbers,
    inside: "np.ndarray",
    strata: "np.ndarray",
    units: "np.ndarray",
) -> tuple[str, int, float, float, float, float, float]:
    """Of a domain: those outside take part in the design with nothing."""
    share = weights * inside
    mean = float((share * values).sum() / share.sum()) if share.sum() else np.nan
    parts = share * (values - mean) / share.sum()
    variance, freedom = _variance(parts, strata, units)
    half = float(stats.t.ppf(0.975, max(1, freedom))) * np.sqrt(variance)
    n = int(inside.sum())
    simple = np.average((values[inside] - mean) ** 2, weights=weights[inside]) / max(1, n - 1)
    return (
        name,
        n,
        mean,
        mean - half,
        mean + half,
        float(np.sqrt(variance)),
        float(variance / simple) if simple else np.nan,
    )


def _variance(parts: Numbers, strata: "np.ndarray", units: "np.ndarray") -> tuple[float, int]:
    sums = pd.DataFrame({"stratum": strata, "unit": units, "part": parts}).groupby(["stratum", "unit"])["part"].sum()
    total, freedom = 0.0, 0
    for _stratum, part in sums.groupby(level=0):
        total += len(part) / (len(part) - 1) * float(((part - part.mean()) ** 2).sum())
        freedom += len(part) - 1
    return total, freedom


def _cautions(
    weights: Numbers,
    strata: "np.ndarray",
    units: "np.ndarray",
    groups: list[tuple[str, int, float, float, float, float, float]],
) -> tuple[Caution, ...]:
    found = [Caution("sample_not_everybody")]
    if weights.max() / weights.mean() > WIDE:
        found.append(Caution("heavy_weights", {"times": round(float(weights.max() / weights.mean()), 1)}))
    if len(set(units)) < FEW_CLUSTERS:
        found.append(Caution("few_clusters", {"count": len(set(units)), "least": FEW_CLUSTERS}))
    small = [row[0] for row in groups if row[1] < 30]
    if small:
        found.append(Caution("small_groups", {"groups": small[:5], "count": len(small), "least": 30}))
    return tuple(found)
