import numpy as np
import pandas as pd
import pytest

from khue.domains.analysis.statistics.effects import difference_in_differences, interrupted_series
from khue.domains.analysis.stepping.outcome import Unfit


def panel(effect: float, drift: float = 0.0, seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    rows = []
    for place in range(40):
        treated = place < 20
        own = random.normal(30, 4)
        for year in range(2018, 2026):
            change = effect if treated and year >= 2022 else 0.0
            slope = drift * (year - 2018) if treated else 0.0
            wait = own + 0.5 * (year - 2018) + change + slope + random.normal(0, 1)
            rows.append({"place": f"P{place}", "year": year, "one_stop": "yes" if treated else "no", "wait": wait})
    return pd.DataFrame(rows)


def did(frame: pd.DataFrame):
    chosen = {"value": "wait", "time": "year", "start": "2022", "group": "one_stop", "treated": "yes", "unit": "place"}
    return difference_in_differences(frame, **chosen)


def test_a_known_effect_is_found_within_its_interval():
    facts = did(panel(-6.0)).facts
    assert facts["low"] <= -6.0 <= facts["high"] and facts["p"] < 0.001
    assert facts["expected"] - facts["actual"] == pytest.approx(-facts["effect"])


def test_no_effect_is_not_invented():
    facts = did(panel(0.0)).facts
    assert facts["low"] < 0 < facts["high"]


def test_groups_that_drifted_apart_before_are_warned_about():
    assert "not_alongside" in [one.name for one in did(panel(-6.0, drift=1.5)).cautions]
    assert "not_alongside" not in [one.name for one in did(panel(-6.0)).cautions]


def test_a_group_without_a_before_is_refused():
    frame = panel(-6.0)
    with pytest.raises(Unfit, match="empty_cell"):
        did(frame[frame["year"] >= 2022])


def test_a_value_that_nobody_has_is_refused():
    with pytest.raises(Unfit, match="nobody_treated"):
        difference_in_differences(
            panel(1.0), value="wait", time="year", start="2022", group="one_stop", treated="maybe"
        )


def series(level: float, slope: float) -> pd.DataFrame:
    random = np.random.default_rng(6)
    months = pd.date_range("2020-01-01", periods=72, freq="MS")
    at = np.arange(72)
    after = at >= 36
    cases = 100 + at + 8 * np.sin(at * np.pi / 6) + level * after + slope * (at - 36) * after + random.normal(0, 2, 72)
    return pd.DataFrame({"month": months.strftime("%Y-%m-%d"), "cases": cases})


def test_a_step_is_told_from_the_trend_and_the_season():
    facts = interrupted_series(series(-20, 0), value="cases", time="month", start="2023-01-01").facts
    assert facts["low"] <= -20 <= facts["high"] and facts["slope_p"] > 0.01


def test_a_bend_is_found():
    result = interrupted_series(series(0, -1), value="cases", time="month", start="01/01/2023")
    assert result.facts["slope"] == pytest.approx(-12, rel=0.15)
    assert result.table("points").records()[-1]["expected"] > 160
    assert "no_comparison" in [one.name for one in result.cautions]
