"""The document that is answered, as pasted or read from a file: who wrote, when, about what, what is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khue.domains.drafting.nd30.citing import CODE
from khue.domains.drafting.planning import support
from khue.domains.drafting.planning.ideas import sentences

_NUMBER = re.compile(rf"(?:Số|No\.?|N°|Réf\.?|Ref\.?)\s*:?\s*(?P<code>{CODE}|[\w./-]*\d[\w./-]*)", re.IGNORECASE)
_DAY = re.compile(
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\b\d{1,2}(?:er)? (?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre) \d{4}",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:V/v|Về việc|Subject|Re|Objet)\s*:?\s+(?P<about>[^\n]{4,200})", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:đề nghị|yêu cầu|kính mong|mong|xin ý kiến|cho biết|gửi về|please|could you|would you|we ask|kindly|"
    r"nous vous prions|veuillez|pourriez-vous|merci de|nous vous demandons)\b",
    re.IGNORECASE,
)
# an idea with this share of its words in what was asked answers it
ANSWERS = 0.35
_NATION = re.compile(r"CỘNG HÒA|CỘNG HOÀ|ĐỘC LẬP|HẠNH PHÚC|KÍNH GỬI|NƠI NHẬN", re.IGNORECASE)
_AGENCY = re.compile(
    r"^(BỘ|SỞ|CỤC|VỤ|BAN|PHÒNG|CHI CỤC|TỔNG CỤC|VĂN PHÒNG|TRƯỜNG|TRUNG TÂM|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|"
    r"HỘI ĐỒNG NHÂN DÂN|THANH TRA|HỌC VIỆN|VIỆN)\s+(.+)$"
)
_PLACE = re.compile(r"^(TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU)\s+(.+)$")


@dataclass(frozen=True)
class Incoming:
    """Empty where it is not said."""

    sender: str = ""
    code: str = ""
    day: str = ""
    about: str = ""
    asked: tuple[str, ...] = ()

    def cited(self, language: str, gap: str) -> str:
        """ "Công văn số 210/STC-VP ngày … của … về việc …"."""
        if language == "vi":
            day = self.day or f"ngày [{gap}: ngày của văn bản]"
            about = f" về việc {self.about}" if self.about else ""
            code = self.code or f"[{gap}: số, ký hiệu]"
            return f"Công văn số {code} {day} của {self.sender or f'[{gap}: cơ quan gửi]'}{about}"
        if language == "en":
            about = f" about {self.about}" if self.about else ""
            return f"your letter{' ' + self.code if self.code else ''}{' of ' + self.day if self.day else ''}{about}"
        about = f" concernant {self.about}" if self.about else ""
        return f"votre lettre{' ' + self.code if self.code else ''}{' du ' + self.day if self.day else ''}{about}"


def read(text: str) -> Incoming:
    code, day, about = _NUMBER.search(text), _DAY.search(text), _ABOUT.search(text)
    said = [one for line in text.splitlines() for one in sentences(line.strip()) if _ASKED.search(one)]
    asked = [one for one in said if not _ABOUT.match(one) and not one.lower().startswith("kính gửi")]
    return Incoming(
        sender=_sender(text),
        code=code["code"].strip("./") if code else "",
        day=day.group() if day else "",
        about=about["about"].strip(" .") if about else "",
        asked=tuple(asked[:8]),
    )


_AGREES = re.compile(
    r"nhất trí|thống nhất|đồng ý|không có ý kiến|agree|no objection|d’accord|sans objection", re.IGNORECASE
)
_OPINION = re.compile(r"góp ý|ý kiến|thống nhất|comments?|opinion|avis|observations", re.IGNORECASE)


def is_answered(asked: str, ideas: Sequence[str], language: str) -> bool:
    """One of the ideas speaks of what was asked, or agrees where an opinion was asked for."""
    agreed = bool(_OPINION.search(asked)) and any(_AGREES.search(idea) for idea in ideas)
    return agreed or any(support.share(idea, asked, language) >= ANSWERS for idea in ideas)


def _sender(text: str) -> str:
    """The last line in capitals above the number, as it would be written in a sentence."""
    head = _NUMBER.split(text, maxsplit=1)[0] if _NUMBER.search(text) else "\n".join(text.splitlines()[:6])
    pieces = [piece.strip(" *_") for line in head.splitlines() for piece in re.split(r"\t|\s{3,}|\|", line)]
    upper = [one for one in pieces if len(one) > 3 and one.isupper() and not _NATION.search(one)]
    if not upper:
        return ""
    name = " ".join(upper[-1].split())
    again = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.replace(upper[-1], "", 1), re.IGNORECASE)
    return again.group() if again and not again.group().isupper() else sentence_case(name)


def sentence_case(name: str) -> str:
    """ "SỞ TÀI CHÍNH" → "Sở Tài chính", "ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH" → "Ủy ban nhân dân tỉnh Nam Định"."""
    found = _AGENCY.match(name)
    if not found:
        return name.title()
    kind, rest = found.group(1).capitalize(), found.group(2)
    if place := _PLACE.match(rest):
        return f"{kind} {place.group(1).lower()} {place.group(2).title()}"
    parts = re.split(r"(\bvà\b)", rest.lower())
    return f"{kind} {''.join(part if part == 'và' else _first_upper(part) for part in parts)}"


def _first_upper(part: str) -> str:
    """ "giáo dục và đào tạo" → "Giáo dục và Đào tạo": each part of a name."""
    bare = part.lstrip()
    return part[: len(part) - len(bare)] + bare[:1].upper() + bare[1:]
