"""Decisions and tasks in notes, each with its line; what is left open is no decision."""

import datetime
import json

import pytest

from khue.domains.drafting import api as drafting
from khue.domains.synthesis.minuting.dates import due
from khue.domains.synthesis.minuting.minutes import minutes
from khue.domains.synthesis.paper import minutes as paper

MONDAY = datetime.date(2026, 11, 23)
NOTES = """BIÊN BẢN HỌP GIAO BAN
Địa điểm: Phòng họp số 2
Chủ trì: Ông Trần Văn Hùng, Chủ tịch UBND xã
1. Tiếp nhận hồ sơ
[00:12] Anh Minh: Hiện còn 120 hồ sơ chưa trả.
Bà Lan: Tôi sẽ liên hệ đơn vị bảo hành máy in trong tuần này.
Ông Hùng: Thống nhất mở thêm một quầy vào sáng thứ Bảy.
Ông Hùng: Giao Phòng Văn hóa - Xã hội bố trí hai người trực, xong trước ngày 30/11.
Bà Hoa: Có nên giao anh Nam mua máy mới trước thứ Sáu không?
Ông Hùng: Chưa thống nhất về việc mua máy, để kỳ sau.
- Theo Quyết định số 12/QĐ-UBND, bộ phận một cửa làm cả ngày thứ Bảy."""


def test_decisions_tasks_and_what_is_open():
    found = minutes(NOTES, MONDAY)
    assert [(one.text, one.line) for one in found.decisions] == [("Thống nhất mở thêm một quầy vào sáng thứ Bảy.", 7)]
    assert [(one.owner, one.due, one.line) for one in found.tasks] == [
        ("Bà Lan", "2026-11-27", 6),
        ("Phòng Văn hóa - Xã hội", "2026-11-30", 8),
    ]
    assert [one.line for one in found.open] == [10]
    assert found.told["chair"].startswith("Ông Trần Văn Hùng")


@pytest.mark.parametrize(
    "said", ["Thống nhất mở quầy tiếp nhận vào sáng thứ Bảy.", "Đồng ý để Văn phòng xác nhận hồ sơ trước ngày 30/11."]
)
def test_a_decision_with_a_day_is_nobody_s_task(said):
    found = minutes(f"Ông Hùng: {said}", MONDAY)
    assert ([one.text for one in found.decisions], found.tasks) == ([said], ())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trước ngày 30/11", "2026-11-30"),
        ("chậm nhất thứ Sáu tuần tới", "2026-12-04"),
        ("trong tháng 12", "2026-12-31"),
        ("ngày 05/01", "2026-01-05"),
        ("trong 5 ngày", "2026-11-28"),
        ("cuối tháng này", "2026-11-30"),
    ],
)
def test_days_are_counted_from_the_meeting(words, day):
    found = due(words, MONDAY)
    assert found is not None and found.day is not None
    expected = "2027-01-05" if words == "ngày 05/01" else day
    assert found.day.isoformat() == expected


def test_without_a_day_of_the_meeting_words_stay_words():
    found = due("trong tuần này", None)
    assert found is not None and found.day is None


def test_minutes_are_a_document_of_the_decree():
    found = minutes(NOTES, MONDAY).as_json()
    for point in found["points"]:
        point |= {"text": point["quote"], "state": "quoted"}
    held = {"title": "họp giao ban", "held_on": MONDAY, "minutes": found}
    made = drafting.compiled(json.dumps(paper.document(held, agency="Ủy ban nhân dân xã")).encode()).octets
    severe = [one for one in drafting.check(made) if one["severity"] == "error" and "điền" not in one["found"]]
    assert severe == []
