"""Words of the head: nation, motto, number, date, kind, subject, marks."""

import re
from collections.abc import Iterator

from khue.domains.drafting.nd30 import layout, wording
from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing import Placed
from khue.domains.drafting.nd30.reading import Paragraph

# "HÒA" and "HOÀ" are both in use: the decree itself writes either
NATIONS = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER = re.compile(r"Số:\s?(?P<number>[\d.…_\s]*)/\s?(?P<code>[^\s].*)$")
CODE = re.compile(r"[A-ZĐ][A-ZĐa-zđ0-9]*(?:-[A-ZĐƯƠÂĂÊÔ][A-ZĐƯƠÂĂÊÔa-zđ0-9.&]*)*$")
DAY = re.compile(
    r"(?P<place>.*?)(?P<comma>,?)\s*ngày\s+(?P<day>\S+)\s+tháng\s+(?P<month>\S+)\s+năm\s+(?P<year>\S+?)\.?$"
)
BLANK = re.compile(r"[.…_\s]*$")
# abbreviations of types that are hardly an agency's too
NEVER_AGENCIES = {"QĐ", "NQ", "TTr", "QyĐ", "CTr", "BGN", "BTT", "GUQ", "GGT", "GNP", "TB", "KH", "CV"}
# seen in transcriptions and in use, and not the decree's
WRONG_CODES = {"QCh": "QC", "QYĐ": "QyĐ", "DAn": "DA", "NP": "GNP", "CV": "", "TTR": "TTr", "CTR": "CTr", "TRS": "TrS"}


def check(placed: Placed) -> Iterator[Finding]:
    yield from _nation(placed)
    yield from _number(placed)
    yield from _day(placed)
    yield from _subject(placed)
    yield from _marks(placed)


def _cites(role: str) -> str:
    return layout.role(role).cites


def _nation(placed: Placed) -> Iterator[Finding]:
    if (found := placed.first("quoc-hieu")) and one_line(found.text).upper() not in NATIONS:
        yield Finding("wording", "1", one_line(found.text), NATIONS[0], at(found), cites=_cites("quoc-hieu"))
    if (found := placed.first("tieu-ngu")) and one_line(found.text) != MOTTO and not one_line(found.text).isupper():
        yield Finding("wording", "1", one_line(found.text), MOTTO, at(found), cites=_cites("tieu-ngu"))


# Number ----------------------------------------------------------------------------------------


def _number(placed: Placed) -> Iterator[Finding]:
    found = placed.first("so")
    if found is None:
        return
    text = one_line(found.text)
    parts = NUMBER.match(text)
    if parts is None:
        yield Finding("number-form", "3", text, "Số: 05/…", at(found), cites=_cites("so"))
        return
    yield from _digits(parts["number"].strip(), found)
    yield from _code(placed, parts["code"].strip(), found)


def _digits(number: str, found: Paragraph) -> Iterator[Finding]:
    if BLANK.fullmatch(number):
        return
    if not number.isdigit():
        yield Finding("number-form", "3", number, "01, 02, … 10", at(found), cites=_cites("so"))
    elif int(number) < 10 and len(number) < 2:
        yield Finding("leading-zero", "3", number, f"0{number}", at(found), cites=_cites("so"))
    elif number.startswith("0") and int(number) >= 10:
        yield Finding("leading-zero", "3", number, str(int(number)), at(found), cites=_cites("so"))


def _code(placed: Placed, code: str, found: Paragraph) -> Iterator[Finding]:
    groups = [group.strip() for group in re.split(r"[/-]", code)]
    if re.match(r"(?:19|20)\d\d\b", code):
        yield Finding("year-in-number", "3", code, code[4:].lstrip("/-"), at(found), cites=_cites("so"))
        return
    if " " in code or "/" in code or "–" in code or "_" in code:
        shown = "-".join(code.replace("–", "-").replace("/", "-").replace("_", "-").split())
        yield Finding("code-form", "3", code, re.sub(r"-+", "-", shown), at(found), cites=_cites("so"))
    elif any(group.islower() for group in groups if group):
        yield Finding("code-capitals", "3", code, code.upper(), at(found), cites=_cites("so"))
    first = groups[0] if groups else ""
    wanted = placed.kind.code if placed.kind else ""
    if first in WRONG_CODES:
        yield Finding("type-code", "3", first, WRONG_CODES[first] or "–", at(found), cites="Phụ lục III, Mục I")
    elif wanted and placed.kind and placed.kind.form != "plain" and first != wanted:
        yield Finding("type-code", "3", first, wanted, at(found), cites="Phụ lục III, Mục I")
    elif not wanted and placed.is_letter and first in NEVER_AGENCIES:
        yield Finding("type-code", "3", first, "–", at(found), cites="Mục II, khoản 3 điểm b")


