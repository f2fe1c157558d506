"""Nguyễn Văn An: a surname and what follows it, without a title before."""

from itertools import pairwise

from khue.gateway.privacy.names.reading import Reading
from khue.gateway.privacy.names.unmarked import COLLISIONS

# words after which a person stands, as far as what stands there may be one
CUES = frozenset("của do bởi gửi mời gặp với cử giao gọi cùng và tức tên là nhờ bầu".split())


def name(reading: Reading, at: int) -> tuple[float, int]:
    if reading.continues(at):
        return 0, at
    last = reading.vietnamese_run(at)
    if _is_file_word(reading, at, last):
        return 0, at
    if last == at or reading.is_place(at) or reading.is_thing(at, last) or reading.words[at].text == "Đường":
        return 0, at
    return _weight(reading, at, last), last


def _is_file_word(reading: Reading, at: int, last: int) -> bool:
    """DON DANG KY MUA, as files are called: no marks where all else has them"""
    plains = reading.page.plains
    if not reading.page.has_marks or not all(word.text.isascii() for word in reading.words[at : last + 1]):
        return False
    return any(f"{one} {two}" in COLLISIONS for one, two in pairwise(plains[at : last + 2]))


def _weight(reading: Reading, at: int, last: int) -> float:
    known, words = reading.known, reading.words
    size = last - at + 1
    first, final = words[at], words[last]
    is_marked = reading.page.has_marks and first.text.lower() in known.surnames
    is_weak = first.text.lower() in known.weak_names if is_marked else first.plain in known.weak
    is_caps = len(first.text) > 1 and first.text.isupper() and final.text.isupper()
    has_middle = size > 2 and words[at + 1].plain in known.middle
    if size > 3 and not is_caps:  # a fourth or fifth part may be any
        final = words[at + 2]
    ends_well = final.plain in known.given or len(final.text) == 1
    judged = words[at : last + 1] if is_caps else words[at : min(last, at + 2) + 1]
    all_known = all(word.plain in known.parts for word in judged)
    if is_caps or not is_marked:
        return 0.8 if size > 2 and all_known and (has_middle or not is_weak) else 0
    if size > 2:
        if words[at + 1].text.lower() in {"thị", "văn"}:
            return 0.85
        if is_weak:
            if has_middle and ends_well:
                return 0.8
            return 0.7 if ends_well and all_known or _is_cued(reading, at) else 0
        return 0.85 if ends_well else 0.75
    return 0.6 if not is_weak and (ends_well or not reading.begins(at)) else 0


def _is_cued(reading: Reading, at: int) -> bool:
    """chữ ký của Thạch Sa Rinh"""
    return at > 0 and reading.words[at - 1].text in CUES and reading.joined(at)
