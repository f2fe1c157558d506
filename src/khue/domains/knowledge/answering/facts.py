"""What must stand in the cited text to the letter: numbers, dates, amounts, codes and legal references, in one form.

The same fact is written in many ways (1.234,5 and 1,234.5; 05/03/2026, "ngày 5 tháng 3 năm 2026" and "5 March 2026";
"60 ngày" and "sixty days"; "8.000 đồng" and "8.000 ₫"), so facts are compared, not their spelling.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from khue.domains.knowledge.answering.numerals import numerals

UNITS = {
    "day": "ngày day days jour jours",
    "month": "tháng month months mois",
    "year": "năm year years an ans année années",
    "week": "tuần week weeks semaine semaines",
    "hour": "giờ tiếng hour hours heure heures",
    "minute": "phút minute minutes",
    "percent": "% percent pour\u00a0cent phần\u00a0trăm",
    "vnd": "đồng ₫ đ vnd vnđ dong dongs",
    "eur": "€ euro euros",
    "usd": "$ usd dollar dollars đô\u00a0la",
    "copy": "bản copy copies exemplaire exemplaires",
}
UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names.split(" ") if name}
UNIT_OF = {name.replace("\u00a0", " "): unit for name, unit in UNIT_OF.items()}

MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

NUMERIC_DATE = re.compile(r"(?<![\w./-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\w/-])")
ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
VIETNAMESE_DATE = re.compile(
    r"(?:ngày\s+(?:mùng\s+|mồng\s+)?(\d{1,2})\s*(?:tháng\s+|/\s*))?(?<!\w)tháng\s+(\d{1,2})\s*(?:,?\s*năm\s+|/\s*)(\d{4})"
    r"|ngày\s+(?:mùng\s+|mồng\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?",
    re.IGNORECASE,
)
DAY_MONTH = re.compile(
    rf"(?<!\w)(\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?({_MONTH})(?:,?\s+(\d{{4}}))?(?!\w)", re.IGNORECASE
)
MONTH_DAY = re.compile(
    rf"(?<!\w)({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?(?!\w|[.,]\d)", re.IGNORECASE
)
MONTH_YEAR = re.compile(rf"(?<!\w)({_MONTH})\s+(?:of\s+)?(\d{{4}})(?!\w)", re.IGNORECASE)

CODE = re.compile(
    r"(?<![\w/.])(?:\d+(?:/\d{4})?/[A-ZĐƯ][\w&]*(?:-[A-ZĐƯ][\w&]*)*"  # 30/2020/NĐ-CP, 163/QĐ-BTP
    r"|\d{1,2}\.\d{6}(?:\.[\dA-Z.]*[\dA-Z])?"  # 1.001193
    r"|[A-Z]{1,5}-?\d{1,6}[A-Z]?(?:[-/][A-Z\d]+)*)(?!\w)"  # TK01, F10506
)
LEGAL = re.compile(
    r"(?<!\w)(điều|khoản|điểm|chương|mục|phụ lục|article|art\.|clause|paragraph|point|chapter|section|annex|appendix"
    r"|alinéa|paragraphe|chapitre|annexe)\s+(?:số\s+)?(\d+[a-zđ]?|[ivxlc]+|[a-zđ])(?!\w)",
    re.IGNORECASE,
)
LEGAL_KIND = {
    "điều": "article", "article": "article", "art.": "article",
    "khoản": "clause", "clause": "clause", "paragraph": "clause", "paragraphe": "clause", "alinéa": "clause",
    "điểm": "point", "point": "point", "chương": "chapter", "chapter": "chapter", "chapitre": "chapter",
    "mục": "section", "section": "section",
    "phụ lục": "annex", "annex": "annex", "appendix": "annex", "annexe": "annex",
}  # fmt: skip
NUMBER = re.compile(
    r"(?<![\w.,/])[-−]?(\d+(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[½¼¾])(?!\d)(½|¼|¾)?"
)
AT_ONCE = re.compile(
    r"(?<!\w)(?:trong ngày(?! *(?:\d|mùng|mồng))|within the day|(?:on )?the same day|same-day|le jour même"
    r"|dans la journée)(?!\w)",
    re.IGNORECASE,
)
FRACTION = {"½": 0.5, "¼": 0.25, "¾": 0.75}
SCALE = {
    "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9, "thousand": 1e3, "million": 1e6, "millions": 1e6,
    "billion": 1e9, "mille": 1e3, "milliard": 1e9, "milliards": 1e9, "trillion": 1e12,
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """`values` are all that the written form may mean (1.234 is 1234 in Vietnamese and 1.234 in English)."""

    kind: str  # number, date, code, article, clause, …
    written: str
    values: frozenset[float | str | tuple[int, int, int]]
    unit: str = ""
    start: int = 0

    def is_stated_by(self, other: "Fact") -> bool:
        if self.kind == "date":
            return other.kind == "date" and any(
                _date_within(mine, theirs) for mine in self.values for theirs in other.values
            )
        if self.kind == "number" and other.kind == "date":
            return not self.unit and any(value in _parts(date) for value in self.values for date in other.values)
        units_agree = not self.unit or not other.unit or self.unit == other.unit
        return self.kind == other.kind and units_agree and bool(self.values & other.values)


def _date_within(mine: object, theirs: object) -> bool:
    """A date may leave out what the source says more exactly; 0 is left out."""
    assert isinstance(mine, tuple) and isinstance(theirs, tuple)
    return all(a in (0, b) for a, b in zip(mine, theirs, strict=True))


def _parts(date: object) -> tuple[int, ...]:
    assert isinstance(date, tuple)
    return tuple(part for part in date if part)


def facts(text: str) -> list[Fact]:
    """Each fact once for each place where it stands; what has been read as a date or code is not read as a number."""
    found: list[Fact] = []
    rest = text
    for read in (_dates, _codes, _legal, _at_once):
        new = read(rest)
        found += new
        for fact in new:
            rest = rest[: fact.start] + "\x00" * len(fact.written) + rest[fact.start + len(fact.written) :]
    return sorted(found + _numbers(rest), key=lambda fact: fact.start)


def missing(claim: str, sources: Iterable[str]) -> list[Fact]:
    """The facts of `claim` that no source states."""
    stated = [fact for source in sources for fact in facts(source)]
    return [fact for fact in facts(claim) if not any(fact.is_stated_by(other) for other in stated)]


def _date(match: re.Match[str], year: str | None, month: int, day: str | None) -> Fact:
    value = (int(year or 0), month, int(day or 0))
    return Fact("date", match.group(), frozenset([value]), start=match.start())


def _dates(text: str) -> list[Fact]:
    found = [_date(m, m[3], int(m[2]), m[1]) for m in NUMERIC_DATE.finditer(text) if int(m[2]) <= 12]
    found += [_date(m, m[1], int(m[2]), m[3]) for m in ISO_DATE.finditer(text)]
    for m in VIETNAMESE_DATE.finditer(text):
        day, month, year = (m[1], m[2], m[3]) if m[2] else (m[4], m[5], m[6])
        found.append(_date(m, year, int(month), day))
    found += [_date(m, m[3], MONTHS[m[2].lower()], m[1]) for m in DAY_MONTH.finditer(text)]
    taken = {range(f.start, f.start + len(f.written)) for f in found}
    for pattern, order in ((MONTH_DAY, (3, 1, 2)), (MONTH_YEAR, (2, 1, 0))):
        for m in pattern.finditer(text):
            if any(m.start() in span or m.end() - 1 in span for span in taken):
                continue
            found.append(_date(m, m[order[0]], MONTHS[m[order[1]].lower()], m[order[2]] if order[2] else None))
            taken.add(range(m.start(), m.end()))
    return found


def _codes(text: str) -> list[Fact]:
    return [Fact("code", m.group(), frozenset([m.group().upper()]), start=m.start()) for m in CODE.finditer(text)]


def _legal(text: str) -> list[Fact]:
    return [
        Fact(LEGAL_KIND[m[1].lower()], m.group(), frozenset([m[2].lower()]), start=m.start())
        for m in LEGAL.finditer(text)
    ]


def _at_once(text: str) -> list[Fact]:
    """A time limit without a figure: "trong ngày" is not "3 ngày"."""
    return [Fact("at once", m.group(), frozenset(["the same day"]), start=m.start()) for m in AT_ONCE.finditer(text)]


TIME = ("day", "week", "month", "year", "hour", "minute")
# "tiếng" is a language too
_TIME_NAMES = "|".join(name for name, unit in UNIT_OF.items() if unit in TIME and name != "tiếng")
_TIME_WORD = re.compile(rf"(?<!\w)(?:{_TIME_NAMES})(?!\w)", re.IGNORECASE)
# "7 working days"
_TIME_AFTER = re.compile(
    rf"[\s\u00a0-]*(?:\([^)]{{1,30}}\)\s*)?(?:(?:working|business|calendar|consecutive|full)[\s-]+)?{_TIME_WORD.pattern}",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(rf"{_TIME_WORD.pattern}[\s\u00a0]+$", re.IGNORECASE)


def loose_units(text: str) -> set[str]:
    """Units of time that are named without a figure: "mỗi năm", "kể từ ngày nhận", but not "3 ngày" or "năm 2026"."""
    rest = text
    for fact in facts(text):
        before = _TIME_BEFORE.search(text[: fact.start])
        end = fact.start + len(fact.written)
        after = _TIME_AFTER.match(text, end) if fact.kind == "number" else None
        start, end = before.start() if before else fact.start, after.end() if after else end
        rest = rest[:start] + "\x00" * (end - start) + rest[end:]
    return {UNIT_OF[m.group().lower()] for m in _TIME_WORD.finditer(rest)}


def _numbers(text: str) -> list[Fact]:
    found = []
    for m in NUMBER.finditer(text):
        values = _values(m[1], m[2])
        end = m.end()
        scale, end = _scale(text, end)
        found.append(
            Fact("number", m.group(), frozenset(v * scale for v in values), _unit(text, m.start(), end), m.start())
        )
    for start, end, value in numerals(text):
        if "\x00" not in text[start:end]:
            scale, after = _scale(text, end)
            value_meant = frozenset([value * scale])
            found.append(Fact("number", text[start:end], value_meant, _unit(text, start, after), start))
    return found


def _values(written: str, fraction: str | None) -> set[float]:
    if written in FRACTION:
        return {FRACTION[written]}
    digits = re.sub(r"[\u00a0\u202f ]", "", written)
    values = set()
    for group, point in ((".", ","), (",", ".")):
        candidate = (
            digits.replace(group, "")
            if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?|\d+(?:\{point}\d+)?", digits)
            else None
        )
        if candidate is not None:
            values.add(float(candidate.replace(point, ".")))
    return {value + FRACTION[fraction] for value in values} if fraction else values


def _scale(text: str, end: int) -> tuple[float, int]:
    m = re.match(r"[\s\u00a0]*([^\W\d_]+)", text[end:])
    if m and m[1].lower() in SCALE:
        return SCALE[m[1].lower()], end + m.end()
    return 1.0, end


def _unit(text: str, start: int, end: int) -> str:
    if start and text[start - 1] in "$€₫":
        return UNIT_OF[text[start - 1]]
    after = re.match(
        r"[\s\u00a0-]*(?:\([^)]{1,30}\)\s*)?(?:de\s+)?([^\W\d_]+(?:\s[^\W\d_]+)?|[%€₫$])", text[end : end + 50]
    )
    if not after:
        return ""
    words = after[1].lower()
    return UNIT_OF.get(words) or UNIT_OF.get(words.split()[0], "")
