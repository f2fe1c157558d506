from decimal import Decimal

import pytest

from khue.domains.analysis.briefing.binding import Bound, Cell, bind, refresh
from khue.domains.analysis.briefing.figures import figures

LATE = [
    Cell("s1", "", ("Phường An Hòa",), "late", 99.0),
    Cell("s1", "", ("Phường Bến Thuyền",), "late", 147.0),
    Cell("s1", "", ("Phường Bến Thuyền",), "share", 0.04),
    Cell("s1", "", ("Xã Cẩm Sơn",), "cases", 1260.0),
    Cell("s2", "facts", (), "slope", -3.27),
]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("1.234,5 hồ sơ", "vi", ["1234.5"]),
        ("1,234.5 files", "en", ["1234.5"]),
        ("1 234,5 dossiers", "fr", ["1234.5"]),
        ("tăng 12,5% so với 2024", "vi", ["12.5"]),
        ("12.5% more in 2024", "en", ["12.5"]),
        ("Điều 5 và Quý 3 nói về 7 phường", "vi", ["7"]),
        ("ngày 05/03/2026 có 8 hồ sơ", "vi", ["8"]),
        ("1. Thêm 4 biên chế", "vi", ["4"]),
        ("khoảng 3,2 triệu đồng", "vi", ["3.2"]),
        ("giảm −3,27 mỗi năm", "vi", ["-3.27"]),
    ],
)
def test_figures_as_people_write_them(text, language, values):
    assert [figure.value for figure in figures(text, language)] == [Decimal(value) for value in values]


def test_a_figure_is_bound_to_the_row_that_is_spoken_of():
    cells = [*LATE, Cell("s1", "", ("Xã Đồng Vọng",), "late", 99.0)]
    first, second = bind("Phường An Hòa trễ 99 hồ sơ." + " " * 200 + "Xã Đồng Vọng cũng 99.", cells, "vi")
    assert (first.cell.row, second.cell.row) == (("Phường An Hòa",), ("Xã Đồng Vọng",))


def test_an_invented_figure_is_bound_to_nothing():
    found = bind("Bến Thuyền trễ 147 hồ sơ, chiếm 4%, và tốn 350 triệu đồng.", LATE, "vi")
    assert [(one.text, one.cell is not None) for one in found] == [("147", True), ("4%", True), ("350", False)]


def test_a_fall_is_written_without_its_sign():
    found = bind("Mỗi năm giảm 3,27 phút.", LATE, "vi")
    assert found[0].cell.column == "slope"
    new = [Cell("s2", "facts", (), "slope", -4.1)]
    assert refresh("Mỗi năm giảm 3,27 phút.", found, new, "vi").text == "Mỗi năm giảm 4,10 phút."


def test_figures_follow_their_cells_and_the_words_stay():
    text = "Cẩm Sơn nhận 1.260 hồ sơ; Bến Thuyền trễ 147 (4%)."
    found = bind(text, LATE, "vi")
    now = [
        Cell("s1", "", ("Xã Cẩm Sơn",), "cases", 21398.0), Cell("s1", "", ("Phường Bến Thuyền",), "late", 90.0),
        Cell("s1", "", ("Phường Bến Thuyền",), "share", 0.0231),
    ]  # fmt: skip
    made = refresh(text, found, now, "vi")
    assert made.text == "Cẩm Sơn nhận 21.398 hồ sơ; Bến Thuyền trễ 90 (2%)."
    assert all(made.text[one.start : one.end] == one.text for one in made.bound)
    assert made.moved[0] == ("1.260", "21.398") and not made.lost


def test_a_cell_that_is_gone_is_said_and_the_figure_is_no_longer_bound():
    text = "Bến Thuyền trễ 147."
    made = refresh(text, bind(text, LATE, "vi"), [], "vi")
    assert made.text == text and made.lost == ("147",) and made.bound[0].cell is None


def test_what_was_bound_stays_bound_to_the_same_cell():
    cells = [Cell("s1", "", ("a",), "n", 5.0), Cell("s1", "", ("b",), "n", 5.0)]
    before = [Bound(0, 1, "5", cells[1])]
    assert bind("5", cells, "en", before)[0].cell == cells[1]
