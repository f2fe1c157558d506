import numpy as np
import pandas as pd
import pytest

from khue.domains.analysis.statistics.correlation import correlation
from khue.domains.analysis.statistics.trend import trend
from khue.domains.analysis.stepping.outcome import Unfit


def test_a_slope_is_found_though_one_year_is_odd():
    years = np.arange(2011, 2025)
    frame = pd.DataFrame({"year": years, "score": 5 + 0.1 * (years - 2011)})
    frame.loc[13, "score"] = 40.0
    facts = trend(frame, value="score", time="year").facts
    assert facts["slope"] == pytest.approx(0.1)
    assert facts["low"] <= 0.1 <= facts["high"] and facts["p"] < 0.01


def test_noise_has_no_trend():
    random = np.random.default_rng(3)
    frame = pd.DataFrame({"year": np.arange(2000, 2020), "score": random.normal(5, 1, 20)})
    facts = trend(frame, value="score", time="year").facts
    assert facts["low"] < 0 < facts["high"] and facts["p"] > 0.05


def test_months_are_years_with_a_fraction_and_warned_about():
    months = pd.date_range("2022-01-01", periods=36, freq="MS")
    frame = pd.DataFrame({"month": months.strftime("%d/%m/%Y"), "cases": np.arange(36) * 2.0})
    result = trend(frame, value="cases", time="month")
    assert result.facts["slope"] == pytest.approx(24, rel=0.02)
    assert "season_inside" in [one.name for one in result.cautions]


def test_a_word_in_the_time_column_is_named():
    frame = pd.DataFrame({"year": ["2020", "khoảng 2021", "2022", "2023", "2024"], "score": range(5)})
    with pytest.raises(Unfit, match="not_time"):
        trend(frame, value="score", time="year")


def test_groups_that_each_fall_while_all_rise_are_warned_about():
    random = np.random.default_rng(5)
    parts = []
    for i in range(4):
        x = random.normal(10 * i, 2, 30)
        parts.append(
            pd.DataFrame({"staff": x, "delay": 12 * i - (x - 10 * i) + random.normal(0, 0.5, 30), "place": f"P{i}"})
        )
    result = correlation(pd.concat(parts), x="staff", y="delay", group="place")
    assert result.facts["r"] > 0.5
    assert "turns_within_groups" in [one.name for one in result.cautions]
    assert "not_cause" in [one.name for one in result.cautions]


def test_one_row_that_makes_the_correlation_is_named():
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"a": [*random.normal(0, 1, 30), 50.0], "b": [*random.normal(0, 1, 30), 50.0]})
    result = correlation(frame, x="a", y="b")
    caution = next(one for one in result.cautions if one.name == "one_row_carries")
    assert result.facts["r"] > 0.9 and abs(caution.facts["without"]) < 0.4
