import numpy as np
import pandas as pd
import pytest

from khue.domains.analysis.forecasting import backtest
from khue.domains.analysis.forecasting.forecast import forecast
from khue.domains.analysis.forecasting.scenarios import Scenario
from khue.domains.analysis.forecasting.series import read
from khue.domains.analysis.stepping.outcome import Unfit

MONTHS = 84


@pytest.fixture(scope="module")
def cases() -> pd.DataFrame:
    """Cases of three wards of two provinces, with a trend and a season."""
    random = np.random.default_rng(8)
    rows = []
    places = {("Sông Thanh", "An Hòa"): 400, ("Sông Thanh", "Cẩm Sơn"): 120, ("Núi Vàng", "Đồng Vọng"): 90}
    for (province, ward), level in places.items():
        at = np.arange(MONTHS)
        cases = level * (1 + at / 100) * (1 + 0.2 * np.sin(at * np.pi / 6)) * random.lognormal(0, 0.04, MONTHS)
        months = pd.period_range("2019-01", periods=MONTHS, freq="M").astype(str)
        rows += [
            {"province": province, "ward": ward, "month": m, "cases": c} for m, c in zip(months, cases, strict=True)
        ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def whole(cases):
    panel = read(cases, time="month", value="cases", by=["province", "ward"])
    return forecast(panel, horizon=6, adds_up=True, scenarios=(Scenario("fewer", level=-20),))


def test_every_level_adds_up(whole):
    paths = {path.name: path for path in whole.paths}
    assert len(paths) == 6
    leaves = [path.mean for name, path in paths.items() if len(name) == 2]
    assert paths[()].mean == pytest.approx(sum(leaves))
    province = [path.mean for name, path in paths.items() if len(name) == 2 and name[0] == "Sông Thanh"]
    assert paths["Sông Thanh",].mean == pytest.approx(sum(province))


def test_it_was_tested_before_and_beats_the_seasonal_naive(whole):
    for path in whole.paths:
        assert path.tested.mase(path.model) < path.tested.mase("naive")
        assert len(path.tested.origins) >= 20


def test_it_finds_what_comes(cases):
    panel = read(cases[cases["month"] < "2025-01"], time="month", value="cases", by=["province", "ward"])
    came = cases[cases["month"] >= "2025-01"].pivot_table(index=["province", "ward"], columns="month", values="cases")
    for path in forecast(panel, horizon=12).paths:
        truth = came.loc[path.name].to_numpy()
        assert np.mean(np.abs(path.mean - truth) / truth) < 0.08
        low, high = path.bounds[0.95]
        assert ((low <= truth) & (truth <= high)).mean() > 0.8


def test_wider_is_surer(whole):
    for path in whole.paths:
        assert (path.bounds[0.95][0] <= path.bounds[0.8][0]).all() and (
            path.bounds[0.8][1] <= path.bounds[0.95][1]
        ).all()


def test_later_values_never_reach_the_back_test():
    """A series that jumps at the end: what was said before the jump is the same as without it."""
    steady = 100 + 10 * np.sin(np.arange(72) * np.pi / 6) + np.random.default_rng(1).normal(0, 1, 72)
    jumped = steady.copy()
    jumped[-1] += 500
    first, second = (backtest.run(values, 12, 6, members=("ets", "theta")) for values in (steady, jumped))
    for name in first.said:
        assert np.allclose(first.said[name][:-1], second.said[name][:-1])


def test_a_series_that_never_moves_is_forecast_as_it_is():
    panel = read(pd.DataFrame({"year": range(2005, 2025), "posts": [12.0] * 20}), time="year", value="posts")
    path = forecast(panel, horizon=3).paths[0]
    assert path.mean == pytest.approx([12, 12, 12])


def test_farther_than_the_past_allows_is_refused(cases):
    panel = read(cases, time="month", value="cases")
    with pytest.raises(Unfit, match="horizon"):
        forecast(panel, horizon=200)
