"""How a draft goes from hand to hand, and what of a model's words may stand. Plain Python."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum


class Stage(StrEnum):
    """Who drafts, who answers for the content, who checks the form, who signs (Decree 30/2020/NĐ-CP, 10 to 13)."""

    DRAFTING = "drafting"
    UNIT = "unit"
    OFFICE = "office"
    SIGNING = "signing"
    SIGNED = "signed"


ORDER = (Stage.DRAFTING, Stage.UNIT, Stage.OFFICE, Stage.SIGNING, Stage.SIGNED)


def after(stage: str) -> Stage | None:
    place = ORDER.index(Stage(stage))
    return ORDER[place + 1] if place + 1 < len(ORDER) else None


def before(stage: str) -> Stage | None:
    place = ORDER.index(Stage(stage))
    return ORDER[place - 1] if place and stage != Stage.SIGNED else None


# What a model may say ----------------------------------------------------------------------------

_CODE = re.compile(r"\b\d{1,5}/(?:\d{4}/)?[A-ZĐ][\wĐ&.-]*", re.UNICODE)
_DATE = re.compile(
    r"\b(?:ngày\s+)?\d{1,2}(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|/\d{1,2}/\d{4})|tháng\s+\d{1,2}/\d{4}"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%)?")
_UPPER = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper() and char.isalpha())
# capitals inside a sentence; those at its beginning say nothing
_NAME = re.compile(rf"(?<![.!?:;“\"\n]\s)(?<!^)\b[{_UPPER}][^\W\d_]*(?:\s+[{_UPPER}][^\W\d_]*)*", re.MULTILINE)


# capitals that name a kind of thing, not one thing
_KINDS = frozenset(
    "Quyết Nghị Thông Luật Bộ Kế Công Tờ Báo Chỉ Biên Hướng Chương Đề Dự Phương Quy Giấy Điều Mục Phần Phụ Nhà Nhân "
    "Đảng Quý Ông Bà Anh Chị".split()
)


def folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


# what a gap asks for: code, date, figure, name
_ASKED = {
    "vi": ("điền", "số, ký hiệu văn bản", "ngày tháng", "số", "tên"),
    "en": ("fill in", "reference", "date", "figure", "name"),
    "fr": ("à remplir", "référence", "date", "chiffre", "nom"),
}


def grounded(text: str, sources: Sequence[str], language: str = "vi") -> tuple[str, list[str]]:
    """The text with each code, date, figure and name that stands in no source replaced by a marked gap; and those."""
    gap, code, day, figure, name = _ASKED[language]
    held = folded(" ".join(sources))
    figures = {_bare(found) for found in _FIGURE.findall(" ".join(sources))}
    taken: list[str] = []

    def replaced(kind: str) -> Callable[[re.Match[str]], str]:
        def act(found: re.Match[str]) -> str:
            said = found.group().strip()
            if folded(said) in held or (kind == figure and _bare(said) in figures) or (kind == name and said in _KINDS):
                return found.group()
            taken.append(said)
            return f"[{gap}: {kind}]"

        return act

    parts = re.split(r"(\[[^\[\]]*\])", text)
    for form, kind in ((_CODE, code), (_DATE, day), (_FIGURE, figure), (_NAME, name)):
        parts = [
            each
            for part in parts
            for each in (
                [part] if part.startswith("[") else re.split(r"(\[[^\[\]]*\])", form.sub(replaced(kind), part))
            )
        ]
    return "".join(parts), taken


def _bare(figure: str) -> str:
    return re.sub(r"[\s%]", "", figure).strip(".,").lstrip("0")


_MONTHS = (
    "January|janvier", "February|février", "March|mars", "April|avril", "May|mai", "June|juin", "July|juillet",
    "August|août", "September|septembre", "October|octobre", "November|novembre", "December|décembre",
)  # fmt: skip


def in_figures(text: str) -> str:
    """Names of months in English and French as their numbers."""
    for number, names in enumerate(_MONTHS, 1):
        text = re.sub(rf"\b(?:{names})\b", str(number), text)
    return text


def lost(before_: str, after_: str) -> list[str]:
    """Figures, dates and codes of the first text that the second lacks, in any language; twice said, twice kept."""
    before_, after_ = in_figures(before_), in_figures(after_)
    kept = Counter(_bare(each) for each in _FIGURE.findall(after_))
    codes = [code for code in _CODE.findall(before_) if code not in after_]
    missing: list[str] = []
    for each in _FIGURE.findall(_CODE.sub(" ", before_)):
        kept[_bare(each)] -= 1
        missing += [each.strip()] if kept[_bare(each)] < 0 else []
    return list(dict.fromkeys([*codes, *missing]))


def short_citations(texts: Iterable[str]) -> list[str]:
    """The first citation of a document in full, the later ones by type and code (annex I, II.6.b)."""
    seen: set[str] = set()
    full = re.compile(
        r"(?P<short>(?:Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Công văn|Kế hoạch) số (?P<code>\d+/[\w/Đ&.-]+))"
        r" ngày \d{1,2} tháng \d{1,2} năm \d{4} của [^,;.]+"
    )

    def shortened(found: re.Match[str]) -> str:
        if found["code"] in seen:
            return found["short"]
        seen.add(found["code"])
        return found.group()

    return [full.sub(shortened, text) for text in texts]
