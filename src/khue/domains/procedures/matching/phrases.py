"""Phrases as people say them, looked for in a question."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("vi", "en", "fr")
# a longer phrase without marks is hardly another word: it counts in a question that has some of its marks
SURE = 9
_WORD = re.compile(r"[^\W_]+")
_PIECES = re.compile(r"[\s*?]+")


def folded(text: str) -> str:
    """Small letters without diacritics: "Đăng ký" becomes "dang ky"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("œ", "oe").replace("’", "'")


def small(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.lower().replace("’", "'").split()))


def words(text: str) -> list[str]:
    return _WORD.findall(text)


@dataclass(frozen=True)
class Said:
    """A question in the forms in which phrases are looked for. `bare`: it has no diacritics at all."""

    text: str
    language: str

    @cached_property
    def marked(self) -> str:
        return small(self.text)

    @cached_property
    def plain(self) -> str:
        return " ".join(folded(self.text).split())

    @cached_property
    def is_bare(self) -> bool:
        return self.plain == self.marked


@dataclass(frozen=True)
class Phrase:
    """Parts that must all stand in the text, each as written and without marks. `longest`: a piece that is there
    whenever they are; most questions lack it, and a glance tells."""

    longest: str
    parts: tuple[str, ...]
    marked: tuple[re.Pattern[str], ...]
    plain: tuple[re.Pattern[str], ...]
    is_sure: bool

    @classmethod
    def of(cls, text: str, *, lenient: bool) -> "Phrase":
        parts = [part.strip() for part in text.split(" + ")]
        return cls(
            max(_PIECES.split(folded(" ".join(parts))), key=len),
            tuple(map(small, parts)),
            tuple(_pattern(small(part)) for part in parts),
            tuple(_pattern(folded(part)) for part in parts),
            lenient or len(text) >= SURE,
        )

    def says_more_than(self, other: "Phrase") -> bool:
        """Whether each part of the other stands in one of its own parts: "tách hộ khẩu" says more than "hộ khẩu"."""
        return self.parts != other.parts and all(any(part in own for own in self.parts) for part in other.parts)

    def stands_in(self, marked: str, plain: str, *, bare: bool) -> bool:
        if self.longest not in plain:
            return False
        if all(part.search(marked) for part in self.marked):
            return True
        return (bare or self.is_sure) and all(part.search(plain) for part in self.plain)


@dataclass(frozen=True)
class Phrases:
    """The phrases of one meaning in each language, longest first."""

    by_language: Mapping[str, tuple[Phrase, ...]]

    @classmethod
    def of(cls, entry: Mapping[str, Iterable[str]]) -> "Phrases":
        return cls(
            {
                language: tuple(
                    Phrase.of(str(text), lenient=language != "vi")
                    for text in sorted(map(str, entry.get(language, ())), key=len, reverse=True)
                )
                for language in LANGUAGES
            }
        )

    def found(self, said: Said) -> Phrase | None:
        """The longest of them that stands in the question."""
        marked, plain, bare = said.marked, said.plain, said.is_bare
        phrases = self.by_language.get(said.language, ())
        return next((phrase for phrase in phrases if phrase.stands_in(marked, plain, bare=bare)), None)


@lru_cache
def table(name: str) -> dict[str, Any]:
    """One of the YAML files beside this one."""
    loaded: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def _pattern(part: str) -> re.Pattern[str]:
    """Whole words; "*" goes on to the word's end, "?" is any one letter."""
    body = re.escape(part).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<!\w){body}(?!\w)")
