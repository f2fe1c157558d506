"""Citations of documents by their code: "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TYPE = (
    r"(?:Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Công văn|Công điện|Thông báo|"
    r"Báo cáo|Tờ trình|Hướng dẫn|Chương trình|Đề án|Quy chế|Quy định|Luật|Pháp lệnh|Lệnh)"
)
CODE = r"\d{1,5}/(?:\d{4}/)?[A-ZĐƯ][A-ZĐƯa-zđ]*\d*(?:-[A-ZĐƯa-zđ.&]+\d*)*"
CITATION = re.compile(rf"(?P<type>{TYPE})\s+(?:số:?\s+)?(?P<code>{CODE})")
DAY = re.compile(r"ngày\s+\d{1,2}\s*(?:tháng\s+|[/-])\d{1,2}\s*(?:năm\s+|[/-])\d{4}")


@dataclass(frozen=True)
class Citation:
    """`text`: type and code; `rest`: what follows in the same clause."""

    type: str
    code: str
    rest: str

    @property
    def text(self) -> str:
        return f"{self.type} số {self.code}"


def citations(text: str) -> Iterator[Citation]:
    found = list(CITATION.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)]
    for each, end in zip(found, ends, strict=True):
        yield Citation(each["type"], each["code"], text[each.end() : end].partition(";")[0])


def is_full(citation: Citation) -> bool:
    """Date and issuer; laws need neither."""
    if citation.type in {"Luật", "Pháp lệnh"}:
        return True
    day = DAY.search(citation.rest)
    return bool(day and day.start() < 40 and " của " in citation.rest[: day.end() + 40])
