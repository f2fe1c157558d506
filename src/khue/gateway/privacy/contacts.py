"""Telephone numbers, as the library of all numbering plans knows them, and e-mail addresses."""

import re
from collections.abc import Iterator

import phonenumbers

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.numbers import Number, numbers
from khue.gateway.privacy.page import Page

AT = re.compile(r" ?@ ?| ?[\[(](?:at|a|arobase|a còng|@)[\])] ?")
LOCAL = re.compile(r"[\w.%+\-']{1,64}\Z")
DOT = r"(?: ?\. ?| ?[\[(](?:dot|chấm|point|\.)[\])] ?)"
DOMAIN = re.compile(rf"[^\W_](?:[\w\-]{{0,62}}[^\W_])?(?:{DOT}[^\W_](?:[\w\-]{{0,62}}[^\W_])?){{1,6}}")
MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{9}")
PLUS = re.compile(r"\+\Z|\(\+\Z|(?<!\d)00\Z")
PAIRS = (2, 2, 2, 2, 2)


def find(page: Page) -> Iterator[Finding]:
    for number in numbers(page):
        if score := _with_trunk(page, number) or _phone(number):
            start = number.start - (len(found[0]) if (found := PLUS.search(number.before)) else 0)
            start -= page.text[start - 1 : start] == "(" and ")" in page.text[start : number.end]
            yield Finding(start, number.end, Kind.PHONE, page.text[start : number.end], score)
    yield from _emails(page)


def _phone(number: Number) -> float:
    if not 9 <= len(number.digits) <= 15 or number.is_other or HYPHENED.search(number.before):
        return 0
    is_named = number.label is Kind.PHONE
    if PLUS.search(number.before) or (number.digits.startswith("00") and is_named):
        return _sure("+" + number.digits.removeprefix("00"), None, 0.95, 0.85)
    if MOBILE.fullmatch(number.digits) or LANDLINE.fullmatch(number.digits):
        named, unnamed = 0.97, 0.65 if number.is_even or number.label is None else 0.55
        if score := _sure(number.digits, "VN", named if is_named else unnamed, 0.85 if is_named else 0):
            return score
    if number.digits.startswith("84") and len(number.digits) in {11, 12} and number.label in {None, Kind.PHONE}:
        return _sure("+" + number.digits, None, 0.9 if is_named else 0.6 if number.is_even else 0, 0)
    if number.sizes == PAIRS and len(number.between) == 1 and number.label in {None, Kind.PHONE}:
        return _sure(number.digits, "FR", 0.9 if is_named else 0.7, 0.85 if is_named else 0)
    if is_named and number.is_near:
        return max(_sure(number.digits, home, 0.85, 0) for home in HOMES)
    return 0


def _with_trunk(page: Page, number: Number) -> float:
    """+84 (0) 903 …: the nought that is dialled at home stands there too."""
    text = page.text[number.start : number.end]
    if "(0)" not in text or not PLUS.search(number.before):
        return 0
    return _sure("+" + "".join(filter(str.isdigit, text.replace("(0)", "", 1))), None, 0.98, 0)


# a part of a code: LH-0912345678
HYPHENED = re.compile(r"[^\W\d_][\-–/]\Z")
HOMES = ("VN", "FR", "GB", "US")


def _sure(digits: str, home: str | None, valid: float, possible: float) -> float:
    """A number of a plan counts more than one of the right length only."""
    try:
        parsed = phonenumbers.parse(digits, home)
    except phonenumbers.NumberParseException:
        return 0
    if phonenumbers.is_valid_number(parsed):
        return valid
    return possible if phonenumbers.is_possible_number(parsed) else 0


def _emails(page: Page) -> Iterator[Finding]:
    text = page.text
    for at in AT.finditer(text):
        local = LOCAL.search(text, max(0, at.start() - 64), at.start())
        domain = DOMAIN.match(text, at.end())
        if local and domain and _is_domain(domain[0]):
            start = local.start() + len(local[0]) - len(local[0].lstrip(".-'%+"))
            yield Finding(start, domain.end(), Kind.EMAIL, text[start : domain.end()], 0.97)


def _is_domain(name: str) -> bool:
    last = re.split(DOT, name)[-1].strip()
    return 2 <= len(last) <= 24 and last.isalpha()
