"""The parts that need no model: periods, the calendar, places that add up, intervals, scenarios."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from khue.domains.analysis.forecasting import calendar, hierarchy
from khue.domains.analysis.forecasting.backtest import stretch
from khue.domains.analysis.forecasting.scenarios import Scenario
from khue.domains.analysis.forecasting.scenarios import read as read_scenarios
from khue.domains.analysis.forecasting.series import periods_of, read
from khue.domains.analysis.stepping.outcome import Unfit


@pytest.mark.parametrize(
    ("texts", "frequency", "first"),
    [
        (["2019", "2020", "2021"], "Y", "2019"),
        ([2019, 2020, 2021], "Y", "2019"),
        (["Q3/2025", "Q4/2025"], "Q", "2025Q3"),
        (["Quý 3/2025", "Quý 4/2025"], "Q", "2025Q3"),
        (["2025-Q3", "2025-Q4"], "Q", "2025Q3"),
        (["03/2024", "04/2024"], "M", "2024-03"),
        (["Tháng 3/2024", "Tháng 4/2024"], "M", "2024-03"),
        (["2024-03-01", "2024-04-01", "2024-05-01"], "M", "2024-03"),
        (["01/02/2024", "02/02/2024", "03/02/2024"], "D", "2024-02-01"),
        (["2024-02-05", "2024-02-12", "2024-02-19"], "W", "2024-02-05/2024-02-11"),
    ],
)
def test_times_as_people_write_them(texts, frequency, first):
    found, periods = periods_of(pd.Series(texts), "t")
    assert (found, str(periods[0])) == (frequency, first)


def test_rows_of_one_month_are_added_up_and_a_gap_is_drawn_between():
    months = pd.period_range("2022-01", periods=24, freq="M").astype(str)
    frame = pd.DataFrame({"month": [*months, "2022-01"], "cases": [10.0] * 25})
    panel = read(frame[frame["month"] != "2023-01"], time="month", value="cases")
    assert (len(panel.periods), panel.filled, panel.values[()][0] if () in panel.values else None) in [
        (24, 1, 20.0), (24, 1, None),
    ]  # fmt: skip
    assert next(iter(panel.values.values()))[[0, 12]].tolist() == [20.0, 10.0]


def test_too_short_a_series_is_refused_by_its_length():
    with pytest.raises(Unfit) as refused:
        read(pd.DataFrame({"year": [2020, 2021, 2022], "cases": [1, 2, 3]}), time="year", value="cases")
    assert refused.value.values == {"have": 3, "need": 8}


def test_a_word_is_no_time():
    with pytest.raises(Unfit, match="not_time"):
        read(pd.DataFrame({"t": ["đầu năm"] * 9, "v": range(9)}), time="t", value="v")


def test_tet_is_where_it_was():
    assert calendar.first_days(2023, 2026) == [
        date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17),
    ]  # fmt: skip


def test_what_tet_takes_is_found_and_a_steady_season_is_not_taken_for_it():
    periods = pd.period_range("2015-01", periods=96, freq="M")
    days = calendar.regressors(periods)
    season = np.tile(np.arange(12.0), 8) * 10
    noise = np.random.default_rng(1).normal(0, 4, 96)
    effects = calendar.effect(500 + season - 6 * days[:, 0] + noise, days, 12)
    assert effects[0] == pytest.approx(-6, abs=0.6)
    assert effects[2] == 0  # not twice
    assert calendar.effect(500 + season + noise, days, 12)[0] == 0
    booked = calendar.effect(500 + season - 90 * days[:, 2] + noise, days, 12)
    assert booked[2] == pytest.approx(-90, abs=8) and booked[0] == 0


def test_levels_add_up_and_the_surer_place_moves_less():
    tree = hierarchy.tree([("Sông Thanh", "An Hòa"), ("Sông Thanh", "Cẩm Sơn"), ("Núi Vàng", "Đồng Vọng")])
    said = {node: np.array([10.0 * len(tree.leaves)]) for node in tree.nodes}
    missed = dict.fromkeys(tree.nodes, 4.0) | {("Núi Vàng", "Đồng Vọng"): 0.01}
    found, factors = hierarchy.reconcile(tree, said, missed)
    for node in tree.nodes:
        parts = [found[leaf] for leaf in tree.leaves if leaf[: len(node)] == node]
        assert found[node] == pytest.approx(sum(parts))
    assert found["Núi Vàng", "Đồng Vọng"] == pytest.approx(30, abs=0.2)
    assert all(0 < factor <= 1 for factor in factors.values())


def test_counts_never_fall_below_zero_when_they_are_made_to_add_up():
    tree = hierarchy.tree([("a",), ("b",)])
    found, _factors = hierarchy.reconcile(
        tree, {(): np.array([5.0]), ("a",): np.array([0.5]), ("b",): np.array([9.0])}, dict.fromkeys(tree.nodes, 1.0)
    )
    assert found["a",] >= 0 and found[()] == pytest.approx(found["a",] + found["b",])


def test_the_stretch_covers_the_share_it_is_asked_for():
    scores = np.random.default_rng(1).standard_t(3, (24, 12))
    factor = stretch(scores, 0.95)
    assert (np.abs(scores) <= factor).mean() >= 0.95
    assert stretch(np.array([np.nan]), 0.95) == pytest.approx(1.96, abs=0.001)


def test_a_scenario_is_the_forecast_times_what_is_assumed():
    periods = pd.period_range("2026-01", periods=12, freq="M")
    factors = Scenario("fewer", level=-10, growth=12, start="2026-07").factors(periods)
    assert factors[:6].tolist() == [1.0] * 6
    assert factors[6] == pytest.approx(0.9 * 1.12 ** (1 / 12)) and factors[11] == pytest.approx(0.9 * 1.12**0.5)


def test_a_scenario_beyond_reason_is_refused():
    with pytest.raises(Unfit, match="scenario_size"):
        read_scenarios([{"name": "all", "level": -150}])
