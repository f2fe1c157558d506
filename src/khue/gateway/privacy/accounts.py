"""Bank accounts, payment cards, vehicle plates."""

import re
from collections.abc import Iterator

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.numbers import Number, numbers
from khue.gateway.privacy.page import Page

# international account number: country, two check digits, the account
IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![^\W_])")
# first digits of the cards in use: Napas, Visa, Mastercard, American Express, JCB, UnionPay
CARD = re.compile(r"9704|4|5[1-5]|2[2-7]|3[47]|35|62")
PLATE = re.compile(r"(?<![^\W_])(\d{2})( ?- ?| )?([A-Z]{1,2}\d?)([ .\-–]{0,3})(\d{3}[. ]?\d{2}|\d{4})(?![^\W_])")
NO_PROVINCE = frozenset({"10", "13", "42", "44", "45", "46", "87", "91", "96"})


def find(page: Page) -> Iterator[Finding]:
    for number in numbers(page):
        text = page.text[number.start : number.end]
        if score := _card(number):
            yield Finding(number.start, number.end, Kind.CARD, text, score)
        if score := _account(number):
            yield Finding(number.start, number.end, Kind.BANK_ACCOUNT, text, score)
    yield from _ibans(page)
    yield from _plates(page)


def has_luhn_digit(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """ISO 13616: the number moved round leaves 1 when divided by 97."""
    packed = text.replace(" ", "")
    return 15 <= len(packed) <= 34 and int("".join(str(int(sign, 36)) for sign in packed[4:] + packed[:4])) % 97 == 1


def _card(number: Number) -> float:
    if not 14 <= len(number.digits) <= 19 or number.is_other or not CARD.match(number.digits):
        return 0
    is_checked = has_luhn_digit(number.digits)
    if number.label is Kind.CARD:
        return 0.97 if is_checked else 0.8 if number.digits.startswith("9704") else 0
    return 0.8 if is_checked and number.is_even and number.label is None else 0


def _account(number: Number) -> float:
    fits = number.label is Kind.BANK_ACCOUNT and 8 <= len(number.digits) <= 16
    if not fits or number.is_other or number.is_amount:
        return 0
    return 0.93 if number.is_near else 0.7


def _ibans(page: Page) -> Iterator[Finding]:
    for at in IBAN.finditer(page.text):
        if is_iban(at[0]):
            yield Finding(at.start(), at.end(), Kind.BANK_ACCOUNT, at[0], 0.98)


def _plates(page: Page) -> Iterator[Finding]:
    for at in PLATE.finditer(page.text):
        province, gap, series, joint, serial = at.groups()
        if int(province) < 11 or province in NO_PROVINCE:
            continue
        label = page.label_before(at.start())
        is_labelled = label is not None and label.meaning is Kind.PLATE
        is_written_so = len(serial) >= 5 and ("-" in joint or "–" in joint or gap is not None) and "." in serial
        if is_labelled or is_written_so:
            yield Finding(at.start(), at.end(), Kind.PLATE, at[0], 0.95 if is_labelled else 0.75)
