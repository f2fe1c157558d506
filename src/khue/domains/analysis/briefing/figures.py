"""Figures in running text, as Vietnamese, French and English write them."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SPACES = "\u00a0\u202f "
_FIGURE = re.compile(rf"(?<![\w/.,-])[-−]?\d+(?:[.,{_SPACES}]\d{{3}})*(?:[.,]\d+)?(?:\s?%)?(?![\w/]*[/]\d)")
_TIMES = {
    "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "thousand": 3, "million": 6, "billion": 9,
    "mille": 3, "millions": 6, "milliard": 9, "milliards": 9,
}  # fmt: skip
_AFTER = re.compile(r"[\s\u00a0]?(\w+)")
# what a number after these words names is a place in something, not a figure
_NAMES = re.compile(
    r"(?:điều|khoản|chương|mục|quý|tháng|ngày|năm|bước|phương án|option|article|section|quarter|step|year|étape|"
    r"trimestre|année|q|95)\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """`value` as meant ("12,5 %" is 12.5 with `percent`; "3 triệu" has `power` 6 and value 3)."""

    start: int
    end: int
    text: str
    value: Decimal
    decimals: int
    percent: bool
    power: int = 0


def figures(text: str, language: str) -> list[Figure]:
    """Without years, dates, numbers of lists and of articles."""
    found = []
    for match in _FIGURE.finditer(text):
        figure = _figure(match, text, language)
        if figure and not _is_name(figure, text):
            found.append(figure)
    return found


def _figure(match: re.Match[str], text: str, language: str) -> Figure | None:
    shown = match[0].rstrip()
    percent = shown.endswith("%")
    digits = shown.rstrip("%").rstrip(_SPACES).replace("−", "-")
    plain = plain_number(digits, language)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    decimals = len(plain.partition(".")[2])
    after = _AFTER.match(text, match.start() + len(shown))
    power = _TIMES.get(after[1].casefold(), 0) if after and not percent else 0
    return Figure(match.start(), match.start() + len(shown), shown, value, decimals, percent, power)


def plain_number(digits: str, language: str) -> str:
    """ "1.234,5" in Vietnamese, "1 234,5" in French, "1,234.5" in English → "1234.5"."""
    for space in _SPACES:
        digits = digits.replace(space, "")
    thousands, point = (",", ".") if language == "en" else (".", ",")
    if point not in digits and digits.count(thousands) == 1 and len(digits.partition(thousands)[2]) != 3:
        # no thousands: somebody wrote the other language's point
        thousands, point = point, thousands
    return digits.replace(thousands, "").replace(point, ".")


def _is_name(figure: Figure, text: str) -> bool:
    before = text[: figure.start]
    if figure.text.isdigit() and len(figure.text) == 4 and 1900 <= int(figure.text) <= 2100:
        return True
    line = before.rpartition("\n")[2]
    if not line.strip() and text[figure.end : figure.end + 1] in {".", ")"}:
        return True
    return bool(_NAMES.search(before)) and not figure.percent and figure.decimals == 0
