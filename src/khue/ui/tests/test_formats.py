from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from khue.ui import formats


def said(text):
    """Spaces that do not break, as plain ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "day", "number", "money", "share"),
    [
        ("vi", "05/03/2026", "1.234,5", "8.000 ₫", "97%"),
        ("fr", "05/03/2026", "1 234,5", "8 000 ₫", "97 %"),
        ("en", "5 March 2026", "1,234.5", "8,000 ₫", "97%"),
    ],
)
def test_each_language_writes_in_its_own_way(language, day, number, money, share):
    with translation.override(language):
        assert formats.day(date(2026, 3, 5)) == day
        assert said(formats.number(1234.5)) == number
        assert said(formats.dong(8000)) == money
        assert said(formats.percent(0.97)) == share


def test_a_moment_is_told_in_the_time_of_the_place():
    with translation.override("vi"):
        assert formats.moment(datetime(2026, 3, 4, 23, 30, tzinfo=UTC)) == "05/03/2026, 06:30"


def test_sizes_go_up_in_thousands():
    with translation.override("vi"):
        assert [said(formats.size(n)) for n in (0, 999, 12_500, 1_117_320_768)] == ["0 B", "999 B", "12 kB", "1,1 GB"]


def test_durations_are_told_in_the_unit_that_fits():
    with translation.override("en"):
        assert [said(formats.duration(ms)) for ms in (87, 3_240, 120_000)] == ["87 ms", "3.2 s", "2 minutes"]


def test_an_empty_value_stays_empty_in_a_template():
    assert Template("[{{ nothing|number }}|{{ zero|number }}]").render(Context({"nothing": None, "zero": 0})) == "[|0]"
