import pytest

from khue.domains.academy.quizzing.items import Unit
from khue.domains.academy.quizzing.numerals import NotANumber, quantity

METRE, KILOMETRE = Unit({"vi": "m"}), Unit({"vi": "km", "en": "kilometre"}, 1000)
DONG = Unit({"vi": "đồng", "en": "VND"})


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.234,5", "vi", 1234.5),
        ("1234,5", "vi", 1234.5),
        ("1.234", "vi", 1234),
        ("1.234.567", "vi", 1234567),
        ("1,5", "vi", 1.5),
        # a point that cannot part thousands is decimal
        ("1.5", "vi", 1.5),
        ("0.500", "vi", 0.5),
        ("1234.567", "vi", 1234.567),
        ("1,234.5", "vi", 1234.5),
        ("1 234,5", "fr", 1234.5),
        ("1\u202f234\u202f567,25", "fr", 1234567.25),
        ("1\u00a0234", "fr", 1234),
        ("1,234.5", "en", 1234.5),
        ("1,234", "en", 1234),
        ("1.234", "en", 1.234),
        ("1,5", "en", 1.5),
        ("12,34", "en", 12.34),
        (" -7 ", "vi", -7),
        ("−7,25", "fr", -7.25),
        (",5", "vi", 0.5),
        (".5", "en", 0.5),
        ("1,5e3", "vi", 1500),
        ("2 triệu", "vi", 2e6),
        ("1,5 tỷ", "vi", 1.5e9),
        ("1,5 tỉ", "vi", 1.5e9),
        ("3 million", "en", 3e6),
        ("2 milliards", "fr", 2e9),
    ],
)
def test_numbers_as_each_language_writes_them(text, language, value):
    assert quantity(text, language).value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "abc", "1..2", "1.23.4", "1 23 4", "1,2,3,4", "--5", "12 34", "1.234.56", "5-"])
def test_what_is_no_number(text):
    with pytest.raises(NotANumber):
        quantity(text, "vi")


def test_a_unit_is_converted():
    assert quantity("1,2345 km", "vi", [METRE, KILOMETRE]).amount == pytest.approx(1234.5)
    assert quantity("2 kilometre", "en", [METRE, KILOMETRE]).amount == 2000
    assert quantity("500m", "vi", [METRE, KILOMETRE]).amount == 500


def test_a_multiple_stands_before_the_unit():
    assert quantity("2,5 triệu đồng", "vi", [DONG]).amount == 2.5e6


def test_an_unknown_unit_is_said_so():
    with pytest.raises(NotANumber) as refused:
        quantity("5 kg", "vi", [METRE])
    assert refused.value.reason == "unit"
