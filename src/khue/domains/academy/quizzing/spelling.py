"""When two short answers are the same words, although typed by different people on different keyboards.

Vietnamese is written with the tone mark in two places ("hoà" and "hòa", "thuý" and "thúy"), composed or decomposed,
with any spaces and case. Tones and letters differ otherwise: "hoa" is not "hoà".
"""

import re
import unicodedata

# grave, acute, tilde, hook above, dot below: the tones; the other marks make another letter
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ALIKE = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "\u2011": "-", "\u00a0": " "})
# a star that stands for any letters; \* is one itself
STAR = re.compile(r"(?<!\\)\*")
_OUTER = " \t\n.,;:!?\"'()[]"


def folded(text: str, *, cased: bool = False, marked: bool = True) -> str:
    """The form in which equal answers are equal."""
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    text = " ".join(text.split()).strip(_OUTER)
    if not cased:
        text = text.casefold()
    syllables = (_tone_last(part) if marked else _bare(part) for part in re.split(r"([\W_]+)", text))
    return "".join(syllables)


def fits(answer: str, key: str, *, cased: bool = False, marked: bool = True) -> bool:
    """`key` may hold * for any letters, or none, and \\* for a star itself."""
    pieces = [piece.replace("\\*", "*") for piece in STAR.split(key)]
    if len(pieces) == 1:
        return folded(answer, cased=cased, marked=marked) == folded(pieces[0], cased=cased, marked=marked)
    return _pattern(pieces, cased=cased, marked=marked).fullmatch(_flat(answer, cased=cased, marked=marked)) is not None


def _pattern(pieces: list[str], *, cased: bool, marked: bool) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(_flat(piece, cased=cased, marked=marked)) for piece in pieces), re.DOTALL)


def _flat(text: str, *, cased: bool, marked: bool) -> str:
    """As `folded`, but keeps the spaces and signs at the ends, which a star may stand beside."""
    inner = folded(text, cased=cased, marked=marked)
    text = text.translate(_ALIKE)
    before = " " if inner and text[:1].isspace() else ""
    after = " " if inner and text[-1:].isspace() else ""
    return f"{before}{inner}{after}"


def _tone_last(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones


def _bare(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
