"""What a model gives, made usable."""

from khue.domains.prototypes.patterns import catalogue, faults, pattern
from khue.domains.prototypes.writing import choosing, html
from khue.domains.prototypes.writing.filling import numbers_in, settled

HALF = """Here is the tool:
```html
<h1>Đổi đơn vị</h1>
<k-field label="Số mét" name="m" type="number">
<p>Nhập số mét.</p>
<script>const a = 1;
document.title = "x"; // and th"""


def test_an_answer_that_broke_off_is_closed_and_cut_into_its_pieces():
    made = html.pieces(HALF)
    assert made.title == "Đổi đơn vị"
    assert made.body.count("<k-field") == made.body.count("</k-field>") == 1
    assert "script" not in made.body
    assert made.script.startswith("const a = 1;")


def test_while_it_comes_only_what_is_closed_is_shown():
    assert html.so_far("```html\n<h1>A</h1><p>B</p><p>half") == "<h1>A</h1><p>B</p>"
    assert html.so_far("<h1>half") == ""


def test_of_a_whole_document_only_what_it_shows_is_taken():
    made = html.pieces(
        "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><p>x</p></body></html>"
    )
    assert (made.body, made.style, made.title) == ("<p>x</p>", "p{}", "T")


def test_numbers_are_read_as_people_write_them():
    assert {8000.0, 2.5, 3e6, 24000.0} <= numbers_in("8.000 đồng, 2,5 mét, 3 triệu, 24 000 ₫")


def test_parameters_that_lack_something_are_completed_and_the_person_is_told():
    one = pattern("fee-calculator")
    made, notes = settled(one, {"title": "  Phí  ", "extras": [], "lines": "nonsense", "unknown": 1}, "Phí gì đó", "vi")
    assert faults(one, made) == ()
    assert made["title"] == "Phí"
    assert "number:8000" in notes


def test_a_number_that_nobody_said_is_named():
    one = pattern("fee-calculator")
    made, notes = settled(one, {"title": "A", "lines": [{"label": "Bản", "price": 7777}]}, "2.000 đồng một bản", "vi")
    assert notes == ["number:7777"]
    assert made["lines"][0]["price"] == 7777


def test_a_repeated_row_stands_once():
    one = pattern("intake-form")
    row = {"label": "Họ và tên", "type": "text"}
    made, _notes = settled(one, {"title": "A", "fields": [row, row, {"label": "Phường", "type": "text"}]}, "", "vi")
    assert [field["label"] for field in made["fields"]] == ["Họ và tên", "Phường"]


def test_each_pattern_is_found_by_its_own_words():
    words = choosing.Words(catalogue())
    found = {one.key: choosing.ranked(words.scores(one.summary["vi"]), None)[0].key for one in catalogue()}
    assert [key for key, best in found.items() if key != best] == []
