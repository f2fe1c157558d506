"""The body's numbers, endings, headings."""

import re
from collections.abc import Iterator, Sequence

from khue.domains.drafting.nd30 import layout, wording
from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing import Placed
from khue.domains.drafting.nd30.reading import Paragraph

CITES = "Mục II, khoản 6 điểm đ"
ARTICLE = re.compile(r"(?P<word>Điều|ĐIỀU|điều)\s+(?P<number>\S+?)(?P<end>[.:])(?:\s|$)")
CLAUSE = re.compile(r"(?P<number>\d{1,3})(?P<end>[.)])\s")
POINT = re.compile(r"(?P<letter>[a-zđ])(?P<number>\d?)(?P<end>\)|\.)\s")
ROMAN = re.compile(r"(?P<number>[IVXL]+)\s*(?P<end>[.)])\s")
PART = re.compile(
    r"(?P<word>Phần|Chương|PHẦN|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC)\s+(?P<number>[IVXL]+|\d+|thứ \w+)(?P<rest>.*)$"
)
WHERE_BELOW = {"phan": ("muc", "khoan", "diem"), "muc": ("khoan", "diem"), "dieu": ("khoan", "diem"),
               "muc-la-ma": ("khoan", "diem"), "khoan": ("diem",), "khoan-tieu-de": ("diem",)}  # fmt: skip


def check(placed: Placed) -> Iterator[Finding]:
    yield from _bases(placed)
    for part in [placed.body, *placed.annexes]:
        yield from _counted(part)
    yield from _headings(placed)
    yield from _lists(placed)


def _bases(placed: Placed) -> Iterator[Finding]:
    bases = placed.all("can-cu")
    for index, base in enumerate(bases):
        text = one_line(base.text)
        last = index + 1 == len(bases)
        if not text.endswith("." if last else ";"):
            yield Finding("list-end", "6", text[-1:], "." if last else ";", at(base), cites="Mục II, khoản 6 điểm a")
        yield from _cited_basis(base, text)


