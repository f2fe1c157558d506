import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from khue.domains.analysis.statistics.inequality import inequality
from khue.domains.analysis.statistics.survey import survey
from khue.domains.analysis.stepping.outcome import Unfit


def test_gini_as_its_definition_says():
    values = np.random.default_rng(2).lognormal(0, 0.8, 400)
    pairwise = np.abs(values[:, None] - values[None, :]).sum() / (2 * len(values) ** 2 * values.mean())
    facts = inequality(pd.DataFrame({"income": values}), value="income").facts
    assert facts["gini"] == pytest.approx(pairwise, abs=1e-9)


def test_a_lognormal_has_the_theil_that_theory_gives():
    values = np.random.default_rng(2).lognormal(0, 0.5, 200_000)
    frame = pd.DataFrame({"income": values})
    assert inequality(frame, value="income").facts["theil"] == pytest.approx(0.125, abs=0.003)


def test_a_weight_counts_as_so_many_rows():
    frame = pd.DataFrame({"income": [1.0, 2, 3, 4, 10], "people": [3, 1, 2, 5, 1]})
    spread = frame.loc[frame.index.repeat(frame["people"])]
    weighted = inequality(frame, value="income", weight="people").facts
    plain = inequality(spread, value="income").facts
    assert [weighted[name] for name in ("gini", "theil", "palma")] == pytest.approx(
        [plain[name] for name in ("gini", "theil", "palma")]
    )


def test_theil_falls_into_its_parts():
    random = np.random.default_rng(4)
    frame = pd.DataFrame({"income": random.lognormal(0, 0.4, 300), "region": random.choice(["a", "b", "c"], 300)})
    result = inequality(frame, value="income", group="region")
    parts = [row["theil"] for row in result.table("parts").records()]
    assert sum(parts) == pytest.approx(result.facts["theil"])


def test_negative_values_have_no_shares():
    with pytest.raises(Unfit, match="negative"):
        inequality(pd.DataFrame({"balance": [-1.0, 2, 3, 4, 5]}), value="balance")


@pytest.fixture
def households() -> pd.DataFrame:
    random = np.random.default_rng(11)
    rows = []
    for stratum, (mean, weight) in {"city": (60, 20.0), "country": (40, 50.0)}.items():
        for ward in range(12):
            level = mean + random.normal(0, 6)
            rows += [
                {"stratum": stratum, "ward": f"{stratum}{ward}", "weight": weight, "score": level + random.normal(0, 8)}
                for _ in range(15)
            ]
    return pd.DataFrame(rows)


def test_weights_bring_back_what_the_sample_took_too_little_of(households):
    facts = survey(households, value="score", weight="weight", stratum="stratum", cluster="ward").facts
    assert facts["mean"] == pytest.approx(np.average(households["score"], weights=households["weight"]))
    assert abs(facts["mean"] - 46) < abs(facts["unweighted"] - 46)


def test_clusters_widen_the_interval_as_robust_regression_says(households):
    """Without strata the linearised error is that of a weighted regression with clustered errors."""
    fitted = sm.WLS(households["score"], np.ones(len(households)), weights=households["weight"]).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(households["ward"])[0], "use_correction": False}
    )
    row = survey(households, value="score", weight="weight", cluster="ward").table("estimates").records()[0]
    clusters = households["ward"].nunique()
    assert row["se"] == pytest.approx(fitted.bse.iloc[0] * np.sqrt(clusters / (clusters - 1)))
    assert row["design_effect"] > 3


def test_intervals_cover_the_truth_about_as_often_as_said():
    random = np.random.default_rng(5)
    hits = 0
    for _ in range(200):
        wards = random.normal(50, 5, 30)
        frame = pd.DataFrame(
            {"ward": np.repeat(np.arange(30), 8), "w": 1.0, "y": np.repeat(wards, 8) + random.normal(0, 10, 240)}
        )
        row = survey(frame, value="y", weight="w", cluster="ward").table("estimates").records()[0]
        hits += row["low"] <= 50 <= row["high"]
    assert 180 <= hits <= 199


def test_a_stratum_with_one_cluster_is_refused(households):
    lone = households[(households["stratum"] == "city") | (households["ward"] == "country0")]
    with pytest.raises(Unfit, match="lone_cluster"):
        survey(lone, value="score", weight="weight", stratum="stratum", cluster="ward")
