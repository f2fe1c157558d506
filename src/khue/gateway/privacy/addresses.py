"""Postal addresses: a chain of house, street, hamlet, ward, district and province, by their words and values."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import content, phrases, provinces
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.titles import exact
from khue.gateway.privacy.words import Lexicon, Mark, letters


class Level(IntEnum):
    """BARE: words behind a house number that may be a street."""

    BARE = 0
    HOUSE = 1
    STREET = 2
    HAMLET = 3
    WARD = 4
    DISTRICT = 5
    PROVINCE = 6


LABEL_REACH = 22
LONGEST = 16
# small words that end an address typed without capitals
NO_NAME = frozenset(
    "goi sdt lien gap gui cho va la o cccd cmnd dien email ten sinh ngay giup de cua nhe da voi dang co".split()
)
NUMBER = re.compile(r"(?:[A-Za-z]{1,3}-?)?\d{1,4}[A-Za-z]?\d?(?:\s?[/\-]\s?[A-Z]{0,2}\d{1,4}[A-Za-z]?){0,4}(?![^\W_])")
ANCHOR = re.compile(
    r"(?<![^\W_/.])(?<!\+)(?:[A-Z]-?)?\d{1,4}[A-Za-z]?(?:/[A-Z]{0,2}\d{1,4}[A-Za-z]?){0,4}(?: bis| ter)?,? "
    r"(?=[^\W\d_])"
)
JOINT = re.compile(r"\.? ?[,;] ?\n? ?| à | ?[-–] | ?\n ?| |\. ")
DATE = re.compile(r"\d{1,2}[/\-]\d{1,2}[/\-]\d{4}")
# đường 30 tháng 4, phố 19/8: streets called after a day
DAY = re.compile(r"\d{1,2}(?: [Tt]h(?:áng|ang) |[/\-])\d{1,2}(?![\d/\-])")
ROOM = re.compile(r"[A-Z]\d{0,3}(?![^\W_])")
# khóm Châu Long 7
NUMBERED = re.compile(r" \d{1,2}[A-Z]?(?=[,;.\n]|\Z)")
BLANK = re.compile(r",? ")
# tổ số 4, quartier de Hoan Kiem
GAP = re.compile(r"[ .:]{0,3}(?:(?:số|so|Số|No\.?|n°) ?(?=\d)|(?:de |du |des )(?:la )?|d['’])?")
# P.1204: a room, not the ward that P. stands for
ROOM_NUMBER = re.compile(r"\.? ?\d{3,4}(?![\d/])")
BLOCK = re.compile(r"(?:[A-Z]{1,3}\d{1,3}[A-Z]?|\d{1,2}[A-Z]\d?)(?![^\W_])")
COUNTRY = re.compile(
    r",? \(?(?:Việt Nam|Viet ?Nam|VN|United Kingdom|UK|France|USA|Lào|Laos|Cambodia|Campuchia|Thailand|Thái Lan)\)?"
    r"(?![^\W_])"
)
LABEL_GAP = re.compile(r"(?: (?:tại|ở|là|tai|o|in|at|à))?[ :\t]{1,4}")
CAPITAL = re.compile(r"[^\W\d_]++(?:['’]s(?![^\W_]))?(?![\d_])")
MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|fevrier|mars|avril"
    r"|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|thang|ngay)(?![a-z])"
)
# Maple Avenue, Hai Chau District: the kind of place behind its name
STREET_AFTER = frozenset(
    "street st road rd avenue ave lane drive boulevard blvd terrace close crescent court square way gardens row hill "
    "alley mews green grove parade walk quay".split()
)
# khoản 2 Điều 21 Luật Cư trú
OF_LAWS = frozenset("luat dieu khoan nghi thong chuong muc quyet".split())
# a school, a firm, an office between two places is no part of an address
BODIES = frozenset("truong cong benh ngan dai hoc trung so uy ubnd toa vien co phong chi cuc".split())
SIDE = re.compile(r" (?:West|East|North|South|NW|NE|SW|SE)(?![^\W_])")
AREA_AFTER = {
    "ward": Level.WARD,
    "dist": Level.DISTRICT,
    "prov": Level.PROVINCE,
    "commune": Level.WARD,
    "township": Level.WARD,
    "town": Level.WARD,
    "district": Level.DISTRICT,
    "province": Level.PROVINCE,
    "city": Level.PROVINCE,
}
OF_FRENCH = (
    r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|allee|quai|route|cours|passage|square|villa|faubourg"
    r"|sentier|ruelle|résidence)(?![^\W_])(?: (?:(?:des?|du|la|les?)(?![^\W_])|l['’]|d['’])){0,3} ?"
)
FRENCH = re.compile(rf"\d{{1,4}} ?(?:bis|ter|quater)?,? {OF_FRENCH}", re.IGNORECASE)
RUE = re.compile(OF_FRENCH, re.IGNORECASE)
UPPER = "A-ZÀ-ÖØ-ÞĐƠƯĂ"
LINK = r"(?:en|sur|sous|les|lès|le|la|de|du|des|et|aux|au|d|l)[\-’' ]"
CITY = re.compile(rf"[{UPPER}][^\W\d_]*(?:[\-’' ](?:{LINK})?[{UPPER}][^\W\d_]*){{0,4}}")
POSTAL = re.compile(r"(?:\d{5,6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5})(?![^\W_])")


@cache
def units() -> Lexicon[Level]:
    listed = content("addresses")["units"]
    return Lexicon({phrase: level for level in Level if level for phrase in phrases(listed[level.name.lower()])})


@cache
def exact_units() -> frozenset[str]:
    return frozenset(letters(phrase) for listed in content("addresses")["units"].values() for phrase in phrases(listed))


@cache
def announcements() -> Lexicon[bool]:
    return Lexicon(dict.fromkeys(phrases(content("addresses")["labels"]), True))


@cache
def exact_labels() -> frozenset[str]:
    return frozenset(map(letters, phrases(content("addresses")["labels"])))


@cache
def places() -> Lexicon[bool]:
    return Lexicon(dict.fromkeys(provinces(), True))


@cache
def _no_place() -> frozenset[str]:
    return exact("stop") - STREET_AFTER - AREA_AFTER.keys()


def find(page: Page) -> Iterator[Finding]:
    parser = _Parser(page)
    labels = sorted(
        mark.end for mark in page.marks(announcements()) if page.means(mark.first, mark.last, exact_labels())
    )
    origins = {origin for end in labels if (origin := parser.after_label(end))}
    free_from = 0
    for start in sorted({*parser.anchors(), *origins}):
        if start < free_from:
            continue
        chain = parser.chain(start, is_origin=start in origins)
        if len(chain.levels) >= LONGEST:
            free_from = chain.end
        if score := chain.score(_is_announced(page, labels, start)):
            free_from = chain.end
            yield Finding(chain.start, chain.end, Kind.ADDRESS, page.text[chain.start : chain.end], score)


def _is_announced(page: Page, labels: list[int], start: int) -> bool:
    at = bisect_left(labels, start + 1) - 1
    return (
        at >= 0
        and start - labels[at] <= LABEL_REACH
        and not re.search(r"[\d;\n(]", page.text[labels[at] : start].strip())
    )


@dataclass
class _Chain:
    start: int
    end: int
    levels: list[Level] = field(default_factory=list)

    def score(self, is_announced: bool) -> float:
        """Above a name with a title: streets are called after people."""
        here, areas = set(self.levels), [level for level in self.levels if level >= Level.WARD]
        if not here - {Level.BARE}:
            return 0
        if is_announced:
            return 0.96 if len(self.levels) > 1 or here & {Level.HAMLET, Level.STREET} else 0
        if Level.HOUSE in here and areas:
            return 0.96
        if here & {Level.HAMLET, Level.STREET} and areas and len(self.levels) > 2:
            return 0.96
        return 0.75 if {Level.HOUSE, Level.STREET} <= here else 0


class _Parser:
    def __init__(self, page: Page) -> None:
        self.page, self.text = page, page.text
        self.units: dict[int, Mark[Level]] = {mark.start: mark for mark in page.marks(units()) if self._is_unit(mark)}
        self.places: dict[int, int] = {mark.start: mark.end for mark in page.marks(places())}

    def _is_unit(self, mark: Mark[Level]) -> bool:
        if mark.end - mark.start == 1:  # P. 5, Q.1, but not T'Ling
            return re.match(r"\.|\d| \d", self.text[mark.end : mark.end + 2]) is not None
        return (
            self.page.means(mark.first, mark.last, exact_units())
            or mark.end - mark.start > 4
            and not self.page.has_marks
        )

    def after_label(self, end: int) -> int:
        """Quê quán: Gia Viễn, Ninh Bình: where names of places begin, or 0."""
        gap = LABEL_GAP.match(self.text, end)
        start = gap.end() if gap else end
        named = self._capitals(start, 4)
        return start if named and start not in self.units and self._leads_on(named) else 0

    def anchors(self) -> list[int]:
        numbers = {at.start() for at in ANCHOR.finditer(self.text) if not MONTH.match(self.page.plain, at.end())}
        # the 3 of "tổ 3" is no house
        of_units = {gap.end() for unit in self.units.values() if (gap := GAP.match(self.text, unit.end))}
        return sorted({*self.units, *(numbers - of_units)})

    def chain(self, start: int, *, is_origin: bool = False) -> _Chain:
        chain, place = _Chain(start, start), start
        if is_origin:
            chain.levels, chain.end = [Level.WARD], self._capitals(start, 4)
            joint = JOINT.match(self.text, chain.end)
            place = joint.end() if joint else chain.end
        while len(chain.levels) < LONGEST and (step := self._component(place, chain)):
            levels, chain.end = step
            chain.levels += levels
            if Level.PROVINCE in levels and (country := COUNTRY.match(self.text, chain.end)):
                chain.end = country.end()
            joint = JOINT.match(self.text, chain.end)
            if joint is None:
                break
            place = joint.end()
        return chain

    def _component(self, place: int, chain: _Chain) -> tuple[list[Level], int] | None:
        if place in self.units:
            return self._unit(self.units[place])
        if place in self.places and chain.levels:
            return [Level.PROVINCE], self._with_suffix(self.places[place])
        if found := FRENCH.match(self.text, place):
            city = CITY.match(self.text, found.end())
            return ([Level.HOUSE, Level.STREET], city.end()) if city else None
        if Level.HOUSE in chain.levels and (found := RUE.match(self.text, place)):
            city = CITY.match(self.text, found.end())
            return ([Level.STREET], city.end()) if city else None
        if chain.levels and (postal := POSTAL.match(self.text, place)):
            city = (
                CITY.match(self.text, postal.end() + 1) if self.text[postal.end() : postal.end() + 1] == " " else None
            )
            return [Level.PROVINCE], city.end() if city and postal[0].isdigit() else postal.end()
        if Level.HOUSE in chain.levels and (block := BLOCK.match(self.text, place)):
            return [Level.HOUSE], block.end()
        if (number := NUMBER.match(self.text, place)) and not DATE.match(self.text, place):
            return self._numbered(number.end())
        return self._named(place, chain) if chain.levels else None

    def _unit(self, unit: Mark[Level]) -> tuple[list[Level], int] | None:
        gap = GAP.match(self.text, unit.end)
        start = gap.end() if gap else unit.end
        if unit.meaning is Level.STREET and (named := DAY.match(self.text, start)):
            return [Level.STREET], named.end()
        if unit.meaning is Level.PROVINCE and start in self.places:
            return [Level.PROVINCE], self.places[start]
        number = NUMBER.match(self.text, start)
        if (
            unit.meaning is Level.WARD
            and self.text[unit.start] == "P"
            and ROOM_NUMBER.fullmatch(self.text, unit.end, number.end() if number else unit.end)
        ):
            return [Level.HOUSE], number.end() if number else unit.end
        if number and unit.meaning > Level.STREET and re.match(r"\d{4}", number[0]):
            return None
        is_room = unit.meaning is Level.HOUSE and unit.end - unit.start < 6
        if number and DATE.match(self.text, start) or is_room and not number and not ROOM.match(self.text, start):
            return None
        end = number.end() if number else self._capitals(start, 4 if unit.meaning > Level.HOUSE else 2)
        if not end or MONTH.match(self.page.plain, end + 1):
            return None
        if unit.meaning is Level.HOUSE and (street := self._street(end)):
            return [Level.HOUSE, street[0]], street[1]
        if not number and (numbered := NUMBERED.match(self.text, end)):
            end = numbered.end()
        return [unit.meaning], end

    def _numbered(self, end: int) -> tuple[list[Level], int] | None:
        if street := self._street(end):
            return [Level.HOUSE, street[0]], street[1]
        blank = BLANK.match(self.text, end)
        is_before_street = blank and blank.end() in self.units and self.units[blank.end()].meaning <= Level.HAMLET
        return ([Level.HOUSE], end) if is_before_street else None

    def _street(self, end: int) -> tuple[Level, int] | None:
        """số 12 Nguyễn Trãi; 14 Maple Avenue: the street follows the number at once."""
        blank = BLANK.match(self.text, end)
        if (
            not blank
            or blank.end() in self.units
            or blank.end() in self.places
            or MONTH.match(self.page.plain, blank.end())
        ):
            return None
        street = self._capitals(blank.end(), 5)
        if not street or self._first_word(blank.end()) in OF_LAWS:
            return None
        if self._last_word(street) in STREET_AFTER:
            side = SIDE.match(self.text, street)
            return Level.STREET, side.end() if side else street
        return Level.BARE, street

    def _named(self, place: int, chain: _Chain) -> tuple[list[Level], int] | None:
        """Hai Chau District; or, behind house and street, a town."""
        end = self._capitals(place, 4)
        if not end:
            return None
        level = AREA_AFTER.get(self._last_word(end))
        if level:
            return [level], end
        if self._last_word(end) in STREET_AFTER:
            return [Level.STREET], end
        if chain.levels != [Level.BARE] and self._first_word(place) not in BODIES and self._leads_on(end):
            return [Level.DISTRICT], end
        if postal := re.compile(f" {POSTAL.pattern}").match(self.text, end):
            return [Level.PROVINCE], postal.end()
        is_town = {Level.HOUSE, Level.STREET} <= set(chain.levels) and Level.PROVINCE not in chain.levels
        return ([Level.PROVINCE], end) if is_town and self.text[place - 2 : place] in {", ", "à "} else None

    def _leads_on(self, end: int) -> bool:
        """Khuê Trung, Cẩm Lệ, Đà Nẵng: names without their units, up to one that is known."""
        for _ in range(3):
            joint = JOINT.match(self.text, end) if end else None
            if joint is None or not joint[0].strip():
                return False
            if joint.end() in self.places or joint.end() in self.units:
                return True
            end = 0 if self._first_word(joint.end()) in BODIES else self._capitals(joint.end(), 4)
        return False

    def _with_suffix(self, end: int) -> int:
        suffix = re.compile(r"[ \-](?:City|Province|Ville)(?![^\W_])").match(self.text, end)
        return suffix.end() if suffix else end

    def _first_word(self, start: int) -> str:
        word = CAPITAL.match(self.page.plain, start)
        return word[0] if word else ""

    def _last_word(self, end: int) -> str:
        start = end
        while start and self.page.plain[start - 1].isalpha():
            start -= 1
        return self.page.plain[start:end]

    def _is_unit_with_value(self, place: int) -> bool:
        """ "tam quan, huyen": a unit's word that ends a name has nothing behind it."""
        unit = self.units.get(place)
        return unit is not None and self.text[place].islower() and self.text[unit.end : unit.end + 1] in {" ", ".", ":"}

    def _is_small_name(self, word: re.Match[str], count: int) -> bool:
        """duong bach dang, …: where nothing has capitals; a common word only as the last one."""
        if not self.page.is_folded or len(word[0]) > 7:
            return False
        return word[0] not in NO_NAME or count > 0 and self.text[word.end() : word.end() + 1] in {",", ";", "."}

    def _capitals(self, start: int, most: int) -> int:
        """End of the capitalised words from here, before a unit or a place begins; 0: there is none. Where nothing has
        capitals, of a few small words."""
        end, place = 0, start
        for count in range(most):
            word = CAPITAL.match(self.text, place)
            if word is None or count and (self._is_unit_with_value(place) or place in self.places):
                break
            if not word[0][0].isupper() and not self._is_small_name(word, count):
                break
            if count and word[0].isascii() and not self.page.is_folded and word[0].lower() in _no_place():
                break
            end = word.end()
            if self.text[end : end + 1] not in {" ", "\u00a0", "-", "'", "’"}:
                break
            place = end + 1
        return end
