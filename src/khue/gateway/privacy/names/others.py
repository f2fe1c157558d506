"""Western names, those of the highlands, and Vietnamese ones with the surname last."""

import re

from khue.gateway.privacy.names.parts import PARTICLES, ROSTER
from khue.gateway.privacy.names.reading import ABBREVIATION, Reading
from khue.gateway.privacy.titles import FAMILIAR

BESIDE = re.compile(r"[ ,;|(<–\-\t:]{1,4}")
ACTS = re.compile(
    r" (?:wrote|signed|said|called|filed|left|paid|applied|asked|complained|lives|lived|works|worked|retired|married"
    r"|died|submitted|arrived|phoned|resigned|testified|who (?:lives|works|was|is)"
    r"|a (?:fait|déposé|signé|rédigé|quitté|reçu|demandé|appelé|écrit|payé|déclaré|répondu|épousé|témoigné|démissionné)"
    r"|habite|vit|travaille|souhaite|déclare|conteste|s'est plainte?|est (?:née?|décédée?|arrivée?|partie?|venue?)"
    r"|cho biết|nộp đơn|làm đơn|khai rằng|trình bày|sinh năm|sinh ngày|thường trú|ký tên|xin nghỉ)(?![^\W_])"
)
CALLED = re.compile(
    r" ơi(?![^\W_])| \((?:vợ|chồng|con|con trai|con gái|bố|cha|mẹ|anh|chị|em|cháu|ông|bà|husband|wife|spouse|son"
    r"|daughter|mother|father|brother|sister|époux|épouse|fils|fille|mère|père|frère|sœur|conjoint|conjointe)\)"
)
END_OF_CELL = re.compile(r"\s*(?:[,;:.|/)]|\Z)| [–-] ")
# of what bears a name, these are surnames too
SURNAMES_TOO = frozenset("hall park lane day temple law".split())


def behind_particle(reading: Reading, at: int, title: str) -> tuple[float, int] | None:
    """Mr van der Berg."""
    words = reading.words
    if title not in FAMILIAR or reading.page.is_folded or words[at].text not in PARTICLES:
        return None
    ahead = at + 1
    while ahead < len(words) and reading.joined(ahead) and words[ahead].text.lower() in PARTICLES:
        ahead += 1
    if ahead >= len(words) or not reading.joined(ahead) or not reading.is_name_word(ahead):
        return None
    return 0.9, reading.run(ahead)


def name(reading: Reading, at: int) -> tuple[float, int]:
    known, words = reading.known, reading.words
    word, last = words[at], reading.run(at, 4)
    if last == at and (turned := _turned(reading, at)):
        return 0.65, turned
    if word.text.isupper() and (found := _capital_surname(reading, at))[0]:
        return found
    if last == at or reading.continues(at) or reading.is_thing(at, last) or at in reading.thing_begins:
        return 0, at
    if words[last].text.lower() in known.things_after - SURNAMES_TOO:  # Victoria Station
        return 0, at
    if word.text.lower() in PARTICLES and words[at + 1].text.isupper() and not word.text.isupper():  # La CDC
        return 0, at
    if ABBREVIATION.match(words[last].text) and not word.text.isupper():  # Don_TT
        return 0, at
    if _is_called(reading, last) and last - at < 3 and not reading.is_place(at):
        return 0.65, last
    if word.text.lower() in known.western or _is_highland(reading, at, last):
        return 0.75, last
    if len(word.text) == 1 and not reading.page.has_marks and _follows_initials(reading, at, last):
        return 0.65, last
    if word.text.isupper() and words[last].text.lower() in known.western:
        return 0.7, last
    if words[last].text.lower() in known.western_surnames and last - at < 3 and not reading.begins(at):
        return 0.65, last
    if _is_beside(reading, last) and last - at < 3 and not reading.is_place(at):
        return 0.65, last
    if at == reading.next_of_list and not reading.is_place(at):
        return 0.65, last
    if last - at == 1 and _acts(reading, last) and not reading.is_place(at):
        return 0.6, last
    return _surname_last(reading, at, last)


