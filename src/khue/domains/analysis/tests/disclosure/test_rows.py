import numpy as np
import pandas as pd
import pytest

from khue.domains.analysis.disclosure.noise import rounded, with_noise
from khue.domains.analysis.disclosure.risk import measure
from khue.domains.analysis.disclosure.rows import Plan, release
from khue.domains.analysis.stepping.outcome import Unfit

PLAN = Plan(quasi=("age", "ward", "sex", "moved"), sensitive=("illness",), drop=("name",), k=5, l=2)


@pytest.fixture
def households() -> pd.DataFrame:
    random = np.random.default_rng(3)
    size = 600
    return pd.DataFrame(
        {
            "name": [f"Người {i}" for i in range(size)],
            "age": random.integers(18, 95, size),
            "ward": random.choice(["An Hòa", "Bến Thuyền", "Cẩm Sơn", "Đồng Vọng"], size, p=[0.5, 0.3, 0.15, 0.05]),
            "sex": random.choice(["f", "m"], size),
            "moved": pd.to_datetime("2015-01-01") + pd.to_timedelta(random.integers(0, 3600, size), unit="D"),
            "income": random.lognormal(16, 0.8, size),
            "illness": random.choice(["none", "heart", "lung"], size, p=[0.8, 0.15, 0.05]),
        }
    ).assign(moved=lambda frame: frame["moved"].dt.strftime("%Y-%m-%d"))


def test_after_the_release_nobody_stands_alone(households):
    found = release(households, PLAN)
    assert found.before.k == 1 and found.before.unique > 500
    # measured anew, not taken from the report
    again = measure(found.frame, quasi=PLAN.quasi, sensitive=PLAN.sensitive, k=5)
    assert again.k >= 5 and again.unique == 0 and again == found.after
    assert found.frame.groupby(list(PLAN.quasi)).size().min() >= 5


def test_people_who_look_alike_differ_in_what_is_sensitive(households):
    households.loc[households["ward"] == "Đồng Vọng", "illness"] = "heart"
    found = release(households, PLAN)
    kinds = found.frame.dropna(subset=["illness"]).groupby(list(PLAN.quasi))["illness"].nunique()
    assert kinds.min() >= 2
    assert "sensitive_out" in [one.what for one in found.changes]


def test_names_go_and_every_change_is_told(households):
    found = release(households, PLAN)
    assert "name" not in found.frame.columns and ("name", "dropped") in [
        (one.column, one.what) for one in found.changes
    ]
    changed = {name for name in PLAN.quasi if not found.frame[name].equals(households[name])}
    assert changed <= {one.column for one in found.changes}


def test_few_values_are_taken_out(households):
    found = release(households, PLAN)
    assert (found.frame["ward"] == "*").mean() <= 0.05


def test_the_richest_are_not_seen(households):
    plan = Plan(quasi=("sex",), drop=("name",), top={"income": 0.01})
    found = release(households, plan)
    assert found.frame["income"].max() == pytest.approx(households["income"].quantile(0.99))
    assert found.frame["income"].value_counts().iloc[0] >= 5


def test_fewer_people_than_k_are_not_released(households):
    with pytest.raises(Unfit, match="too_few_people"):
        release(households.head(4), PLAN)


def test_one_column_cannot_be_known_and_secret(households):
    with pytest.raises(Unfit, match="two_roles"):
        release(households, Plan(quasi=("age", "illness"), sensitive=("illness",)))


def test_noise_is_as_large_as_it_says():
    counts = np.full(200_000, 50.0)
    found = with_noise(counts, epsilon=1.0, random=np.random.default_rng(1))
    off = np.abs(found.values - 50)
    assert (off <= found.error).mean() >= 0.95 > (off <= found.error - 1).mean()
    assert found.values.mean() == pytest.approx(50, abs=0.02)


def test_noise_keeps_the_budget():
    """The chance of any outcome changes by at most e^ε when one person is added."""
    random = np.random.default_rng(2)
    epsilon = 0.5
    with_one = np.bincount(with_noise(np.full(400_000, 11.0), epsilon=epsilon, random=random).values, minlength=60)
    without = np.bincount(with_noise(np.full(400_000, 10.0), epsilon=epsilon, random=random).values, minlength=60)
    seen = (with_one > 2000) & (without > 2000)
    ratio = with_one[seen] / without[seen]
    assert seen.sum() > 5 and ratio.max() <= np.exp(epsilon) * 1.08 and ratio.min() >= np.exp(-epsilon) / 1.08


def test_two_tables_of_noise_differ():
    counts = np.full(50, 20.0)
    assert (with_noise(counts, epsilon=0.5).values != with_noise(counts, epsilon=0.5).values).any()


def test_rounding_by_chance_keeps_the_mean():
    found = rounded(np.full(50_000, 7.0), base=5, random=np.random.default_rng(1))
    assert set(found) == {5.0, 10.0} and found.mean() == pytest.approx(7, abs=0.05)


def test_a_budget_that_protects_nobody_is_refused():
    with pytest.raises(Unfit, match="budget"):
        with_noise(np.ones(3), epsilon=1000)
