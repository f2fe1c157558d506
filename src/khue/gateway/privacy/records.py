"""Rows of lists and tables: beside a person, a bare number or date says what it is without a label."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from khue.gateway.privacy.dates import MONTHS
from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.identifiers import is_tax_code
from khue.gateway.privacy.page import Page

DATE = (
    r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d{2}|(?:19|20)\d{2}[/.\-]\d{2}[/.\-]\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)? (?:{MONTHS})\.?,? (?:19|20)\d{{2}}"
)
CELL = re.compile(
    r"(?:^|(?<=[|;,/•\t(–—])|(?<= - )|(?<=[ \t]{2}))[ \t]*"
    rf"(?:(?P<born>{DATE})|(?P<passport>[a-z]\d{{7,8}}|\d{{2}}[a-z]{{2}}\d{{5}})"
    r"|(?P<year>(?:19|20)\d{2})|(?P<digits>\d{9,10}))(?=[ \t]*(?:[|;,/\t)–—]| -|$))",
    re.MULTILINE,
)
# Trần Khởi My 13/12/1970 tổ 4
BORN_AFTER = re.compile(rf"[ \t]*[|;,/\t(–—\-]?[ \t]*(?:sn|ns|sinh)?[ \t]*({DATE})(?![^\W_])")
YEAR_AFTER = re.compile(r" ?\(((?:19|20)\d{2})\)")
KIN = re.compile(
    r"(?<![a-z])(?:con|chau|vo|chong|cha|me|bo|children|child|sons?|daughters?|wife|husband|enfants?"
    r"|fils|filles?|epouse|epoux|family|famille|thanh vien|nhan khau)(?![a-z])"
)
KIN_REACH = 60
BANK = re.compile(
    r"(?<![a-z])(?:bank|ngan hang|ck|ct|mbvcb|"
    r"chuyen khoan|chuyen tien|stk|vcb|vietcombank|techcombank|tcb|bidv|agribank"
    r"|vietinbank|acb|mb|mbbank|vpbank|tpbank|sacombank|hdbank|vib|msb|shb|ocb|scb|napas|transfer|virement|wire)(?![a-z])"
)
BANK_REACH = 80
ACCOUNT = re.compile(r"(?<![^\W_])\d{8,16}(?![^\W_])")
PERSONAL = frozenset({Kind.BIRTH_DATE, Kind.CCCD, Kind.CMND, Kind.PHONE, Kind.PASSPORT, Kind.EMAIL, Kind.ADDRESS})


def find(page: Page, found: Iterable[Finding]) -> Iterator[Finding]:
    """What stands beside the persons among the findings."""
    by_line: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for each in found:
        by_line[_line(page.text, each.start)].append(each)
    for (start, end), row in by_line.items():
        if end - start > 2000:
            continue
        people = [each for each in row if each.type is Kind.PERSON]
        if people:
            yield from _births(page, people, end)
            yield from _cells(page, row, start, end)
            yield from _accounts(page, row, start, end)


def _line(text: str, place: int) -> tuple[int, int]:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _births(page: Page, people: list[Finding], end: int) -> Iterator[Finding]:
    years = []
    for person in people:
        if born := BORN_AFTER.match(page.plain, person.end, end):
            yield _finding(page, born.start(1), born.end(1), Kind.BIRTH_DATE, 0.7)
        elif year := YEAR_AFTER.match(page.text, person.end, end):
            years.append((person, year))
    for person, year in years:
        if len(years) > 1 or KIN.search(page.plain, max(0, person.start - KIN_REACH), person.start):
            yield _finding(page, year.start(1), year.end(1), Kind.BIRTH_DATE, 0.7)


def _cells(page: Page, row: list[Finding], start: int, end: int) -> Iterator[Finding]:
    cells = list(CELL.finditer(page.plain, start, end))
    is_personal = any(each.type in PERSONAL for each in row) or any(cell["born"] or cell["passport"] for cell in cells)
    has_birth = any(each.type is Kind.BIRTH_DATE for each in row)
    people = sum(each.type is Kind.PERSON for each in row)
    for cell in cells:
        name = cell.lastgroup or ""
        if name == "born" and people == 1 and not has_birth and len(cells) > 1:
            yield _finding(page, *cell.span(name), Kind.BIRTH_DATE, 0.65)
        elif name == "passport" and is_personal:
            yield _finding(page, *cell.span(name), Kind.PASSPORT, 0.65)
        elif name == "digits" and is_personal:
            yield _finding(page, *cell.span(name), _kind(cell[name]), 0.5)


def _kind(digits: str) -> Kind:
    if len(digits) == 9:
        return Kind.CMND
    return Kind.TAX_CODE if is_tax_code(digits) else Kind.SOCIAL_INSURANCE


def _accounts(page: Page, row: list[Finding], start: int, end: int) -> Iterator[Finding]:
    """101706430691 mb bank pham bang: a number right beside a name or a bank, where a bank is spoken of."""
    for at in ACCOUNT.finditer(page.text, start, end):
        near = page.plain[max(start, at.start() - BANK_REACH) : min(end, at.end() + BANK_REACH)]
        is_beside = any(0 <= each.start - at.end() <= 3 or 0 <= at.start() - each.end <= 3 for each in row)
        if is_beside and BANK.search(near) and page.text[at.start() - 1 : at.start()] != ".":
            yield _finding(page, at.start(), at.end(), Kind.BANK_ACCOUNT, 0.55)


def _finding(page: Page, start: int, end: int, kind: Kind, score: float) -> Finding:
    return Finding(start, end, kind, page.text[start:end], score)
