"""Events with a day, in their order."""

import datetime
import re
from collections.abc import Iterator

_DAY = re.compile(
    r"(?<!\w)ngày\s+(\d{1,2})\s*(?:tháng|/|-)\s*(\d{1,2})\s*(?:năm|/|-)\s*(\d{4})|(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)",
    re.IGNORECASE,
)
# the day of a document that is only cited says nothing of what happened
_CITED = re.compile(
    r"(?:số\s*:?\s*[\w./]+-?[\w-]*|nghị quyết|quyết định|nghị định|thông tư|kế hoạch|công văn|chỉ thị|luật)"
    r"[^,;.]{0,60}$",
    re.IGNORECASE,
)


def days(sentence: str) -> Iterator[datetime.date]:
    for match in _DAY.finditer(sentence):
        if _CITED.search(sentence[: match.start()]):
            continue
        day, month, year = (int(part) for part in match.groups() if part)
        try:
            yield datetime.date(year, month, day)
        except ValueError:
            continue
