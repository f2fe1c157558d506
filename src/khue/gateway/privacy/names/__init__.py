"""Names of persons: titles and fields before them, and what Vietnamese, English and French names are made of."""

from collections.abc import Iterator

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import names
from khue.gateway.privacy.names import others, unmarked, vietnamese
from khue.gateway.privacy.names.parts import ROSTER
from khue.gateway.privacy.names.reading import Reading
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.titles import FAMILIAR


def find(page: Page) -> Iterator[Finding]:
    reading = Reading(page)
    free_from = 0
    for at in reading.beginnings():
        if at < free_from:
            continue
        score, last = _name(reading, at)
        if score:
            start, end = reading.words[at].start, reading.words[last].end
            yield Finding(start, end, Kind.PERSON, page.text[start:end], score)
            if born := ROSTER.match(page.text, end):
                yield Finding(born.start(1), born.end(1), Kind.BIRTH_DATE, born[1], 0.7)
            reading.found_until(last)
            free_from = last + 1


def _name(reading: Reading, at: int) -> tuple[float, int]:
    """How sure it is that a name begins at this word, and its last word."""
    title = reading.title(at)
    if not reading.words[at].text[0].isupper():
        found = others.behind_particle(reading, at, title) or unmarked.name(reading, at)
        return found if found[0] else (unmarked.given_only(reading, at), at)
    if not reading.is_name_word(at):
        return 0, at
    if title and (found := _titled(reading, at, title))[0]:
        return found
    if (at == reading.next_of_list or _is_addressed(reading, at)) and reading.is_given(at):
        return 0.6, at
    if reading.is_surname(reading.words[at]) and (found := vietnamese.name(reading, at))[0]:
        return found
    return others.name(reading, at)


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
        is_first_name = title == "western" and reading.words[at].text.lower() in reading.known.western
        return (0.8 if is_first_name else 0), at
    if title in {"western", "western_field", "field"}:
        return 0.93, last
    return (0.93 if _looks_like_one(reading, at, last) else 0), last


def _looks_like_one(reading: Reading, at: int, last: int) -> bool:
    first = reading.words[at]
    is_western = first.text.lower() in reading.known.western
    if reading.is_surname(first) or is_western or reading.is_surname(reading.words[last]):
        return True
    words = reading.words[at : last + 1]
    return last - at == 1 and all(word.text in names("given") | names("middle") for word in words)


def _is_addressed(reading: Reading, at: int) -> bool:
    """a Khôi, c Mỹ: in messages."""
    return reading.page.has_marks and at > 0 and reading.words[at - 1].text in {"a", "c", "e"} and reading.joined(at)
