"""What a text itself demands."""

import re
from collections import Counter
from dataclasses import dataclass

from khue.gateway.classes import DataClass
from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.markings import secrecy_marking
from khue.gateway.privacy.scanning import closed, scan
from khue.gateway.privacy.words import plain

# one is enough
IDENTIFIERS = frozenset(
    {
        Kind.CCCD,
        Kind.CMND,
        Kind.PASSPORT,
        Kind.DRIVING_LICENCE,
        Kind.SOCIAL_INSURANCE,
        Kind.HEALTH_INSURANCE,
        Kind.BANK_ACCOUNT,
        Kind.CARD,
    }
)
HOME = re.compile(
    r"thuong tru|tam tru|cu tru|cho o|noi o|ngu tai|tru tai|song tai|hktt|ho khau|que quan|nha rieng|dang o|nha tai|"
    r"resid|lives|living|home|domicili|demeurant|habit"
)
HOME_REACH = 40


@dataclass(frozen=True)
class Inspection:
    """The class that the text demands, how many of each kind it holds (no values), and its secrecy marking, if any."""

    data_class: DataClass
    found: dict[str, int]
    marking: str


def inspect(text: str) -> Inspection:
    """Class, kinds and marking in one pass. Raises DetectorFailed."""
    found = scan(text)
    with closed("markings"):
        marking = secrecy_marking(text) or ""
    counts = Counter(str(each.type) for each in found)
    return Inspection(_class(text, found, marking), dict(counts), marking)


def class_of(text: str) -> DataClass:
    """CONFIDENTIAL for a personal identifier, or a birth date or home address with a name; SECRET for a marking."""
    return inspect(text).data_class


def _class(text: str, found: list[Finding], marking: str) -> DataClass:
    if marking:
        return DataClass.SECRET
    kinds = {each.type for each in found}
    if kinds & IDENTIFIERS:
        return DataClass.CONFIDENTIAL
    if Kind.PERSON in kinds and (Kind.BIRTH_DATE in kinds or any(_is_home(text, each) for each in found)):
        return DataClass.CONFIDENTIAL
    return DataClass.PUBLIC


def _is_home(text: str, found: Finding) -> bool:
    before = plain(text[max(0, found.start - HOME_REACH) : found.start])
    return found.type is Kind.ADDRESS and HOME.search(before) is not None
