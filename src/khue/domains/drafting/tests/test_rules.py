"""What of a model's words may stand."""

import pytest

from khue.domains.drafting.rules import Stage, after, before, grounded, lost, short_citations

BRIEF = "Sở Nội vụ mời 35 công chức dự tập huấn ngày 12 tháng 5 năm 2026 tại Nam Định theo Kế hoạch 108/KH-SNV."


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Mời 35 công chức dự tập huấn.", "Mời 35 công chức dự tập huấn."),
        ("Mời 40 công chức dự tập huấn.", "Mời [điền: số] công chức dự tập huấn."),
        ("Họp ngày 12 tháng 5 năm 2026.", "Họp ngày 12 tháng 5 năm 2026."),
        ("Họp ngày 13 tháng 5 năm 2026.", "Họp [điền: ngày tháng]."),
        ("Theo Kế hoạch 108/KH-SNV, lớp mở tại Nam Định.", "Theo Kế hoạch 108/KH-SNV, lớp mở tại Nam Định."),
        ("Theo Quyết định 99/QĐ-UBND của tỉnh.", "Theo Quyết định [điền: số, ký hiệu văn bản] của tỉnh."),
        ("Lớp do ông Phạm Văn Tám giảng.", "Lớp do ông [điền: tên] giảng."),
        ("Họp tại [điền: nơi họp].", "Họp tại [điền: nơi họp]."),
    ],
)
def test_what_has_no_source_becomes_a_gap(said, kept):
    assert grounded(said, [BRIEF, "Quyết định Theo"])[0] == kept


def test_what_a_rewrite_drops_is_named():
    assert lost("Gửi 35 bộ theo 108/KH-SNV trước 15/3.", "Gửi 35 bộ sớm.") == ["108/KH-SNV", "15", "3"]


def test_the_second_citation_is_short():
    full = "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ"
    assert short_citations([f"Theo {full}, …", f"Như {full}."]) == [
        f"Theo {full}, …",
        "Như Nghị định số 30/2020/NĐ-CP.",
    ]


def test_the_route_has_four_stations_and_an_end():
    assert [after(stage) for stage in Stage] == ["unit", "office", "signing", "signed", None]
    assert before("drafting") is None and before("signing") == "office" and before("signed") is None
