"""Postal addresses: a chain of house, street, hamlet, ward, district and province, by their words and values."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import content, phrases, provinces
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.words import Lexicon, Mark


class Level(IntEnum):
    HOUSE = 1
    STREET = 2
    HAMLET = 3
    WARD = 4
    DISTRICT = 5
    PROVINCE = 6


@cache
def units() -> Lexicon[Level]:
    listed = content("addresses")["units"]
    return Lexicon({phrase: level for level in Level for phrase in phrases(listed[level.name.lower()])})


@cache
def announcements() -> Lexicon[bool]:
    return Lexicon(dict.fromkeys(phrases(content("addresses")["labels"]), True))


@cache
def places() -> Lexicon[bool]:
    return Lexicon(dict.fromkeys(provinces(), True))


NUMBER = re.compile(r"(?:[A-Za-z]{1,2}-?)?\d{1,4}[A-Za-z]?(?:\s?[/\-]\s?\d{1,4}[A-Za-z]?){0,4}(?![^\W_])")
JOINT = re.compile(r"(?: ?[,;] ?\n? ?| ?[-–] | \n?|\. )")
CAPITAL = re.compile(r"[^\W\d_a-zđ][^\W_]*")
WESTERN_AFTER = re.compile(
    r"(?:street|st|road|rd|avenue|ave|lane|drive|boulevard|blvd|terrace|close|crescent|court|square|way|place|gardens|row|hill|alley)(?![^\W_])\.?",
    re.IGNORECASE,
)
FRENCH = re.compile(
    r"(?:\d{1,4} ?(?:bis|ter|quater)?,? )"
    r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|allee|quai|route|cours|passage|square|villa|faubourg"
    r"|sentier|ruelle|résidence)"
    r"(?: (?:d[eu]s?|la|les?|l['’]|d['’])){0,3}[ '’]?",
    re.IGNORECASE,
)
POSTAL = re.compile(r"(?:\d{5,6}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![^\W_])")


@dataclass
class _Chain:
    start: int
    end: int
    levels: list[Level]

    @property
    def has_detail(self) -> bool:
        return any(level in {Level.HOUSE, Level.STREET, Level.HAMLET} for level in self.levels)

    @property
    def has_area(self) -> bool:
        return any(level >= Level.WARD for level in self.levels)


def find(page: Page) -> Iterator[Finding]:
    parser = _Parser(page)
    labelled = {mark.end for mark in announcements().marks(page.words, page.text)}
    ends = sorted(labelled)
    free_from = 0
    for start in parser.anchors():
        if start < free_from:
            continue
        chain = parser.chain(start)
        if chain is None:
            continue
        at = bisect_left(ends, start + 1) - 1
        is_labelled = (
            at >= 0
            and start - ends[at] <= 12
            and not re.search(r"[^\s:.,\-–*|tạiởlàđtoen]", page.text[ends[at] : start])
        )
        if score := _score(chain, is_labelled):
            free_from = chain.end
            yield Finding(chain.start, chain.end, Kind.ADDRESS, page.text[chain.start : chain.end], score)


def _score(chain: _Chain, is_labelled: bool) -> float:
    size = len(chain.levels)
    if is_labelled:
        return 0.93 if size >= 2 or chain.has_detail else 0
    if chain.has_detail and chain.has_area:
        return 0.9 if size >= 3 or Level.HOUSE in chain.levels else 0.7
    return 0.7 if {Level.HOUSE, Level.STREET} <= set(chain.levels) else 0


class _Parser:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.units: dict[int, Mark[Level]] = {mark.start: mark for mark in units().marks(page.words, page.text)}
        self.places: dict[int, int] = {mark.start: mark.end for mark in places().marks(page.words, page.text)}

    def anchors(self) -> list[int]:
        numbers = [
            at.start()
            for at in re.finditer(
                r"(?<![^\W_])(?:[A-Z]-?)?\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){0,4},? (?=[^\W\d_])", self.page.text
            )
        ]
        return sorted({*self.units, *numbers})

    def chain(self, start: int) -> _Chain | None:
        chain = _Chain(start, start, [])
        place = start
        while True:
            step = self._component(place, chain)
            if step is None:
                break
            level, chain.end = step
            chain.levels += level
            joint = JOINT.match(self.page.text, chain.end)
            if joint is None:
                break
            place = joint.end()
        return chain if chain.levels else None

    def _component(self, place: int, chain: _Chain) -> tuple[list[Level], int] | None:
        text = self.page.text
        if place in self.units:
            unit = self.units[place]
            if unit.meaning in {Level.PROVINCE} and (area := self._area(unit.end)):
                return [unit.meaning], area
            if end := self._value(unit):
                return ([unit.meaning] if unit.meaning != Level.HOUSE else self._with_street(end)), self._street_end(
                    unit, end
                )
        if place in self.places:
            return [Level.PROVINCE], self.places[place]
        if found := FRENCH.match(text, place):
            end = self._capitals(found.end(), 5)
            return ([Level.HOUSE, Level.STREET], end) if end else None
        if found := NUMBER.match(text, place):
            after = found.end()
            blank = re.compile(r",? ").match(text, after)
            if chain.levels and (postal := POSTAL.match(text, place)):
                end = self._capitals(postal.end() + 1, 3) if text[postal.end() : postal.end() + 1] == " " else 0
                return [Level.PROVINCE], end or postal.end()
            if blank and blank.end() not in self.units and (end := self._capitals(blank.end(), 4)):
                western = WESTERN_AFTER.match(text, end + 1)
                return [Level.HOUSE, Level.STREET], western.end() if western else end
            if (
                blank
                and blank.end() in self.units
                and self.units[blank.end()].meaning in {Level.STREET, Level.HOUSE, Level.HAMLET}
            ):
                return [Level.HOUSE], after
        if (
            chain.levels
            and Level.HOUSE in chain.levels
            and Level.STREET in chain.levels
            and Level.PROVINCE not in chain.levels
            and text[place - 2 : place] == ", "
        ):
            end = self._capitals(place, 3)
            return ([Level.PROVINCE], end) if end else None
        return None

    def _with_street(self, end: int) -> list[Level]:
        return [Level.HOUSE, Level.STREET] if self._bare_street(end) else [Level.HOUSE]

    def _street_end(self, unit: Mark[Level], end: int) -> int:
        return (self._bare_street(end) if unit.meaning is Level.HOUSE else 0) or end

    def _bare_street(self, end: int) -> int:
        """số 12 Nguyễn Trãi: the street follows the number at once."""
        blank = re.compile(r",? ").match(self.page.text, end)
        if not blank or blank.end() in self.units or blank.end() in self.places:
            return 0
        street = self._capitals(blank.end(), 4)
        western = WESTERN_AFTER.match(self.page.text, street + 1) if street else None
        return western.end() if western else street

    def _area(self, end: int) -> int:
        gap = re.compile(r"[ .]{0,2}").match(self.page.text, end)
        return self.places.get(gap.end(), 0) if gap else 0

    def _value(self, unit: Mark[Level]) -> int:
        text = self.page.text
        gap = re.compile(r"[ .:]{0,3}").match(text, unit.end)
        start = gap.end() if gap else unit.end
        if number := NUMBER.match(text, start):
            return number.end()
        return 0 if unit.meaning is Level.HOUSE and start == unit.end else self._capitals(start, 4)

    def _capitals(self, start: int, most: int) -> int:
        """End of the capitalised words from here, before a unit or a place begins; 0: there is none."""
        end, text = 0, self.page.text
        place = start
        for count in range(most):
            if count and (place in self.units or place in self.places):
                break
            word = CAPITAL.match(text, place)
            if word is None or not word[0][0].isupper():
                break
            end = word.end()
            if text[end : end + 1] not in {" ", "\u00a0", "-", "'", "’"}:
                break
            place = end + 1
        return end