def _is_highland(reading: Reading, at: int, last: int) -> bool:
    """Y Moan Ênuôl, H'Hen Niê; Tráng A Dương."""
    words = reading.words[at : last + 1]
    if any(word.text.lower() in reading.known.highland for word in words):
        return True
    starts_so = words[0].text in {"H", "K"} and reading.text[words[0].end] in "'’"
    return starts_so or len(words) == 3 and words[1].text == "A" and words[0].text.lower() in reading.known.surnames


def _is_called(reading: Reading, last: int) -> bool:
    """Lan Hương ơi; Pradeep Kulkarni (époux)."""
    return CALLED.match(reading.text, reading.words[last].end) is not None


def _turned(reading: Reading, at: int) -> int:
    """KOWALSKI, Andrzej; the last word, or 0."""
    words = reading.words
    if at + 1 >= len(words):
        return 0
    given = words[at + 1]
    if reading.text[words[at].end : given.start] != ", ":
        return 0
    if given.text in {"Thi", "Thị"} and reading.is_surname(words[at]):  # Vu, Thi Thanh Hoa
        return reading.run(at + 1, 4)
    is_asked = reading.title(at).startswith("western") and ":" in reading.text[words[at - 1].end : words[at].start]
    if len(words[at].text) < 3 or not (words[at].text.isupper() or is_asked):
        return 0
    is_known = given.text.lower() in reading.known.western or words[at].plain in reading.known.strong
    is_given = is_known and given.text[0].isupper() and not given.text.isupper()
    return reading.run(at + 1, 4) if is_given else 0


def _capital_surname(reading: Reading, at: int) -> tuple[float, int]:
    """KERVADEC Yann-Armel; LE GOFF Maël: as registers have it."""
    words = reading.words
    if reading.page.has_marks or reading.page.is_folded or reading.continues(at) or at in reading.thing_begins:
        return 0, at
    last = at
    while last + 1 < len(words) and last - at < 2 and reading.joined(last + 1) and words[last + 1].text.isupper():
        last += 1
    size, ahead = sum(len(word.text) for word in words[at : last + 1]), last + 1
    if size < 4 or ahead >= len(words) or not reading.joined(ahead) or reading.is_abbreviated(at, last):
        return 0, at
    if not (
        reading.is_name_word(ahead)
        and words[ahead].text[1:].islower()
        and all(map(reading.is_name_word, range(at, ahead)))
    ):
        return 0, at
    end = reading.run(ahead, 3)
    if words[end].text.lower() in reading.known.things_after or reading.holds_a_term(at, end):
        return 0, at
    if words[ahead].text.lower() in reading.known.western:
        return 0.7, end
    is_closed = END_OF_CELL.match(reading.text, words[end].end) is not None
    return (0.6 if is_closed and reading.page.personal and len(words[ahead].text) > 2 else 0), end


def _follows_initials(reading: Reading, at: int, last: int) -> bool:
    """J. P. Holloway"""
    final = reading.words[last].text
    return reading.text[reading.words[at].end] == "." and len(final) > 3 and not final.isupper()


def _acts(reading: Reading, last: int) -> bool:
    """Bertille Cassagne a signé: what only people do follows."""
    word = reading.words[last]
    return not word.text.isupper() and ACTS.match(reading.text, word.end) is not None


def _is_beside(reading: Reading, last: int) -> bool:
    """Capitals right before a number or an address of a person."""
    end = reading.words[last].end
    gap = BESIDE.match(reading.text, end)
    return gap is not None and gap.end() in reading.page.personal or ROSTER.match(reading.text, end) is not None


def _surname_last(reading: Reading, at: int, last: int) -> tuple[float, int]:
    """Minh Anh Nguyen."""
    known, words = reading.known, reading.words
    if reading.page.has_marks and not all(word.text.isascii() for word in words[at : last + 1]):
        return 0, at
    if reading.page.is_folded or at + 1 in reading.title_before or reading.is_place(at):
        return 0, at
    for end in range(last, at, -1):
        given = words[at:end]
        if words[end].plain in known.strong and all(
            word.plain in known.given or word.plain in known.middle for word in given
        ):
            is_surname_first = given[0].plain in known.strong or (
                reading.page.has_marks and given[0].plain in {"anh", "chi"}
            )
            return (0 if is_surname_first else 0.65), end
    return 0, at
