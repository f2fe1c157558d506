"""Secondary suppression against somebody with a solver: bounds by HiGHS, exact values by whole-number programming."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import LinearConstraint, milp

from khue.domains.analysis.disclosure.cells import TOTAL, Protected, cross, protect
from khue.domains.analysis.stepping.outcome import Unfit

WARDS = ["An Hòa", "Bến Thuyền", "Cẩm Sơn", "Đồng Vọng"]


def people(seed: int, *, groups: int = 6, mean: float = 12, third: bool = False) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    rows = []
    for ward in WARDS:
        for group in range(groups):
            for _ in range(random.poisson(mean * random.gamma(0.7, 1))):
                rows.append({"ward": ward, "group": f"G{group}", "sex": random.choice(["f", "m"])})
    frame = pd.DataFrame(rows)
    return frame if third else frame.drop(columns="sex")


def solved(found: Protected, cell: int, sense: int) -> float:
    """The least (1) or the most (−1) whole number of people that the published table allows in a cell; written anew
    from the published frame, without the code under test."""
    shown = found.frame()
    names = list(found.cells.by)
    unknown = [i for i, value in enumerate(shown["n"]) if value is None or np.isnan(value)]
    rows, right = [], []
    for name in names:
        others = [one for one in names if one != name]
        lines = shown.groupby(others, sort=False) if others else [((), shown)]
        for _key, line in lines:
            signs = np.where(line[name] == TOTAL, -1.0, 1.0)
            row, rest = np.zeros(len(unknown)), 0.0
            for sign, (i, value) in zip(signs, line["n"].items(), strict=True):
                if i in unknown:
                    row[unknown.index(i)] = sign
                else:
                    rest += sign * value
            rows.append(row)
            right.append(-rest)
    goal = np.zeros(len(unknown))
    goal[unknown.index(cell)] = sense
    answer = milp(goal, constraints=LinearConstraint(np.array(rows), right, right), integrality=np.ones(len(unknown)))
    assert answer.status in (0, 3)
    return sense * answer.fun if answer.status == 0 else np.inf


@pytest.mark.parametrize("seed", range(6))
def test_no_small_cell_can_be_worked_out(seed):
    found = protect(cross(people(seed), ["ward", "group"]), least=5)
    assert found.primary
    for cell in found.primary:
        true = found.cells.values[cell]
        low, high = solved(found, cell, 1), solved(found, cell, -1)
        assert high >= true + 5 and low <= max(0, true - 5)


def test_three_ways_of_parting_are_protected_too():
    found = protect(cross(people(3, groups=3, mean=10, third=True), ["ward", "group", "sex"]), least=4)
    assert found.primary and found.secondary
    for cell in found.primary:
        assert solved(found, cell, -1) - solved(found, cell, 1) >= 4


def test_primary_suppression_alone_would_have_been_undone():
    """That the test can fail: with the small cells alone left out, totals give some of them away."""
    found = protect(cross(people(0), ["ward", "group"]), least=5)
    naive = Protected(found.cells, found.primary, frozenset(), {})
    given_away = [cell for cell in found.primary if solved(naive, cell, -1) - solved(naive, cell, 1) < 1]
    assert given_away and found.secondary


def test_zeros_and_large_cells_stay_where_they_can():
    frame = pd.DataFrame([{"ward": "An Hòa", "group": "G1"}] * 40 + [{"ward": "Bến Thuyền", "group": "G2"}] * 30)
    found = protect(cross(frame, ["ward", "group"]), least=5)
    assert not found.hidden and found.frame()["n"].tolist() == [40, 0, 40, 0, 30, 30, 40, 30, 70]


def test_a_lone_small_total_is_protected_by_the_whole():
    frame = pd.DataFrame({"group": ["a"] * 30 + ["b"] * 25 + ["c"] * 2})
    found = protect(cross(frame, ["group"]), least=5)
    assert len(found.primary) == 1 and found.secondary
    ((low, high),) = found.bounds.values()
    assert low == 0 and high >= 7


def test_a_table_of_four_ways_is_refused():
    with pytest.raises(Unfit, match="table_dimensions"):
        cross(pd.DataFrame({name: ["x"] for name in "abcd"}), list("abcd"))
