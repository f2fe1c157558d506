"""Numbers that the state gives to a person or a taxpayer.

Shapes: CCCD Thông tư 59/2021/TT-BCA and Nghị định 137/2015/NĐ-CP art. 13 (province, century and sex, year, six digits);
tax code Thông tư 105/2020/TT-BTC art. 5 (check digit with weights 31 … 3; 13 digits for a branch; since July 2025 a
person's is the CCCD, Thông tư 86/2024/TT-BTC); BHXH and BHYT Quyết định 1666/QĐ-BHXH, 1351/QĐ-BHXH.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import province_codes
from khue.gateway.privacy.numbers import Number, numbers
from khue.gateway.privacy.page import Page

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
HEALTH_CODES = frozenset(
    """DN HX CH NN TK HC XK HT TB NO CT XB TN CS QN CA CY XN MS CC CK CB KC HD TE BT HN DT DK XD TS TQ TA TY HG LS PV HS
    SV GB GD TH TV TD TU BA ND HK CN KL XV""".split()
)
HEALTH = re.compile(r"(?<![^\W_])[A-Za-z]{2}(?:[ .\-]?\d){13}(?![^\W_])")
PASSPORT = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,2}[ \-]?\d{6,8}|\d{2}[A-Za-z]{2}\d{5}|[A-Z] ?(?=[OIl\d]*\d{4})[OIl\d]{7,8})(?![^\W_])"
)
OLDEST = 1900


def find(page: Page) -> Iterator[Finding]:
    for number in numbers(page):
        for kind, rule in RULES.items():
            if score := rule(number):
                yield Finding(number.start, number.end, kind, page.text[number.start : number.end], score)
    yield from _lettered(page)


def is_cccd(digits: str) -> bool:
    if len(digits) != 12 or digits[:3] not in province_codes():
        return False
    century = 1900 + int(digits[3]) // 2 * 100
    return OLDEST <= century + int(digits[4:6]) <= datetime.now(UTC).year


def is_tax_code(digits: str) -> bool:
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) % 11
    return len(digits) in {10, 13} and remainder != 0 and int(digits[9]) == 10 - remainder and digits[10:] != "000"


def _cccd(number: Number) -> float:
    if not is_cccd(number.digits) or number.is_other:
        return 0
    if number.label in {Kind.CCCD, Kind.CMND, Kind.TAX_CODE}:
        return 0.97
    if number.label in {Kind.DRIVING_LICENCE, Kind.BANK_ACCOUNT, Kind.HEALTH_INSURANCE} and number.is_near:
        return 0
    return 0.7 if number.is_even else 0


def _cmnd(number: Number) -> float:
    fits = len(number.digits) == 9 and number.label in {Kind.CMND, Kind.CCCD}
    return 0.9 if fits and not number.is_other and not number.is_amount else 0


def _tax_code(number: Number) -> float:
    if number.is_other or number.is_amount or not is_tax_code(number.digits):
        return 0
    if number.label is Kind.TAX_CODE:
        return 0.97
    is_branch = number.sizes == (10, 3) and number.between == {"-"}
    return 0.7 if is_branch and number.label is None else 0


def _labelled(kind: Kind, lengths: set[int], score: float) -> Callable[[Number], float]:
    def rule(number: Number) -> float:
        fits = number.label is kind and len(number.digits) in lengths
        return score if fits and not number.is_other and not number.is_amount else 0

    return rule


RULES: dict[Kind, Callable[[Number], float]] = {
    Kind.CCCD: _cccd,
    Kind.CMND: _cmnd,
    Kind.TAX_CODE: _tax_code,
    Kind.SOCIAL_INSURANCE: _labelled(Kind.SOCIAL_INSURANCE, {10}, 0.93),
    Kind.HEALTH_INSURANCE: _labelled(Kind.HEALTH_INSURANCE, {10, 13}, 0.93),
    Kind.DRIVING_LICENCE: _labelled(Kind.DRIVING_LICENCE, {12}, 0.95),
    Kind.PASSPORT: _labelled(Kind.PASSPORT, {9}, 0.85),
}


def _lettered(page: Page) -> Iterator[Finding]:
    for at in HEALTH.finditer(page.text):
        label = page.label_before(at.start())
        is_labelled = label is not None and label.meaning is Kind.HEALTH_INSURANCE
        is_known = at[0][:2].upper() in HEALTH_CODES and re.sub(r"\D", "", at[0])[0] in "12345"
        if is_known or is_labelled:
            yield Finding(at.start(), at.end(), Kind.HEALTH_INSURANCE, at[0], 0.97 if is_labelled else 0.8)
    for at in PASSPORT.finditer(page.text):
        label = page.label_after(at.end()) or page.label_before(at.start())
        if label is not None and label.meaning is Kind.PASSPORT:
            yield Finding(at.start(), at.end(), Kind.PASSPORT, at[0], 0.95)
