import numpy as np
import pandas as pd
import pytest
from scipy import stats

from khue.domains.analysis.statistics.groups import compare
from khue.domains.analysis.statistics.result import Result
from khue.domains.analysis.stepping.outcome import Unfit


@pytest.fixture
def waits() -> pd.DataFrame:
    spread = stats.norm.ppf((np.arange(40) + 0.5) / 40) * 4
    places = {"An Hòa": 34, "Bến Thuyền": 41, "Cẩm Sơn": 34.5}
    return pd.DataFrame([{"place": name, "minutes": mean + each} for name, mean in places.items() for each in spread])


def test_means_come_with_their_intervals(waits):
    found = compare(waits, value="minutes", group="place").table("means").records()
    assert [row["group"] for row in found][0] == "Bến Thuyền"
    part = waits[waits["place"] == "Bến Thuyền"]["minutes"]
    low, high = stats.t.interval(0.95, 39, loc=part.mean(), scale=stats.sem(part))
    assert (found[0]["low"], found[0]["high"]) == pytest.approx((low, high))


def test_only_real_differences_are_told_apart(waits):
    result = compare(waits, value="minutes", group="place")
    apart = {frozenset((row["first"], row["second"])): row["p"] < 0.05 for row in result.table("pairs").records()}
    assert apart[frozenset(("An Hòa", "Bến Thuyền"))] and not apart[frozenset(("An Hòa", "Cẩm Sơn"))]
    assert result.facts["p"] < 0.001


def test_a_small_group_is_warned_about(waits):
    more = pd.concat([waits, pd.DataFrame([{"place": "Đồng Vọng", "minutes": 22.0}])])
    result = compare(more, value="minutes", group="place")
    assert "small_groups" in [one.name for one in result.cautions]
    lone = result.table("means").records()[-1]
    assert (lone["group"], lone["low"]) == ("Đồng Vọng", None)


def test_a_column_of_names_is_no_value(waits):
    with pytest.raises(Unfit, match="not_numbers"):
        compare(waits, value="place", group="minutes")


def test_a_column_with_one_group_compares_nothing(waits):
    with pytest.raises(Unfit, match="group_count"):
        compare(waits.head(40), value="minutes", group="place")


def test_a_result_survives_storing(waits):
    result = compare(waits, value="minutes", group="place")
    assert Result.from_json(result.as_json()) == result
