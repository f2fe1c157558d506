"""Provinces of today and of before 1 July 2025, as people write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from khue.domains.academy.roster.plain import plain

PREFIX = re.compile(r"^(thanh pho|tinh|tp|t p|t|province de|province of|province|ville de|city of)\s+")
SUFFIX = re.compile(r"\s+(province|city)$")
SHORT = {
    "hcm": "Hồ Chí Minh", "tphcm": "Hồ Chí Minh", "hcmc": "Hồ Chí Minh", "sai gon": "Hồ Chí Minh", "saigon":
    "Hồ Chí Minh", "ho chi minh ville": "Hồ Chí Minh", "hn": "Hà Nội", "hanoi": "Hà Nội", "danang": "Đà Nẵng",
    "haiphong": "Hải Phòng", "hue": "Huế", "dak lak": "Đắk Lắk", "daklak": "Đắk Lắk", "dac lac": "Đắk Lắk",
    "dac nong": "Đắk Nông", "brvt": "Bà Rịa - Vũng Tàu", "vung tau": "Bà Rịa - Vũng Tàu",
}  # fmt: skip


@dataclass(frozen=True)
class Province:
    """`before`: its name before the mergers where that was another."""

    today: str
    before: str = ""


class Provinces:
    """`merged`: name today → the provinces of before that became it."""

    def __init__(self, merged: Mapping[str, Sequence[str]]) -> None:
        self.today = tuple(merged)
        self._known = {plain(name): Province(name) for name in merged}
        for today, befores in merged.items():
            for before in befores:
                self._known.setdefault(plain(before), Province(today, before))

    def find(self, text: str) -> Province | None:
        for form in self._forms(text):
            if form in self._known:
                return self._known[form]
            if form in SHORT:
                return self._known[plain(SHORT[form])]
        return None

    def nearest(self, text: str) -> str:
        """A name that was perhaps meant; "" if none is near."""
        *_, form = self._forms(text)
        close = get_close_matches(form, self._known, n=1, cutoff=0.7)
        if not close:
            return ""
        found = self._known[close[0]]
        return found.before or found.today

    @staticmethod
    def _forms(text: str) -> list[str]:
        whole = plain(text)
        return [whole, SUFFIX.sub("", PREFIX.sub("", whole))]
