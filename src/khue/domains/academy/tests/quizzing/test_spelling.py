import unicodedata

import pytest

from khue.domains.academy.quizzing.spelling import fits

SAME = [
    ("hoà bình", "hòa bình"),
    ("thuý", "thúy"),
    ("Hoà", "  HÒA. "),
    ("quý", "qúy"),
    ("Hà   Nội", "hà nội"),
    ("Đà Nẵng", unicodedata.normalize("NFD", "đà nẵng")),
    ("chuyển đổi số", "Chuyển đổi số!"),
    ("“dữ liệu mở”", '"dữ liệu mở"'),
]


@pytest.mark.parametrize(("key", "answer"), SAME)
def test_the_same_words_typed_otherwise(key, answer):
    assert fits(answer, key) and fits(key, answer)


@pytest.mark.parametrize(
    ("key", "answer"), [("hoa", "hoà"), ("ma", "mã"), ("Hà Nội", "Ha Noi"), ("tư", "tu"), ("đa", "da")]
)
def test_tones_and_letters_are_other_words(key, answer):
    assert not fits(answer, key)


def test_without_diacritics_where_the_item_allows_it():
    assert fits("da nang", "Đà Nẵng", marked=False)
    assert fits("Đà Nẵng", "da nang", marked=False)


def test_case_where_the_item_asks_for_it():
    assert fits("UNDP", "UNDP", cased=True) and not fits("undp", "UNDP", cased=True)


@pytest.mark.parametrize(
    ("answer", "is_right"), [("cố đô Huế", True), ("Huế xưa", True), ("HUẾ", True), ("Hué", False), ("Hoa Lư", False)]
)
def test_a_star_stands_for_any_letters(answer, is_right):
    assert fits(answer, "*Huế*") is is_right


def test_a_star_in_the_middle_and_a_star_itself():
    assert fits("nghị định số 30", "nghị định * 30")
    assert not fits("nghị định 20", "nghị định*30")
    assert fits("5 * 3", "5 \\* 3") and not fits("5 x 3", "5 \\* 3")
