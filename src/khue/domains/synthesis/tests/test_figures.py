"""Figures: the same one in any writing, and where they do not agree."""

import pytest

from khue.domains.synthesis.figures import comparing, periods, quantities, rows, sentences
from khue.domains.synthesis.figures.indicators import named
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.figures.rows import Around

HALF = Period(2026, "H", 1)
HERE = Around("r1", "Hà Tĩnh", HALF, 2)
ROW = "STT: 1; Chỉ tiêu: {}; Đơn vị tính: {}; 6 tháng đầu năm 2026: {}; Cùng kỳ năm 2025: {}"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("45.230 hồ sơ", 45230, "hồ sơ"),
        ("1,2 nghìn tỷ đồng", 1.2e12, "đồng"),
        ("350 triệu đồng", 3.5e8, "đồng"),
        ("97,5%", 97.5, "%"),
        ("1.234,5 tỷ đồng", 1.2345e12, "đồng"),
        ("12 km2", 1200, "ha"),
        ("1,5 triệu tài khoản", 1.5e6, "tài khoản"),
    ],
)
def test_numbers_are_made_equal(text, value, unit):
    (found,) = quantities.quantities(f"Toàn tỉnh có {text}.")
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text",
    ["Nghị định số 30/2020/NĐ-CP", "ngày 15/3/2026", "6 tháng đầu năm 2026", "theo Điều 12", "quý 3 năm 2026"],
)
def test_what_counts_nothing_is_no_figure(text):
    assert not list(quantities.quantities(f"Thực hiện {text} về công tác văn thư."))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Kết quả 6 tháng đầu năm 2026", "2026-H1"),
        ("quý III/2025", "2025-Q3"),
        ("9 tháng đầu năm 2026", "2026-C9"),
        ("tháng 10 năm 2026", "2026-M10"),
        ("so với cùng kỳ năm trước", "2025-H1"),
        ("cùng kỳ năm 2024", "2024-H1"),
    ],
)
def test_periods_are_understood(text, period):
    assert str(periods.stated(text, HALF)) == period


def figures(*texts, around=HERE):
    read = (rows.figures if "; " in text and ": " in text else sentences.figures for text in texts)
    return [figure for reader, text in zip(read, texts, strict=True) for figure in reader(text, around)]


def test_a_sentence_is_found_to_speak_of_what_a_table_names():
    found = named(
        figures(
            ROW.format("Số hồ sơ tiếp nhận", "Hồ sơ", "45.230", "41.000"),
            ROW.format("Số hồ sơ tiếp nhận trực tuyến", "Hồ sơ", "20.100", "9.000"),
            "Trong kỳ, toàn tỉnh tiếp nhận 45.230 hồ sơ, trong đó tiếp nhận trực tuyến 20.100 hồ sơ.",
        )
    )
    said = {one.indicator: one.value for one in found if one.source == "text"}
    assert said == {"Số hồ sơ tiếp nhận": 45230, "Số hồ sơ tiếp nhận trực tuyến": 20100}


def test_text_and_table_that_differ_are_listed_and_rounding_is_not():
    table = ROW.format("Kinh phí đã giải ngân", "Triệu đồng", "45.230", "40.000")
    (apart,) = comparing.contradictions(named(figures(table, "Kinh phí đã giải ngân đạt 54,2 tỷ đồng.")))
    assert (apart.between, apart.place) == ("text and table", "Hà Tĩnh")
    assert not comparing.contradictions(named(figures(table, "Kinh phí đã giải ngân đạt 45,2 tỷ đồng.")))


def test_a_change_that_does_not_follow_from_the_figures():
    table = ROW.format("Số hồ sơ tiếp nhận", "Hồ sơ", "45.000", "30.000")
    said = "Toàn tỉnh tiếp nhận 45.000 hồ sơ, tăng {}% so với cùng kỳ năm 2025."
    (apart,) = comparing.contradictions(named(figures(table, said.format("12"))))
    assert (apart.between, apart.computed) == ("change", 50.0)
    assert not comparing.contradictions(named(figures(table, said.format("50"))))


def test_two_reports_and_the_report_of_last_period():
    now = figures(ROW.format("Số hồ sơ tiếp nhận", "Hồ sơ", "45.000", "30.000"))
    copy = figures(
        ROW.format("Số hồ sơ tiếp nhận", "Hồ sơ", "46.000", "30.000"), around=Around("r2", "Hà Tĩnh", HALF, 2)
    )
    last = figures("Toàn tỉnh tiếp nhận 33.000 hồ sơ.", around=Around("r3", "Hà Tĩnh", HALF.a_year_before, 1))
    found = {one.between for one in comparing.contradictions(named([*now, *copy, *last]))}
    assert found == {"reports", "last period"}


def test_rows_may_be_provinces():
    found = figures("Tỉnh: Huế; Số hồ sơ tiếp nhận (nghìn hồ sơ): 45,2; Tỷ lệ đúng hạn (%): 97,5")
    assert [(one.place, one.label, one.value, one.unit) for one in found] == [
        ("Huế", "Số hồ sơ tiếp nhận", 45200, "hồ sơ"),
        ("Huế", "Tỷ lệ đúng hạn", 97.5, "%"),
    ]


def test_a_change_is_held_against_the_figures_of_its_own_report():
    now = figures(
        ROW.format("Số hồ sơ tiếp nhận", "Hồ sơ", "45.000", "30.000"),
        "Toàn tỉnh tiếp nhận 45.000 hồ sơ, tăng 12% so với cùng kỳ năm 2025.",
    )
    last = figures("Toàn tỉnh tiếp nhận 33.000 hồ sơ.", around=Around("r3", "Hà Tĩnh", HALF.a_year_before, 1))
    found = {one.between: one.computed for one in comparing.contradictions(named([*now, *last]))}
    assert found == {"last period": None, "change": 50.0}


def test_what_only_sentences_count_is_one_indicator_in_whatever_words():
    said = ("Mạng lưới hiện gồm {} tổ công nghệ số cộng đồng.", "Ở cơ sở, {} tổ công nghệ số cộng đồng hỗ trợ bà con.")
    places = ("Huế", "Hà Tĩnh", "Lai Châu", "Cà Mau")
    around = [Around(f"r{at}", place, HALF, 1) for at, place in enumerate(places)]
    found = [
        one for at, here in enumerate(around) for one in figures(said[at % 2].format(300 + at), around=here)
    ]  # fmt: skip
    assert {one.indicator for one in named(found)} == {"Tổ công nghệ số cộng đồng"}


def test_two_figures_of_one_report_are_two_indicators():
    night = "Tại khu công nghiệp, công nhân đã lập 40 tổ công nghệ số cộng đồng lưu động phục vụ ca đêm."
    said = ("Có 300 tổ công nghệ số cộng đồng.", night)
    found = [one for n in (1, 2) for one in figures(*said, around=Around(f"r{n}", f"Tỉnh {n}", HALF, 1))]
    assert len({one.indicator for one in named(found)}) == 2


def test_a_share_that_equals_something_is_no_change():
    (share,) = figures("Tỷ lệ hồ sơ được giải quyết đúng hạn của cả tỉnh bằng 86%.")
    (change,) = figures("Số hồ sơ tiếp nhận bằng 105% so với cùng kỳ năm 2025.")
    assert (share.kind, change.kind) == ("actual", "change")
