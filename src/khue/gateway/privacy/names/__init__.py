"""Names of persons: titles and fields before them, and what Vietnamese, English and French names are made of."""

import re
from collections.abc import Iterator

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import names
from khue.gateway.privacy.names import given, learned, others, unmarked, vietnamese
from khue.gateway.privacy.names.parts import ROSTER
from khue.gateway.privacy.names.reading import ABBREVIATION, Reading
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.titles import FAMILIAR

GREETINGS = frozenset("hi hello dear bonjour salut coucou cher chere thanks merci".split())
NAME_FIELDS = frozenset("nom name surname prenom prenoms names naissance famille usage".split())
# Packing List, Chartered Financial Analyst: how words of English end, and names seldom
ENGLISH = re.compile(
    r"(?:tion|sion|ment|ings?|ics|ical|ial|ists?|able|ance|ence|ness|ity|ware|work|form|format|document|list|code|ed|lyst"
    r"|port|able|logy|ure|ive|ous|ible|key|card|data|page|type|string|number|value|service|certificate)\Z"
)
CELL_END = re.compile(r"[ \t]*(?:[;|,/\n)]|\Z| [–-] )")
TOWARDS = frozenset("from to a de".split())
SURE = 4.0  # of the learned reader: how much surer than not a name


def find(page: Page) -> Iterator[Finding]:
    reading = Reading(page)
    free_from, behind = 0, -1
    for at in reading.beginnings():
        if at < free_from:
            continue
        score, last = _name(reading, at)
        if score and not reading.is_abbreviated(at, last) and not reading.holds_a_term(at, last):
            yield _person(reading, at, last, score)
            end = reading.words[last].end
            yield from _named_before(reading, at, behind)
            behind = last
            if born := ROSTER.match(page.text, end):
                yield Finding(born.start(1), born.end(1), Kind.BIRTH_DATE, born[1], 0.7)
            reading.found_until(last)
            free_from = last + 1
    yield from _weighed(reading)


def _person(reading: Reading, first: int, last: int, score: float) -> Finding:
    start, end = reading.words[first].start, reading.words[last].end
    return Finding(start, end, Kind.PERSON, reading.text[start:end], score)


def _named_before(reading: Reading, at: int, behind: int) -> Iterator[Finding]:
    """Alăng Crách, Arất Thị Bhlới: what stands in a list before a name is likely to be one."""
    last = at - 1
    if last <= behind or reading.text[reading.words[last].end : reading.words[at].start] not in {", ", "; "}:
        return
    first = last
    while first - 1 > behind and reading.joined(first) and reading.words[first - 1].text[0].isupper():
        first -= 1
    are_names = all(reading.is_name_word(each) for each in range(first, last + 1))
    if 0 < last - first < 4 and are_names and not _is_none(reading, first, last):
        yield _person(reading, first, last, 0.55)


def _weighed(reading: Reading) -> Iterator[Finding]:
    """What no rule is sure of, and many small signs together are. Where both find, the rule stays."""
    for first, last, sure in learned.stretches(reading, SURE):
        if _is_none(reading, first, last):
            continue
        yield _person(reading, first, last, min(0.59, 0.5 + sure / 1000))


def _is_none(reading: Reading, first: int, last: int) -> bool:
    """Words that no name holds, places, things called after people."""
    words = reading.words[first : last + 1]
    if any(word.text.lower() in reading.known.stop and not reading.is_surname(word) for word in words):
        return True
    if reading.holds_a_term(first, last) or any(ABBREVIATION.match(word.text) for word in words):
        return True
    if reading.page.has_marks and not reading.title(first) and _is_unheard(reading, first, last):
        return True
    if first == last and _is_inside(reading, first):
        return True
    return reading.is_place(first) or reading.bears(last) or first in reading.thing_before | reading.thing_begins


def _is_unheard(reading: Reading, first: int, last: int) -> bool:
    """Among Vietnamese words: one word that is no given name, Phiếu A, Packing List."""
    words, known = reading.words[first : last + 1], reading.known
    if first == last:
        return words[0].text.capitalize() not in names("given")
    if len(words[-1].text) == 1 and not reading.is_surname(words[0]):
        return True
    foreign = known.western | known.western_surnames | known.highland
    if any(not word.text.isascii() or word.text.lower() in foreign or word.plain in known.parts for word in words):
        return False
    return any(ENGLISH.search(word.plain) for word in words)