def _cited_basis(base: Paragraph, text: str) -> Iterator[Finding]:
    """Laws and ordinances by name only; others with number, issuer and date."""
    said = fold(text)
    if re.match(r"can cu (?:bo )?luat |can cu phap lenh ", said) and re.search(r"\bsố \d+/\d{4}/", text):
        yield Finding("law-number", "6", text[:60], "Luật …", at(base), severity="warning",
                      cites="Mục II, khoản 6 điểm a")  # fmt: skip
    elif re.match(r"can cu (?:nghi dinh|thong tu|quyet dinh|nghi quyet|chi thi|ke hoach|cong van)\b", said):
        if not re.search(r"số\s+\S*/", text):
            yield Finding("basis-number", "6", text[:60], "số, ký hiệu", at(base), cites="Mục II, khoản 6 điểm a")
        elif not re.search(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", text):
            yield Finding(
                "basis-date", "6", text[:60], "ngày … tháng … năm …", at(base), cites="Mục II, khoản 6 điểm a"
            )


# Counting --------------------------------------------------------------------------------------


def _counted(part: Sequence[Paragraph]) -> Iterator[Finding]:
    """Numbers follow each other; below a higher one they begin anew."""
    counts: dict[str, int] = {}
    articles = any(one.role == "dieu" for one in part)
    for paragraph in part:
        key = "khoan" if paragraph.role == "khoan-tieu-de" else paragraph.role
        for lower in WHERE_BELOW.get(paragraph.role, ()):
            counts[lower] = 0
        if key not in COUNTERS:
            continue
        counts[key] = counts.get(key, 0) + 1
        yield from COUNTERS[key](paragraph, counts, articles)


def _article(paragraph: Paragraph, counts: dict[str, int], articles: bool) -> Iterator[Finding]:
    found = ARTICLE.match(one_line(paragraph.text))
    if found is None:
        return
    number, wanted = found["number"], counts["dieu"]
    if found["word"] != "Điều":
        yield Finding("heading-word", "6", found["word"], "Điều", at(paragraph), cites=CITES)
    if found["end"] != ".":
        yield Finding("number-end", "6", found["end"], ".", at(paragraph), cites=CITES)
    if not number.isdigit():
        yield Finding("number-kind", "6", number, str(wanted), at(paragraph), cites=CITES)
    elif int(number) != wanted:
        yield Finding("sequence", "6", f"Điều {number}", f"Điều {wanted}", at(paragraph), cites=CITES)
        counts["dieu"] = int(number)


def _clause(paragraph: Paragraph, counts: dict[str, int], articles: bool) -> Iterator[Finding]:
    found = CLAUSE.match(one_line(paragraph.text) + " ")
    if found is None:
        return
    number, wanted = int(found["number"]), counts["khoan"]
    if found["end"] != ".":
        yield Finding("number-end", "6", f"{number}{found['end']}", f"{number}.", at(paragraph), cites=CITES)
    if number != wanted and not (number == 1 and not articles):
        yield Finding("sequence", "6", f"{number}.", f"{wanted}.", at(paragraph), cites=CITES)
    counts["khoan"] = number


def _point(paragraph: Paragraph, counts: dict[str, int], articles: bool) -> Iterator[Finding]:
    found = POINT.match(one_line(paragraph.text) + " ")
    if found is None:
        return
    letter, wanted = found["letter"], wording.letter(counts["diem"] - 1)
    if found["end"] != ")":
        yield Finding("number-end", "6", f"{letter}{found['end']}", f"{letter})", at(paragraph), cites=CITES)
    if letter + found["number"] != wanted:
        if letter == "a":
            counts["diem"] = 1
            return
        yield Finding("sequence", "6", f"{letter})", f"{wanted})", at(paragraph), cites=CITES)
        if letter in wording.LETTERS:
            counts["diem"] = wording.LETTERS.index(letter) + 1


def _roman(paragraph: Paragraph, counts: dict[str, int], articles: bool) -> Iterator[Finding]:
    found = ROMAN.match(one_line(paragraph.text))
    if found is None:
        return
    number, wanted = wording.arabic(found["number"]), counts["muc-la-ma"]
    if found["end"] != ".":
        yield Finding("number-end", "6", f"{found['number']}{found['end']}", f"{found['number']}.", at(paragraph),
                      cites="Mục V, số 6 điểm b")  # fmt: skip
    if number != wanted and number != 1:
        yield Finding("sequence", "6", found["number"], wording.roman(wanted), at(paragraph), cites=CITES)
    counts["muc-la-ma"] = number or wanted


COUNTERS = {"dieu": _article, "khoan": _clause, "diem": _point, "muc-la-ma": _roman}


# Headings --------------------------------------------------------------------------------------


def _headings(placed: Placed) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for paragraph in sorted(placed.all("phan", "muc"), key=lambda one: one.number):
        found = PART.match(one_line(paragraph.text))
        if found is None:
            continue
        word = found["word"].capitalize()
        counts[word] = counts.get(word, 0) + 1
        if word in {"Phần", "Chương"}:
            counts["Mục"] = counts["Tiểu mục"] = 0
        if word == "Mục":
            counts["Tiểu mục"] = 0
        yield from _heading(paragraph, found, word, counts, placed)


def _heading(
    paragraph: Paragraph, found: re.Match[str], word: str, counts: dict[str, int], placed: Placed
) -> Iterator[Finding]:
    number, is_high = found["number"], word in {"Phần", "Chương"}
    value = wording.arabic(number) if not number.isdigit() else int(number)
    wanted = wording.roman(counts[word]) if is_high else str(counts[word])
    if is_high == number.isdigit() or (not is_high and not number.isdigit()):
        yield Finding("number-kind", "6", number, wording.roman(value) if is_high else str(value), at(paragraph),
                      cites=CITES)  # fmt: skip
    elif value != counts[word]:
        yield Finding("sequence", "6", f"{word} {number}", f"{word} {wanted}", at(paragraph), cites=CITES)
        counts[word] = value
    if found["rest"].strip(" .:"):
        yield Finding("own-line", "6", one_line(paragraph.text)[:60], f"{word} {number}", at(paragraph), cites=CITES)
    elif not any(one.number - paragraph.number in (1, 2) for one in placed.all("tieu-de")):
        yield Finding("heading-title", "6", "none", layout.role("tieu-de").name, at(paragraph), cites=CITES)


def _lists(placed: Placed) -> Iterator[Finding]:
    """Addressees: one a line, ";" behind each, "." behind the last."""
    listed = placed.all("kinh-gui-noi")
    for index, each in enumerate(listed):
        text, last = one_line(each.text), index + 1 == len(listed)
        if not text.endswith("." if last else ";"):
            yield Finding(
                "list-end", "9a", text[-1:], "." if last else ";", at(each), cites=layout.role("kinh-gui").cites
            )
        if not text.startswith("-"):
            yield Finding("list-dash", "9a", text[:1], "-", at(each), cites=layout.role("kinh-gui").cites)
    for head in placed.all("kinh-gui", "kinh-gui-nhieu"):
        text = one_line(head.text)
        if fold(text).startswith("kinh gui") and not re.match(r"Kính gửi\s?:", text):
            yield Finding("colon", "9a", text[:12], "Kính gửi:", at(head), cites=layout.role("kinh-gui").cites)
