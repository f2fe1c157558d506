"""What stands for a hidden value: "[NGƯỜI_1]", and how to know it again after a model has had it in hand.

A number may bear a letter: [NGƯỜI_1B] is [NGƯỜI_1] written another way.
"""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from khue.gateway.privacy.findings import Kind
from khue.gateway.privacy.words import PLAIN, plain

LITERAL = "literal"  # what only looked like a placeholder

# how it is written; then what a model may make of it when it translates
LABELS: dict[str, tuple[str, ...]] = {
    Kind.PERSON: ("NGƯỜI", "PERSON", "PERSONNE"),
    Kind.ADDRESS: ("ĐỊA_CHỈ", "ADDRESS", "ADRESSE"),
    Kind.BIRTH_DATE: ("NGÀY_SINH", "BIRTH_DATE", "DATE_OF_BIRTH", "DATE_DE_NAISSANCE"),
    Kind.PHONE: ("ĐIỆN_THOẠI", "PHONE", "TELEPHONE"),
    Kind.EMAIL: ("EMAIL", "THƯ_ĐIỆN_TỬ", "COURRIEL"),
    Kind.CCCD: ("CCCD",),
    Kind.CMND: ("CMND",),
    Kind.PASSPORT: ("HỘ_CHIẾU", "PASSPORT", "PASSEPORT"),
    Kind.DRIVING_LICENCE: ("GPLX",),
    Kind.TAX_CODE: ("MST", "TAX_CODE"),
    Kind.SOCIAL_INSURANCE: ("BHXH",),
    Kind.HEALTH_INSURANCE: ("BHYT",),
    Kind.BANK_ACCOUNT: ("TÀI_KHOẢN", "BANK_ACCOUNT", "ACCOUNT", "COMPTE"),
    Kind.CARD: ("THẺ", "CARD", "CARTE"),
    Kind.PLATE: ("BIỂN_SỐ", "PLATE", "PLAQUE"),
    LITERAL: ("NGUYÊN_VĂN", "VERBATIM"),
}
# longer than any of them
LONGEST = 48
VARIANTS = ("", *"BCDEFGHIJKLMNOPQRSTUVWXYZ")
COMBINING = "[\u0300-\u036f]{0,3}"


class Place(NamedTuple):
    """Which value a placeholder stands for: its type, its number, and which way of writing it ("" or B … Z)."""

    type: str
    number: int
    variant: str

    def __str__(self) -> str:
        return f"[{LABELS[self.type][0]}_{self.number}{self.variant}]"


TYPES = {re.sub("[^a-z]", "", plain(label)): type_ for type_, labels in LABELS.items() for label in labels}


@cache
def _letter(letter: str) -> str:
    """All forms of a letter: small, with other marks or without, composed or not."""
    forms: dict[str, list[int]] = defaultdict(list)
    for code, base in PLAIN.items():
        forms[base].append(code)
    return "[" + "".join(map(chr, forms[plain(letter)])) + "]" + COMBINING


def _steps(label: str) -> list[str]:
    return [r"\\?[ _\-\u00a0]?" if sign == "_" else _letter(sign) for sign in label]


def _whole(label: str) -> str:
    return "".join(_steps(label))


def _beginnings(label: str) -> str:
    """Any beginning of a label, or all of it and what may follow before it is complete."""
    pattern = r"(?:\\?[ _\-\u00a0]{0,2}(?:\d{1,6}[A-Za-z]?[ \u00a0]{0,2})?)?"
    for step in reversed(_steps(label)):
        pattern = f"(?:{step}{pattern})?"
    return pattern


_ANY = "|".join(_whole(label) for labels in LABELS.values() for label in sorted(labels, key=len, reverse=True))
# in brackets the rest may be loose; without them the underscore must have stayed
PATTERN = re.compile(
    rf"\[[ \u00a0]?(?P<held>{_ANY})\\?[ _\-\u00a0]{{0,2}}(?P<held_number>\d{{1,6}})(?P<held_variant>[A-Za-z]?)"
    r"(?:(?P<close>[ \u00a0]?\])|(?!\d))"
    rf"|(?<![^\W_])(?P<bare>{_ANY})\\?_(?P<bare_number>\d{{1,6}})(?!\d)(?P<bare_variant>[A-Za-z]?)(?P<stray>\])?"
)
UNFINISHED = re.compile(
    r"(?:\[[ \u00a0]?|(?<![^\W_]))(?=.)(?:"
    + "|".join(_beginnings(label) for labels in LABELS.values() for label in labels)
    + r")\Z|\[[ \u00a0]?\Z",
    re.DOTALL,
)


def type_of(label: str) -> str:
    bare = re.sub("[^a-z]", "", plain(re.sub("[\u0300-\u036f]", "", label)))
    return TYPES[bare]
