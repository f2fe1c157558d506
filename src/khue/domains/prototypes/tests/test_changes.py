"""Small wishes that are understood without a model."""

import pytest

from khue.domains.prototypes.editing import blocks, changes
from khue.domains.prototypes.patterns import faults, pattern
from khue.domains.prototypes.writing import paths
from khue.domains.prototypes.writing.files import file_of


def source(key, language="vi", **more):
    return {"pattern": key, "parameters": dict(pattern(key).example[language]) | more}


@pytest.mark.parametrize(
    ("key", "language", "wish", "path", "value"),
    [
        ("fee-calculator", "vi", "Đổi tên thành Phí sao y", "title", "Phí sao y"),
        ("fee-calculator", "en", "Please rename it to Copies of papers.", "title", "Copies of papers"),
        ("fee-calculator", "fr", "Change le titre en « Frais de copie »", "title", "Frais de copie"),
        ("fee-calculator", "vi", "Đổi giá từ 8.000 thành 10.000 đồng", "lines.0.price", 10000),
        ("fee-calculator", "en", "change the fee from 8,000 to 9,500", "lines.0.price", 9500),
        ("fee-calculator", "vi", "Hỏa tốc thành 30.000 đồng", "extras.0.amount", 30000),
        ("intake-form", "vi", "Thêm trường phường", "fields.4.label", "Phường"),
        ("intake-form", "vi", "thêm ô Ngày sinh", "fields.4.type", "date"),
        ("intake-form", "en", "add a field for the ward", "fields.4.label", "Ward"),
        ("intake-form", "fr", "Ajoute un champ pour le quartier", "fields.4.label", "Quartier"),
        ("document-checklist", "vi", "Thêm mục Giấy chứng sinh", "items.-1.text", "Giấy chứng sinh"),
    ],
)
def test_frequent_wishes_change_the_parameter_that_is_meant(key, language, wish, path, value):
    before = source(key, language)
    if "-1" in path:
        path = path.replace("-1", str(len(before["parameters"]["items"])))
    done = changes.by_rules(before, wish, language)
    assert done is not None
    assert paths.at(done.source["parameters"], path) == value
    assert faults(pattern(key), done.source["parameters"]) == ()


def test_a_field_goes_by_its_name():
    done = changes.by_rules(source("intake-form"), "Bỏ ô Số điện thoại", "vi")
    assert done is not None
    assert "Số điện thoại" not in str(done.source)


@pytest.mark.parametrize("wish", ["Đổi nút thành màu xanh lá", "make the button green", "mets le bouton en vert"])
def test_a_colour_is_a_line_of_style_dark_enough_for_white_words(wish):
    done = changes.by_rules(source("fee-calculator"), wish, "vi")
    assert done is not None
    assert "#1f6f3f !important" in done.source["extra"]
    html, _title = file_of(done.source, "vi")
    assert "#1f6f3f" in html
    again = changes.by_rules(done.source, "đổi nút thành màu đỏ", "vi")
    assert again is not None
    assert "#1f6f3f" not in again.source["extra"]


@pytest.mark.parametrize(
    "wish",
    ["Làm cho đẹp hơn", "Tính thêm phụ phí cuối tuần nếu quá 5 bản", "xóa", "the blue form should have two steps"],
)
def test_what_is_not_plain_is_left_to_the_model(wish):
    assert changes.by_rules(source("fee-calculator"), wish, "vi") is None


def test_words_of_free_code_are_exchanged():
    held = {"body": "<h1>Cũ</h1><p>Xin chào</p>", "script": "", "style": "", "title": "Cũ"}
    done = changes.by_rules(held, "Đổi “Xin chào” thành “Chào bạn”", "vi")
    assert done is not None
    assert "Chào bạn" in done.source["body"]


def test_a_model_may_change_only_places_that_there_are():
    one = pattern("fee-calculator")
    held = one.example["vi"]
    names = {path for path, _kind in paths.places(held, one.schema)}
    assert {"title", "lines.0.price", "lines.1", "extras.2"} <= names
    given = {
        "changes": [
            {"path": "lines.0.price", "value": 9000},
            {"path": "lines.7.price", "value": 1},
            {"path": "title", "value": None},
        ]
    }
    after, done = changes.applied(held, given, one)
    assert done == [("lines.0.price", 9000)]
    assert after["lines"][0]["price"] == 9000
    assert held["lines"][0]["price"] == 8000


BLOCKS = """Sure:
<<<<<<< SEARCH
<p>Xin  chào</p>
=======
<p>Chào bạn</p>
>>>>>>> REPLACE
<<<<<<< SEARCH
<p>nowhere</p>
=======
<p>x</p>
>>>>>>> REPLACE
<<<<<<< SEARCH
<h1>half"""


def test_blocks_replace_what_they_find_and_name_what_they_do_not():
    applied = blocks.apply("<h1>A</h1>\n<p>Xin chào</p>", blocks.read(BLOCKS))
    assert applied.text == "<h1>A</h1>\n<p>Chào bạn</p>"
    assert applied.missed == ("<p>nowhere</p>",)
