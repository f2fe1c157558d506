"""A formula that names no field is never proposed."""

import pytest

from khue.domains.prototypes.fitting.names import mended, strangers

FIELDS = [{"name": "days", "label": "Số ngày"}, {"name": "nights", "label": "Số đêm nghỉ"}]


def told(formula, fields=FIELDS):
    return {"title": "A", "fields": fields, "results": [{"label": "Tổng", "formula": formula}]}


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("day * 300000", "days * 300000"),
        ("so_ngay * 300000 + nights", "days * 300000 + nights"),
        ("numberOfNights * 2 + days", "nights * 2 + days"),
        ('if(so_dem_nghi > 1, "so_dem_nghi", "")', 'if(nights > 1, "so_dem_nghi", "")'),
        ("xyz * 2 + days", "nights * 2 + days"),
    ],
)
def test_the_nearest_field_takes_the_place_of_a_name_that_there_is_not(formula, meant):
    made = mended(told(formula))
    assert made["results"][0]["formula"] == meant
    assert strangers(made) == set()


def test_what_is_near_nothing_stays_a_stranger():
    assert strangers(mended(told("xyz * 2"))) == {"xyz"}


def test_functions_results_and_counters_are_no_strangers():
    held = told("round(days * 2, 0) + tong + count")
    held["buttons"] = [{"label": "Thêm", "changes": "count", "formula": "count + 1"}]
    assert strangers(held) == set()
    assert mended(held)["results"] == held["results"]
