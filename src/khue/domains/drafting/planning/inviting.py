"""Whom, to what, when, where, under whom: the lines of an invitation as a brief says them."""

import re
from collections.abc import Sequence

_PART = r"[^.;\n]+?"
_GUESTS = re.compile(
    rf"(?:trân trọng )?(?:kính )?mời:?\s+(?P<guests>{_PART}),?\s+(?:(?:đến|tới)\s+)?(?:tham\s+)?dự\s+(?P<event>{_PART})"
    r"(?=$|[.;\n]|,?\s+(?:lúc|vào|ngày|tại|từ|\d{2} giờ)\b)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:lúc |từ |vào )?(?P<time>\d{2} giờ \d{2}(?: phút)?(?:\s+(?:sáng|chiều|tối))?,?\s+(?:ngày|thứ)[^,;.\n]*?\d{4}"
    r"|\d{2} giờ \d{2},?\s+ngày \d{1,2} tháng \d{1,2}|ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?)",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"(?:\btại\s*:?\s+|địa điểm\s*:\s*|,\s*(?=(?:phòng|hội trường|trụ sở|nhà)\b))(?P<venue>[^,;.\n]+)", re.IGNORECASE
)
_CHAIR = re.compile(
    rf"chủ trì\s*:\s*(?P<after>{_PART})(?=$|[.;\n])|(?:^|[,;.\n]\s*)(?:do\s+)?(?P<before>(?:ông|bà|đồng chí)\s"
    r"[^.;\n]+?)\s+(?:làm\s+)?chủ trì",
    re.IGNORECASE,
)


def particulars(ideas: Sequence[str]) -> dict[str, str]:
    """Only what is said; every value stands in the brief to the letter."""
    text = "\n".join(idea.strip(" .;") for idea in ideas)
    found: dict[str, str] = {}
    if guests := _GUESTS.search(text):
        found |= {"guests": guests["guests"].strip(" ,"), "event": guests["event"].strip(" ,")}
    if time := _TIME.search(text):
        found["time"] = time["time"].strip()
    if venue := _VENUE.search(text):
        found["venue"] = venue["venue"].strip()
    if chair := _CHAIR.search(text):
        found["chair"] = (chair["after"] or chair["before"]).strip(" ,")
    return found
