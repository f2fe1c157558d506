"""A synthesis, a consultation and minutes for tests that only need some: Bình's own."""

import datetime
from typing import Any

from django.core.files.base import ContentFile

from khue.domains.synthesis.minuting.minutes import minutes
from khue.domains.synthesis.models import Consultation, Meeting, Opinion, Report, Section, Synthesis, Theme

NOTES = """Chủ trì: Ông Trần Văn Hùng, Chủ tịch xã
Ông Hùng: Thống nhất mở quầy tiếp nhận vào sáng thứ Bảy.
Ông Hùng: Giao Văn phòng xã chuẩn bị danh sách người trực, xong trước ngày 30/11.
Bà Lan: Tôi sẽ gửi bảng phân công trong tuần này."""


def stored_synthesis(people: Any) -> Synthesis:
    made, is_new = Synthesis.objects.get_or_create(
        organisation=people.academy, owner=people.binh, title="tổng hợp sáu tháng", defaults={"stage": "done"}
    )
    if is_new:
        report = stored_report(people, made)
        quote = {
            "report": str(report.pk), "n": 0, "place": "Hà Tĩnh", "file": report.file_name, "page": 1, "told": True,
            "quote": report.passages[0]["text"],
        }  # fmt: skip
        group = {
            "text": quote["quote"], "state": "quoted", "reason": "", "citations": [quote], "members": [], "units": 1
        }  # fmt: skip
        Section.objects.create(synthesis=made, position=0, title="Kết quả", groups=[group], is_merged=True)
    return made


def stored_report(people: Any, synthesis: Synthesis | None = None) -> Report:
    held = synthesis or stored_synthesis(people)
    facts = {
        "file_name": "Hà Tĩnh.docx", "place": "Hà Tĩnh", "period": "2026-H1", "state": "read", "pages": 1,
        "pages_are_told": True, "title": "Báo cáo sáu tháng",
        "passages": [
            {"text": "Toàn tỉnh đã tiếp nhận 45.230 hồ sơ.", "page": 1, "heading": "", "is_row": False, "caption": ""}
        ],
    }  # fmt: skip
    made, is_new = Report.objects.get_or_create(synthesis=held, position=0, defaults=facts)
    if is_new:
        made.file.save("bao-cao.txt", ContentFile(b"Tinh"))
    return made


def stored_consultation(people: Any) -> Consultation:
    made, is_new = Consultation.objects.get_or_create(
        organisation=people.academy,
        owner=people.binh,
        title="Giờ mở cửa",
        defaults={"stage": "done", "file_name": "y.csv"},
    )
    if is_new:
        made.file.save("y.csv", ContentFile("Ý kiến\nMở thứ Bảy".encode()))
        theme = Theme.objects.create(consultation=made, name="Mở thứ Bảy")
        Opinion.objects.create(consultation=made, row=2, text="Mong mở cửa sáng thứ Bảy", theme=theme, group="Dân")
    return made


def stored_theme(people: Any) -> Theme:
    return stored_consultation(people).themes.all()[0]


def stored_opinion(people: Any) -> Opinion:
    return stored_consultation(people).opinions.all()[0]


def stored_meeting(people: Any) -> Meeting:
    day = datetime.date(2026, 11, 23)
    found = minutes(NOTES, day).as_json()
    for point in found["points"]:
        point |= {"text": point["quote"], "state": "quoted"}
    facts = {"notes": NOTES, "held_on": day, "minutes": found, "stage": "done"}
    return Meeting.objects.get_or_create(
        organisation=people.academy, owner=people.binh, title="họp giao ban", defaults=facts
    )[0]