# Date ------------------------------------------------------------------------------------------


def _day(placed: Placed) -> Iterator[Finding]:
    found = placed.first("ngay")
    if found is None:
        return
    text = one_line(found.text)
    parts = DAY.match(text)
    if parts is None:
        yield Finding("date-form", "4", text, "…, ngày 05 tháng 3 năm 2020", at(found), cites=_cites("ngay"))
        return
    place = parts["place"].strip()
    if not parts["comma"]:
        yield Finding("place-comma", "4", text, f"{place}, ngày …", at(found), cites=_cites("ngay"))
    if not place:
        yield Finding("place-name", "4", "none", "Địa danh", at(found), cites=_cites("ngay"))
    elif not wording.GAP.search(place) and any(
        word[:1].islower() for word in place.split() if word not in {"tỉnh", "xã", "phường", "thành", "phố"}
    ):
        yield Finding("place-capitals", "4", place, place.title(), at(found), cites=_cites("ngay"))
    yield from _digits_of_day(parts["day"], parts["month"], parts["year"], found)


def _digits_of_day(day: str, month: str, year: str, found: Paragraph) -> Iterator[Finding]:
    if BLANK.fullmatch(day) or BLANK.fullmatch(month):
        return
    values = [int(each) if each.isdigit() else 0 for each in (day, month, year.rstrip("."))]
    if not (1 <= values[0] <= 31 and 1 <= values[1] <= 12 and 1900 <= values[2] <= 2199):
        yield Finding("date-form", "4", f"{day}/{month}/{year}", "DD/MM/YYYY", at(found), cites=_cites("ngay"))
        return
    if day != f"{values[0]:02d}":
        yield Finding("leading-zero", "4", day, f"{values[0]:02d}", at(found), cites=_cites("ngay"))
    wanted = f"{values[1]:02d}" if values[1] < 3 else str(values[1])
    if month != wanted:
        yield Finding("month-zero", "4", month, wanted, at(found), cites=_cites("ngay"))


# Subject and marks -------------------------------------------------------------------------------


def _subject(placed: Placed) -> Iterator[Finding]:
    if found := placed.first("ve-viec"):
        text = one_line(found.text)
        if not text.startswith("V/v "):
            yield Finding("subject-start", "5b", text[:20], "V/v …", at(found), cites=_cites("ve-viec"))
        number = placed.first("so")
        if found.cell and number and number.cell and max(found.format.before, number.format.after) < 5.9 and (
            found.number - number.number == 1
        ):  # fmt: skip
            from khue.domains.drafting.nd30 import mending

            yield Finding("subject-gap", "5b", f"{found.format.before:g} pt", "6 pt", at(found),
                          cites=_cites("ve-viec"), mend=mending.paragraph(found.element, before=6))  # fmt: skip
    if (found := placed.all("trich-yeu")[-1] if placed.all("trich-yeu") else None) and one_line(found.text)[
        -1:
    ] in ".;,":
        yield Finding("subject-end", "5a", one_line(found.text)[-1], "none", at(found), severity="warning",
                      cites=_cites("trich-yeu"))  # fmt: skip
    if (found := placed.first("ten-loai")) and one_line(found.text)[-1:] in ".:;":
        yield Finding("title-end", "5a", one_line(found.text)[-1], "none", at(found), severity="warning",
                      cites=_cites("ten-loai"))  # fmt: skip


def _marks(placed: Placed) -> Iterator[Finding]:
    known = {"hoa toc", "thuong khan", "khan"}
    for found in placed.all("do-khan"):
        if fold(one_line(found.text)) not in known:
            yield Finding("wording", "10b", one_line(found.text), "HOẢ TỐC, THƯỢNG KHẨN, KHẨN", at(found),
                          cites=_cites("do-khan"))  # fmt: skip


def number_of(text: str) -> str:
    """For the register: "05" of "Số: 05/BNV-VP"."""
    found = NUMBER.match(one_line(text))
    return found["number"].strip() if found else wording.BLANK
