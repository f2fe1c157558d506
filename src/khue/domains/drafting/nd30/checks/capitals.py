"""Capitals of annex II: phrases that are always written in one way (capitals.yaml), and what follows a form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import one_line
from khue.domains.drafting.nd30.layout import HERE
from khue.domains.drafting.nd30.reading import Paragraph

_UP = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper())
_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|Trương|Đinh|Lâm|"
    "Phùng|Mai|Tô|Tạ|Hà|Cao|Châu|Thái|Lương|Tôn|Triệu|Quách|Kiều|Nông|Giàng|Lò|Hứa|Chu|Thân"
)
_TITLES = (
    "bộ trưởng|thứ trưởng|phó thủ tướng|thủ tướng|phó chủ tịch|chủ tịch|phó giám đốc|giám đốc|phó cục trưởng|"
    "cục trưởng|vụ trưởng|chánh văn phòng|trưởng phòng|phó trưởng phòng|phó hiệu trưởng|hiệu trưởng|bí thư|"
    "phó giáo sư|giáo sư|tiến sĩ|thạc sĩ|viện trưởng|chánh án|đại tá|thiếu tướng|trung tướng|thượng tướng|đại tướng"
)
_STEMS = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
_BRANCHES = "tý|sửu|dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi"
_DOCUMENTS = "nghị định|thông tư|quyết định|nghị quyết|pháp lệnh|chỉ thị|công văn|tờ trình|báo cáo|kế hoạch|luật"
_KINDS = "Tỉnh|Huyện|Thị xã|Xã|Thị trấn"
_LAND = "Biển|Sông|Chợ|Vịnh|Núi|Đèo|Đảo"


@dataclass(frozen=True)
class Form:
    """`wanted` gives what the first group should be."""

    form: re.Pattern[str]
    wanted: Callable[[str], str]
    cites: str
    # at the beginning of a sentence it is right
    inner: bool = False


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _all(text: str) -> str:
    return " ".join(_capital(word.lower()) for word in text.split())


FORMS = (
    Form(re.compile(r"\b(Điểm|Khoản) (?=[a-zđ\d]{1,3}\b)"), str.lower, "Phụ lục II, Mục V, khoản 7", inner=True),
    Form(
        re.compile(
            r"\b(?<!Tiểu )(điều|chương|phần|mục|tiểu mục) (?=(?:\d+|[IVXL]+)\b)"
            r"(?=\S+ (?:của|Điều|Chương|Mục|Phần|Nghị|Luật|Quyết|Thông|Quy|Bộ luật|này))"
        ),
        _capital,
        "Phụ lục II, Mục V, khoản 7",
    ),
    Form(
        re.compile(rf"(?<![-{_UP}] )\b((?:{_KINDS})) (?=[{_UP}][^\W\d_]+ [{_UP}])(?!(?:{_FAMILY})\b)"),
        str.lower,
        "Phụ lục II, Mục III, khoản 1 điểm a",
        inner=True,
    ),
    Form(re.compile(r"\b(quận|phường) (?=\d)"), _capital, "Phụ lục II, Mục III, khoản 1 điểm b"),
    Form(re.compile(r"\b(phường|xã|quận) (?=Điện Biên Phủ|Hai Bà Trưng|Trần Hưng Đạo|Lê Lợi|Quang Trung)"), _capital,
         "Phụ lục II, Mục III, khoản 1 điểm b"),
    Form(
        re.compile(rf"\b({_LAND}) (?=[{_UP}][^\W\d_]+ [{_UP}])"), str.lower, "Phụ lục II, Mục III, khoản 1 điểm d",
        inner=True,
    ),
    Form(
        re.compile(rf"\b((?:{_FAMILY}) (?:văn|thị|hữu|đức|đình|thanh|minh|ngọc|quang|xuân|công|bá|duy))(?= [{_UP}])"),
        _all,
        "Phụ lục II, Mục II, khoản 1",
    ),
    Form(
        re.compile(rf"\b(?:[Ôô]ng|[Bb]à|đồng chí) ((?:{_FAMILY.lower()})(?: [^\W\d_]+){{1,2}})(?=[,.;)]|$)"),
        _all,
        "Phụ lục II, Mục II, khoản 1",
    ),
    Form(re.compile(rf"(?<![^\W\d_] phó )\b({_TITLES}) (?=(?:{_FAMILY}) [{_UP}])"), _capital,
         "Phụ lục II, Mục V, khoản 3"),
    Form(re.compile(rf"\b({_DOCUMENTS}) (?=số:? ?\d+/)"), _capital, "Phụ lục II, Mục V, khoản 6"),
    Form(re.compile(r"(?<!Bộ )(?<!bộ )(?<!dự án )(?<!dự thảo )\b(luật|bộ luật) (?=[A-ZĐ][^\W\d_]+ [^\W\d_])"), _capital,
         "Phụ lục II, Mục V, khoản 6"),
    Form(re.compile(r"\b[Hh]uân chương [^,.;]{3,30} hạng (nhất|nhì|ba)\b"), _capital, "Phụ lục II, Mục V, khoản 2"),
    Form(re.compile(rf"\b(?:năm|xuân|Xuân|[Tt]ết) ((?:{_STEMS}) (?:{_BRANCHES}))\b", re.IGNORECASE), _all,
         "Phụ lục II, Mục V, khoản 8 điểm a"),
    Form(re.compile(r"\b(?:sáng|chiều|tối|ngày|vào) thứ (hai|ba|tư|năm|sáu|bảy)\b"), _capital,
         "Phụ lục II, Mục V, khoản 8 điểm c"),
    Form(re.compile(r"(?<!\d )\btháng (giêng|tư|tám|chạp)\b"), _capital, "Phụ lục II, Mục V, khoản 8 điểm c"),
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    text: str
    cites: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def _phrases() -> dict[str, Phrase]:
    groups: list[dict[str, Any]] = yaml.safe_load((HERE / "capitals.yaml").read_text(encoding="utf-8"))
    return {
        _key(text): Phrase(text, group["cites"], tuple(group.get("before", ())), tuple(group.get("after", ())))
        for group in groups
        for text in group["phrases"]
    }


@cache
def _any_phrase() -> re.Pattern[str]:
    """The longer first; both places of the mark in "oa" and "uy"."""
    words = sorted((one.text for one in _phrases().values()), key=len, reverse=True)
    told = "|".join(re.escape(word).replace("Ủy", "(?:Ủy|Uỷ)").replace("Tòa", "(?:Tòa|Toà)") for word in words)
    return re.compile(rf"(?<![\w-])(?:{told.replace(chr(92) + ' ', ' ')})(?![\w-])", re.IGNORECASE)


def _key(text: str) -> str:
    return text.lower().replace("uỷ", "ủy").replace("toà", "tòa")


def check(paragraph: Paragraph) -> Iterator[Finding]:
    text = one_line(paragraph.text)
    if text.isupper():
        return
    seen: set[int] = set()
    for found in _any_phrase().finditer(text):
        one = _phrases()[_key(found.group())]
        wanted = one.text if _key(found.group()) == found.group().lower() else _as_spelt(found.group(), one.text)
        if _fits(found.group(), wanted, _begins(text, found.start())) or _is_else(text, found, one):
            continue
        seen |= set(range(found.start(), found.end()))
        yield _cased(paragraph, found.group(), wanted, one.cites)
    for form in FORMS:
        for found in form.form.finditer(text):
            wanted = form.wanted(found.group(1))
            inside = found.start(1) in seen or (form.inner and _begins(text, found.start(1)))
            if wanted != found.group(1) and not inside:
                yield _cased(paragraph, found.group(1), wanted, form.cites)


def _as_spelt(found: str, wanted: str) -> str:
    """With the marks as they stand: "UỶ BAN" is not told to be "Ủy"."""
    return "".join(one.upper() if other.isupper() else one.lower() for one, other in zip(found, wanted, strict=True))


def _fits(found: str, wanted: str, begins: bool) -> bool:
    return found == wanted or found.isupper() or (begins and found == _capital(wanted))


def _is_else(text: str, found: re.Match[str], one: Phrase) -> bool:
    before, after = text[: found.start()].lower().rstrip(), text[found.end() :].lower().lstrip()
    return before.endswith(one.before) or after.startswith(one.after) if one.before or one.after else False


def _begins(text: str, place: int) -> bool:
    """Whether a sentence, a quotation or a line of a list begins here."""
    before = text[:place].rstrip()
    return not before or before.endswith((".", ":", "!", "?", "-", "–", "“", '"', "(", ";", ")"))


def _cased(paragraph: Paragraph, found: str, expected: str, cites: str) -> Finding:
    return Finding("annex-2", "6", found, expected, at(paragraph), severity="warning", cites=cites)
