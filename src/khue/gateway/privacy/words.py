"""Letters, words and phrases: what the detectors read a text by."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

WORD = re.compile(r"[^\W\d_]+")
MARKED = re.compile(r"[^\u0300-\u036f\u1ab0-\u1aff]?[\u0300-\u036f\u1ab0-\u1aff]+")
# between two words of one phrase: a blank, a dot, a line break of a form
GAP = frozenset(" \u00a0.-_'’\n\t/")


def _plain_letters() -> dict[int, str]:
    """Every letter of the Latin blocks as one small letter without marks; đ as d."""
    table = {}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code).replace("Đ", "D").replace("đ", "d"))[0].lower()
        if len(base) == 1:
            table[code] = base
    return table


PLAIN = _plain_letters()


def plain(text: str) -> str:
    """Small letters without diacritics, each where it stood."""
    return text.translate(PLAIN)


def letters(phrase: str) -> str:
    """The words of a phrase as they are written, small, with one blank between."""
    return " ".join(WORD.findall(phrase.lower()))


class Word(NamedTuple):
    start: int
    end: int
    text: str
    plain: str


def words(text: str, plain_text: str) -> list[Word]:
    made = tuple.__new__  # half the time of Word(…)
    found = []
    for at in WORD.finditer(text):
        start, end = at.span()
        found.append(made(Word, (start, end, text[start:end], plain_text[start:end])))
    return found


class Mark(NamedTuple, Generic[T]):
    """A phrase of a lexicon where it stands; first and last are numbers of words."""

    start: int
    end: int
    meaning: T
    first: int
    last: int


class Lexicon(Generic[T]):
    """Phrases in small letters without diacritics, found in one pass over the words; the longest wins."""

    def __init__(self, phrases: Mapping[str, T]) -> None:
        # first word, second word ("" of a word alone): what else follows
        self._by_first: dict[str, dict[str, list[tuple[list[str], T]]]] = {}
        for phrase, meaning in phrases.items():
            first, *rest = WORD.findall(plain(phrase))
            by_second = self._by_first.setdefault(first, {})
            by_second.setdefault(rest[0] if rest else "", []).append((rest, meaning))
        for by_second in self._by_first.values():
            for entries in by_second.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def marks(
        self, words: Sequence[Word], plains: Sequence[str], text: str, places: Mapping[str, Sequence[int]]
    ) -> list[Mark[T]]:
        """`places`: of each plain word, in order."""
        by_first = self._by_first
        found: list[Mark[T]] = []
        free_from, final = 0, len(plains) - 1
        for at in sorted(chain.from_iterable([places[word] for word in by_first.keys() & places.keys()])):
            if at < free_from:
                continue
            by_second = by_first[plains[at]]
            longer = by_second.get(plains[at + 1]) if at < final else None
            alone = by_second.get("")
            for rest, meaning in longer + alone if longer and alone else longer or alone or ():
                last = at + len(rest)
                if not rest or plains[at + 1 : last + 1] == rest and _is_phrase(words, text, at, last):
                    found.append(Mark(words[at].start, words[last].end, meaning, at, last))
                    free_from = last + 1
                    break
        return found


def _is_phrase(words: Sequence[Word], text: str, first: int, last: int) -> bool:
    for at in range(first, last):
        gap = text[words[at].end : words[at + 1].start]
        if gap != " " and (len(gap) > 3 or not GAP.issuperset(gap)):
            return False
    return True


def compose(text: str) -> tuple[str, Sequence[int]]:
    """The text in NFC, and for each of its places (and its end) the place in the given text."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for piece in MARKED.finditer(text):
        composed = unicodedata.normalize("NFC", piece[0])
        parts += [text[end : piece.start()], composed]
        places += range(end, piece.start())
        places += [piece.start()] * len(composed)
        end = piece.end()
    places += range(end, len(text) + 1)
    return "".join([*parts, text[end:]]), places