def _is_inside(reading: Reading, at: int) -> bool:
    """HỆ, of HỆ THỐNG: one of the capitals that stand together."""
    words = reading.words
    before = at > 0 and reading.joined(at) and words[at - 1].text[0].isupper() and not reading.title(at)
    after = at + 1 < len(words) and reading.joined(at + 1) and words[at + 1].text[0].isupper()
    return (before or after) and words[at].text.isupper()


def _name(reading: Reading, at: int) -> tuple[float, int]:
    """How sure it is that a name begins at this word, and its last word."""
    title = reading.title(at)
    if not reading.words[at].text[0].isupper():
        found = others.behind_particle(reading, at, title) or unmarked.name(reading, at)
        return found if found[0] else (unmarked.given_only(reading, at), at)
    if not reading.is_name_word(at) or reading.is_title(at):
        return 0, at
    if title and (found := _titled(reading, at, title))[0]:
        return found
    if (at == reading.next_of_list or _is_addressed(reading, at)) and reading.is_given(at):
        return 0.6, at
    if reading.page.is_folded and _is_addressed(reading, at) and reading.words[at].plain in reading.known.given:
        return 0.6, reading.run(at)
    if reading.is_surname(reading.words[at]) and (found := vietnamese.name(reading, at))[0]:
        return found
    found = others.name(reading, at)
    if not found[0]:
        found = given.name(reading, at)
    return found if found[0] else given.foreign(reading, at)


def _titled(reading: Reading, at: int, title: str) -> tuple[float, int]:
    is_surname = reading.is_surname(reading.words[at])
    if reading.is_place(at) or at in reading.thing_begins and not is_surname:
        return 0, at
    last = reading.vietnamese_run(at, is_titled=True) if is_surname else reading.run(at)
    if reading.bears(last):
        return 0, at
    if title in FAMILIAR:
        return 0.95, last
    if last == at:
        if reading.is_given(at):
            return 0.7, at
        return _first_name(reading, at, title), at
    if title in {"western", "western_field", "field"}:
        return 0.93, last
    return (0.93 if _looks_like_one(reading, at, last) else 0), last


def _first_name(reading: Reading, at: int, title: str) -> float:
    """Hi Solveig, nurse Tuyet, my brother Ngoc; Nom : BENOUALI."""
    if not title.startswith("western"):
        return 0
    word, title_word = reading.words[at], reading.words[at - 1]
    if (
        title_word.plain in NAME_FIELDS
        and title == "western_field"
        and ":" in reading.text[title_word.end : word.start]
    ):
        return 0.7 if len(word.text) > 2 and CELL_END.match(reading.text, word.end) else 0
    if word.text.lower() in reading.known.western:
        return 0.8
    if word.text.isupper() or not reading.is_last(at) or title_word.plain in TOWARDS:
        return 0
    if word.plain in reading.known.given and word.text.isascii() and len(word.text) > 2:
        return 0.65
    is_greeted = title_word.text.islower() or title_word.plain in GREETINGS
    return 0.6 if is_greeted and title == "western" and (len(word.text) > 2 or not word.text.isascii()) else 0


def _looks_like_one(reading: Reading, at: int, last: int) -> bool:
    first = reading.words[at]
    is_western = first.text.lower() in reading.known.western
    if reading.is_surname(first) or is_western or reading.is_surname(reading.words[last]):
        return True
    words = reading.words[at : last + 1]
    if last - at > 1 and words[1].text in names("middle") and words[-1].text in names("given"):  # Cấn Đình Tài
        return True
    return last - at == 1 and all(word.text in names("given") | names("middle") for word in words)


def _is_addressed(reading: Reading, at: int) -> bool:
    """a Khôi, c Mỹ: in messages."""
    is_vietnamese = reading.page.has_marks or reading.page.is_folded
    return is_vietnamese and at > 0 and reading.words[at - 1].text in {"a", "c", "e"} and reading.joined(at)
