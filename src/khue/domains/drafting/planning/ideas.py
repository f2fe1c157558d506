"""A brief as ideas, one thing each: what somebody writes down in a few lines, or as notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.planning.stating import written_out

# "Viết công văn gửi …": said to the writer, not to who reads the letter
_ORDER = re.compile(
    r"^(?:(?:hãy|xin|nhờ|giúp tôi|please|merci de|veuillez)\s+)*"
    r"(?:viết|soạn thảo|soạn|dự thảo|làm|draft|write|prepare|rédigez|rédiger|écrire|écrivez)\b\s*"
    r"(?:(?:giúp|cho|một|tôi|cái|bản|tờ|a|an|the|une?|le|la)\s+)*"
    r"(?:công văn|thư công|thư|tờ trình|báo cáo|quyết định|thông báo|giấy mời|kế hoạch|biên bản|công điện|"
    r"official letter|letter|memo|report|reply|lettre|note|réponse)?(?:\s+(?:official|officielle?))?\s*[,:]?\s*",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^(?:kính\s+)?(?:gửi|trình|báo cáo(?=\s+(?:Ủy|Hội đồng|Sở|Bộ|Thanh tra|Chủ tịch|Tỉnh|Thành|Ban|Cục|Chính|Văn))|"
    r"to|à|au|aux)\s*(?:cho\s+|tới\s+|đến\s+|the\s+|la\s+|le\s+|l’|l')?:?\s*"
    r"(?P<to>(?-i:[A-ZÀ-ỸĐ])[^.;:\n]{2,160}?)"
    r"(?=\s*(?:[.;:\n]|$)|\s*,?\s+(?:đề nghị|yêu cầu|để|về|mời|xin|báo cáo|xem xét|asking|to ask|to|about|pour|afin|"
    r"demandant|au sujet)\b)\s*[.;:,]?\s*(?:để\s+|to\s+(?=ask)|pour\s+)?",
    re.IGNORECASE,
)
# where the name of an agency ends and what it is told begins
_MATTER = re.compile(
    r"\s+(?=(?:mua|cho|phê duyệt|ban hành|kết quả|công tác|tình hình|việc|cử|dự thảo|đề án|kế hoạch|thành lập|"
    r"bổ sung|cấp|hỗ trợ|xây dựng (?!dân)|sửa chữa|giao|tổ chức thi|danh sách|số liệu|tiến độ|thẩm định|chấp thuận|"
    r"thuê|rà soát)\s)|\s+(?=\d)"
)
_AGENCY = (
    r"(?:các\s|Ủy ban|UBND|Hội đồng|HĐND|Sở|Bộ|Ban|Cục|Chi cục|Trung tâm|Văn phòng|Công an|Thanh tra|Trường|Bệnh viện|"
    r"Phòng|Hội|Liên đoàn|Mặt trận|Viện|Học viện|Kho bạc|Ngân hàng|Công ty|Chủ tịch|Giám đốc|Đảng ủy|Tỉnh ủy|Thành ủy|"
    r"[Ôô]ng\s|[Bb]à\s)"
)
# after a ";": one more to whom, not something that is said of them
_SAYS = "đề nghị|yêu cầu|đã|chưa|sẽ|có|không|cần|được|phối hợp|chủ trì|chịu|cấp|gửi|là|phải"
_ALSO = re.compile(rf"^(?P<to>{_AGENCY}(?:(?!\b(?:{_SAYS})\b)[^.;:\d\n]){{2,100}})\s*(?:[.;]\s*|$)")
# what a report is about, not a sentence of it
_TITLED = re.compile(r"^(?:kết quả|công tác|tình hình|tổng kết|sơ kết)\s", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s+")
_LABEL = re.compile(r"^[^:]{2,40}:$")
_SENTENCE = re.compile(r"(?<=[^\W_][.!?…])\s+(?=[^\W\d_a-zà-ỹđ]|\d)")
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|tr|Ths|ThS|TS|PGS|GS|Mr|Mrs|Ms|Dr|M|Mme|No|art|v\.v)|\b[A-ZĐ])\.$")
_DAY = re.compile(r"(?:\bngày\s+)?\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b(?![/.,-]?\d)")
_HOUR = re.compile(r"\b(\d{1,2})\s?(?:h|g|giờ)\s?(\d{2})?\b(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Brief:
    """`to`: to whom, where the first line says so; `labels`: for each idea the heading that stood above it, or "";
    `titled`: the first idea says what the whole is about."""

    ideas: tuple[str, ...]
    to: tuple[str, ...] = ()
    labels: tuple[str, ...] = field(default=())
    titled: bool = False


def read(text: str, language: str = "vi", title: str = "") -> Brief:
    """`title`: of the type ("KẾ HOẠCH"); a first line that begins with it is what the whole is about."""
    to: tuple[str, ...] = ()
    found: list[tuple[str, str]] = []
    label, titled = "", False
    for line in written_out(text, language).replace("\r", "").splitlines():
        line = _BULLET.sub("", line.strip()).strip()
        if not line:
            continue
        if not found:
            line = _ORDER.sub("", line, count=1)
            if not to and (addressed := _TO.match(line)):
                name = _MATTER.split(addressed["to"], maxsplit=1)[0] if language == "vi" else addressed["to"]
                end = addressed.end() if name == addressed["to"] else addressed.start("to") + len(name)
                titled = line.lower().startswith(("báo cáo", "trình"))
                to, line = tuple(_names(name)), line[end:].strip(" ,:")
                while line and addressed.group().rstrip().endswith(";") and (also := _ALSO.match(line)):
                    to, line = (*to, also["to"].strip()), line[also.end() :]
                while line and addressed.group().rstrip().endswith(";") and (also := _ALSO.match(line)):
                    to, line = (*to, also["to"].strip()), line[also.end() :]
            bare = re.sub(rf"^{title}\s+(?!này|số)(?:về\s+(?:việc\s+)?)?", "", line, count=1, flags=re.IGNORECASE)
            titled = bool(title) and (titled or bare != line or bool(_TITLED.match(line)))
            line = bare if title else line
        if _LABEL.match(line):
            label = line.rstrip(":")
            continue
        found += [(label, _dated(one, language)) for one in sentences(line) if re.search(r"\w\w", one)]
    return Brief(tuple(one for _label, one in found), to, tuple(one for one, _idea in found), titled)


def sentences(line: str) -> list[str]:
    """A line as sentences; ";" parts them too. Abbreviations end none."""
    out: list[str] = []
    for piece in re.split(r";\s+|;$", line):
        for part in _SENTENCE.split(piece):
            if out and _ABBREVIATION.search(out[-1]) and part:
                out[-1] += f" {part}"
            elif part.strip():
                out.append(part.strip())
    return out


def _names(text: str) -> Iterator[str]:
    """ "Sở Văn hóa, Thể thao và Du lịch" is one."""
    begins = _AGENCY if re.match(_AGENCY, text.strip(" ,")) else "[A-ZÀ-ỸĐ]"
    for name in re.split(rf",\s+(?:và\s+)?(?={begins})|\s+(?:và|and|et)\s+(?={begins})", text.strip(" ,")):
        if name.strip():
            yield name.strip()


def _dated(text: str, language: str) -> str:
    """ "12/5/2026" → "ngày 12 tháng 5 năm 2026", "8h" → "08 giờ 00" (annex I, II.4.b)."""
    if language != "vi":
        return text

    def day(found: re.Match[str]) -> str:
        number, month, year = int(found[1]), int(found[2]), found[3]
        try:
            date(int(year or 2024), month, number)
        except ValueError:
            return found.group()
        if not year and not found.group().startswith("ngày") and "/" not in found.group():
            return found.group()
        said = wording.day(date(int(year or 2024), month, number))
        return said if year else said.rpartition(" năm ")[0]

    text = _DAY.sub(day, text)
    return _HOUR.sub(lambda found: f"{int(found[1]):02d} giờ {found[2] or '00'}", text)
