"""What is compared when words are compared: syllables, pairs of syllables, and codes, with and without diacritics.

Vietnamese writes one syllable a word, so a single syllable says little and a pair is nearly a word. Other words get a
light fold instead: no accents, no common ending. Which of the two a word is can be seen from its shape (no Vietnamese
syllable ends in s, x, ed or ing), so no language has to be guessed and mixed texts are no trouble.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

PAIR = "_"

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"(?<![^\W_])[^\W_]++(?:[./-][^\W_]++)+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE = re.compile(r"(?:ngh?|gh?|gi|qu|[cknpt]h|tr|[bcdhklmnprstvx])?[aeiouy]{1,3}(?:ch|n[gh]|[cmnpt])?")
_ENDING = re.compile(r"(?<=\w{3})(?:ements?|ations?|ings?|ies|ees?|ed|es|e|s|x|y)$")


@dataclass(frozen=True)
class Terms:
    """The words of a text, then their pairs, then its codes: `marked` as written, `plain` as typed without marks."""

    marked: list[str]
    plain: list[str]


def terms(text: str) -> Terms:
    text = unicodedata.normalize("NFC", text).lower()
    forms = [_forms(word) for word in _WORD.findall(text)]
    whole = codes(text)
    return Terms(
        marked=_with_pairs([marked for marked, _ in forms]) + whole,
        plain=_with_pairs([plain for _, plain in forms]) + whole,
    )


def codes(text: str) -> list[str]:
    """Names of documents and procedures, whole and folded: "163/QĐ-BTP" → "163/qd-btp"; "1.001193"."""
    return [fold(code) for code in _CODE.findall(text) if any(c.isdigit() for c in code)]


def fold(text: str) -> str:
    """Without diacritics, in lower case: "Đăng ký" → "dang ky"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("œ", "oe").replace("æ", "ae")


def _is_syllable(word: str) -> bool:
    return _SYLLABLE.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def _forms(word: str) -> tuple[str, str]:
    bare = fold(word)
    if _is_syllable(bare):
        return _tone_last(word), bare
    stem = _ENDING.sub("", bare)
    return stem, stem


def _tone_last(syllable: str) -> str:
    """One form for both ways to place a tone: "hòa" and "hoà", "ủy" and "uỷ"."""
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones


def _with_pairs(words: list[str]) -> list[str]:
    return words + [f"{one}{PAIR}{two}" for one, two in pairwise(words)]
