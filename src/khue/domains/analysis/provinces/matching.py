"""What people write for a province → which one it is, of before or after."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from khue.domains.analysis.provinces.units import OLD, PROVINCES, Province

Vintage = Literal["before", "after", "both"]
BEFORE_PREFIX = re.compile(r"^(tinh|thanh pho|tp|t p|province of|city of|province|ville de)\s+")
AFTER_SUFFIX = re.compile(r"\s+(province|city)$")
OTHER_NAMES = {
    "hcm": "79", "tphcm": "79", "tp hcm": "79", "ho chi minh city": "79", "sai gon": "79", "hcmc": "79",
    "hue": "46", "thua thien hue": "46", "ba ria vung tau": "77", "brvt": "77", "dac lac": "66", "daklak": "66",
    "dak lak": "66", "dac nong": "67", "dak nong": "67", "daknong": "67", "hoa binh": "17", "khanh hoa": "56",
    "thanh hoa": "38", "kontum": "62", "hanoi": "01", "haiphong": "31", "danang": "48", "cantho": "92",
}  # fmt: skip


@dataclass(frozen=True)
class Match:
    """What a column of provinces holds: `of` says for each value that was understood into which province of today it
    belongs; `unknown` are the others. `vintage` "after" where all are names of today, "before" where only names of
    before are there or the count says so."""

    of: dict[str, Province]
    unknown: tuple[str, ...]
    vintage: Vintage

    @property
    def share(self) -> float:
        return len(self.of) / max(1, len(self.of) + len(self.unknown))

    @property
    def merges(self) -> bool:
        """Whether several values belong to one province of today."""
        return len({province.code for province in self.of.values()}) < len(self.of)


def plain(text: str) -> str:
    """Lower case without diacritics and signs."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def _name(text: str) -> str:
    bare = plain(text)
    known = OTHER_NAMES.get(bare)
    return known or AFTER_SUFFIX.sub("", BEFORE_PREFIX.sub("", bare))


TODAY_OF_OLD = {code: province for province in PROVINCES for code in province.of}
_OLD_BY_NAME = {_name(name): code for code, name in OLD.items()} | OTHER_NAMES
_TODAY_BY_NAME = {_name(province.name): province for province in PROVINCES}
_TODAY_BY_CODE = {province.code: province for province in PROVINCES}


def match(values: Iterable[str | int], *, by_code: bool = False) -> Match:
    """`by_code`: values are numbers of the official list, of before unless all of them are numbers of today."""
    given = [str(value) for value in values]
    return _by_code(given) if by_code else _by_name(given)


def _by_name(values: Sequence[str]) -> Match:
    of: dict[str, Province] = {}
    unknown, only_before = [], False
    for value in values:
        code = code_of_before(value)
        if code is None:
            unknown.append(value)
            continue
        of[value] = TODAY_OF_OLD[code]
        only_before |= _name(OLD[code]) not in _TODAY_BY_NAME and code != "46"
    return Match(of, tuple(unknown), "before" if only_before else "after" if len(of) > 30 else "both")


def code_of_before(value: str) -> str | None:
    """Of the official list of before July 2025."""
    name = _name(value)
    return name if name in OLD else _OLD_BY_NAME.get(name)


def _by_code(values: Sequence[str]) -> Match:
    codes = {value: value.split(".")[0].zfill(2) for value in values}
    is_after = all(code in _TODAY_BY_CODE for code in codes.values())
    found = _TODAY_BY_CODE if is_after else TODAY_OF_OLD
    of = {value: found[code] for value, code in codes.items() if code in found}
    unknown = tuple(value for value in values if value not in of)
    return Match(of, unknown, "after" if is_after else "before")


def is_province_column(title: str, values: Sequence[str]) -> bool:
    """By its values; a few that are nobody's ("Cả nước", "Tổng số") do not change that."""
    if len(values) < 3:
        return False
    found = match(values)
    return found.share >= (0.6 if re.search(r"\b(tinh|province|thanh pho|dia phuong)\b", plain(title)) else 0.8)
