"""Each result gives findings that are right, in three languages, their figures bound to its cells."""

import pytest

from khue.domains.analysis.briefing.findings import find
from khue.domains.analysis.briefing.seen import Indicator, direction
from khue.domains.analysis.tests.briefing.results import WAIT, course, effect, forecast, ranking


def by_kind(seen, language="vi"):
    return {one.kind: one for one in find([seen], language)}


@pytest.mark.parametrize(
    ("name", "sense"),
    [("Thời gian chờ", -1), ("Tỷ lệ đúng hạn", 1), ("Kiểm soát tham nhũng", 1), ("Share of late files", -1),
     ("Taux de satisfaction", 1), ("Số hồ sơ", 0), ("Délai de traitement", -1)],
)  # fmt: skip
def test_what_is_good_follows_from_the_name_of_an_indicator(name, sense):
    assert direction(name) == sense


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "“Thời gian chờ” trung bình cao nhất ở Lâm Đồng (18,2 ngày) và thấp nhất ở Tây Ninh (10,1 ngày), gấp "
               "1,8 lần."),
        ("en", "Average “Thời gian chờ” is highest in Lâm Đồng (18.2 days) and lowest in Tây Ninh (10.1 days), 1.8 "
               "times as much."),
        ("fr", "« Thời gian chờ » (moyenne) : valeur la plus élevée à Lâm Đồng (18,2 jours), la plus basse à Tây Ninh "
               "(10,1 jours), soit 1,8 fois plus."),
    ],
)  # fmt: skip
def test_who_is_lowest_and_highest_and_by_how_much(language, text):
    found = by_kind(ranking(), language)["spread_high"]
    assert found.text.text == text and found.role == "bad"
    assert [(one.cell.row, one.cell.column) for one in found.text.bound] == [
        (("Lâm Đồng",), "cho"), (("Tây Ninh",), "cho"), ((), "ratio"),
    ]  # fmt: skip
    assert [text[one.start : one.end] for one in found.text.bound] == [one.text for one in found.text.bound]


def test_the_few_that_need_help_are_named():
    tail = by_kind(ranking())["tail_high"]
    assert tail.text.text.endswith("là Lâm Đồng (18,2 ngày), Hải Phòng (18,1 ngày) và Quảng Ninh (17,7 ngày).")
    assert tail.slots["worst"].text == "Lâm Đồng, Hải Phòng và Quảng Ninh"


def test_where_more_is_better_the_lowest_stand_worst():
    found = by_kind(ranking(Indicator("Tỷ lệ đúng hạn", "%", "mean")))
    assert found["spread_low"].slots["worst"] == "Tây Ninh" and "10,1%" in found["spread_low"].text.text
    assert "điểm phần trăm" in found["spread_low"].text.text and found["tail_low"].role == "bad"


def test_first_rows_of_a_ranking_do_not_say_who_is_at_its_other_end():
    assert set(by_kind(ranking(is_part=True))) == {"tail_high"}


def test_what_is_of_different_kinds_is_not_better_or_worse():
    found = by_kind(ranking(kinds={"tinh": "Lĩnh vực"}, places=frozenset()))["spread_high"]
    assert found.role == "uneven" and "best" not in found.slots and "ở lĩnh vực Lâm Đồng" in found.text.text


def test_rows_of_one_name_are_no_ranking():
    assert not find([ranking(rows=[("Huế", 1.0), ("Huế", 2.0), ("Đà Nẵng", 3.0)])], "vi")


@pytest.mark.parametrize(
    ("seen", "kind", "role"),
    [
        (course(), "rise", "uneven"), (course(390_000, 300_000), "fall", "uneven"), (course(300_000, 301_000), "steady",
        "fact"), (course(of=WAIT), "rise", "bad"), (course(390_000, 300_000, WAIT), "fall", "good"),
        (effect(), "did_down", "good"), (effect(1.47), "did_up", "bad"), (effect(-0.1, 0.6), "did_none", "bad"),
        (forecast(), "ahead_up", "uneven"), (forecast(0.8), "ahead_down", "uneven"), (forecast(1.0), "ahead_steady",
        "fact"), (forecast(mase=1.2), "weak_forecast", "doubt"), (effect(not_alongside=1), "apart_before", "doubt"),
    ],
)  # fmt: skip
def test_each_kind_is_found_with_its_meaning(seen, kind, role):
    for language in ("vi", "en", "fr"):
        found = by_kind(seen, language)
        assert found[kind].role == role
        for one in found.values():
            assert not any(sign in one.text.text + one.short.text for sign in "{}") and one.text.text.endswith(".")


def test_a_fall_stands_without_its_sign_and_its_bounds_in_order():
    text = by_kind(effect())["did_down"].text.text
    assert "giảm 1,5 ngày (khoảng tin cậy từ 1,3 đến 1,7)" in text and "-" not in text


def test_a_change_is_worked_out_and_bound():
    rise = by_kind(course())["rise"]
    assert "từ 300.000 lên 390.000, tức 30%" in rise.text.text
    assert [one.cell.column for one in rise.text.bound] == ["so", "so", "change"]
