import math
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from khue.domains.analysis.statistics.composite import Recipe, composite
from khue.domains.analysis.stepping.outcome import Unfit

PAPI = Path(os.environ.get("KHUE_SHARED", "")) / "data" / "papi"
papi = pytest.mark.skipif(not (PAPI / "2024.csv").is_file(), reason="the PAPI tables are not on this machine")


@papi
@pytest.mark.parametrize("year", range(2011, 2025))
def test_papi_dimensions_are_the_sums_of_their_sub_criteria(year):
    frame = pd.read_csv(PAPI / f"{year}.csv").dropna(axis=1, how="all")
    codes = pd.read_csv(PAPI / "codebook_subcriteria.csv")
    there = codes[codes["Variable_Code"].isin(frame.columns)]
    dimensions = {name: list(part["Variable_Code"]) for name, part in there.groupby("Criteria_Code")}
    recipe = Recipe(tuple(there["Variable_Code"]), scale="none", aggregate="sum", dimensions=dimensions)
    found = composite(frame, unit="Province", recipe=recipe, draws=2).table("scores").records()
    whole = frame.dropna()
    assert len(found) == len(whole)
    rows = whole.set_index("Province")
    for row in found:
        for name, parts in dimensions.items():
            assert abs(row[name] - math.fsum(rows.loc[row["unit"], parts])) < 1e-9
        assert abs(row["score"] - math.fsum(rows.loc[row["unit"]])) < 1e-9


@pytest.fixture
def wards() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ward": ["An Hòa", "Bến Thuyền", "Cẩm Sơn", "Đồng Vọng"],
            "online": [66.0, 56.0, 43.0, 32.0],
            "on_time": [98.7, 97.7, 99.1, 96.9],
            "wait": [27.0, 33.0, 17.0, 20.0],
        }
    )


def test_less_is_better_where_said(wards):
    recipe = Recipe(("on_time", "wait"), reversed_=frozenset({"wait"}))
    found = composite(wards, unit="ward", recipe=recipe, draws=50).table("scores").records()
    assert found[0]["unit"] == "Cẩm Sơn" and found[0]["score"] == pytest.approx(1.0)
    assert found[-1]["unit"] == "Bến Thuyền"


def test_weights_move_the_ranks_and_ranges_say_so(wards):
    recipe = Recipe(("online", "on_time", "wait"), reversed_=frozenset({"wait"}))
    found = {row["unit"]: row for row in composite(wards, unit="ward", recipe=recipe).table("scores").records()}
    assert all(row["rank_low"] <= row["rank"] <= row["rank_high"] for row in found.values())
    heavy = Recipe(recipe.indicators, weights={"online": 20}, reversed_=recipe.reversed_)
    assert composite(wards, unit="ward", recipe=heavy).table("scores").records()[0]["unit"] == "An Hòa"


def test_each_other_choice_is_tried(wards):
    recipe = Recipe(("online", "on_time", "wait"), reversed_=frozenset({"wait"}))
    choices = composite(wards, unit="ward", recipe=recipe, draws=20).table("choices").records()
    assert {(row["choice"], row["instead"]) for row in choices} == {
        ("scale", "z"), ("scale", "rank"), ("aggregate", "sum"), ("aggregate", "geometric"),
        ("without", "online"), ("without", "on_time"), ("without", "wait"),
    }  # fmt: skip


def test_the_same_seed_gives_the_same_ranges(wards):
    recipe = Recipe(("online", "on_time", "wait"))
    assert composite(wards, unit="ward", recipe=recipe) == composite(wards, unit="ward", recipe=recipe)


def test_a_unit_with_a_gap_is_left_out_and_counted(wards):
    wards.loc[1, "wait"] = np.nan
    result = composite(wards, unit="ward", recipe=Recipe(("online", "wait")), draws=5)
    assert result.left_out == 1 and "units_left_out" in [one.name for one in result.cautions]


def test_an_indicator_stands_in_one_dimension_only(wards):
    recipe = Recipe(("online", "wait"), dimensions={"a": ["online", "wait"], "b": ["wait"]})
    with pytest.raises(Unfit, match="dimensions"):
        composite(wards, unit="ward", recipe=recipe)
