"""Who is asked for what, and what happened when."""

import datetime

import pytest

from khue.domains.synthesis.noticing.asking import recommendation
from khue.domains.synthesis.noticing.chronology import days


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("Đề nghị Bộ Nội vụ sớm hướng dẫn biên chế cấp xã.", "Bộ Nội vụ"),
        ("Kiến nghị Bộ Khoa học và Công nghệ hoàn thiện nền tảng dùng chung.", "Bộ Khoa học và Công nghệ"),
        ("Kiến nghị với Chính phủ ban hành cơ chế thuê chuyên gia.", "Chính phủ"),
        ("Bộ Tài chính: bố trí kinh phí duy trì hệ thống.", "Bộ Tài chính"),
        ("Văn phòng Chính phủ sớm thống nhất mẫu báo cáo.", "Văn phòng Chính phủ"),
        ("Tỉnh đề xuất các bộ, ngành trung ương chia sẻ dữ liệu.", "các bộ, ngành trung ương"),
    ],
)
def test_who_is_asked(sentence, whom):
    found = recommendation(sentence, "Kiến nghị")
    assert found is not None and found[0] == whom


def test_a_plain_sentence_asks_for_nothing():
    assert recommendation("Tỉnh đã thực hiện đầy đủ các nội dung kế hoạch.", "Kết quả") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở Nội vụ ghi nhận ý kiến của cơ sở về tiêu chuẩn kỹ thuật chung.",
        "Sở Tài chính tiếp tục đôn đốc việc khảo sát ý kiến người dân.",
        "Văn phòng Ủy ban nhân dân tỉnh đã nhiều lần báo cáo về cơ chế phối hợp.",
    ],
)
def test_what_an_office_does_is_no_recommendation_to_it(sentence):
    assert recommendation(sentence, "Đề xuất và kiến nghị") is None


def test_days_of_events_and_not_of_documents_cited():
    said = "Ngày 05/03/2026, tỉnh khai trương trung tâm theo Quyết định số 12/QĐ-UBND ngày 01/02/2026."
    assert list(days(said)) == [datetime.date(2026, 3, 5)]
