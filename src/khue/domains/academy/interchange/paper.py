"""A quiz on its way to or from a file, in one language, and what was lost on the way."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from khue.domains.academy.quizzing.draws import Section
from khue.domains.academy.quizzing.items import Item


@dataclass(frozen=True)
class Paper:
    """`sections` empty: all items in their order. `time_limit_s` 0: none."""

    title: str
    items: tuple[Item, ...]
    language: str = "vi"
    sections: tuple[Section, ...] = ()
    time_limit_s: int = 0


@dataclass(frozen=True)
class Loss:
    """`field` of the item with this key is not, or not all, in the file; key "": of the quiz as a whole."""

    key: str
    field: str


@dataclass(frozen=True)
class Problem:
    """Something in a file that was left out; `code` is one of those in actions/interchange.py."""

    where: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Read:
    paper: Paper
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Written:
    octets: bytes
    losses: tuple[Loss, ...] = ()


@dataclass
class Collected:
    """What a reader gathers while it goes through a file."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def free_key(self, wanted: str) -> str:
        base = key_of(wanted)
        taken = {item.key for item in self.items}
        return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 100_000))) if key not in taken)


class Refused(Exception):
    """The file is not read at all. `code` as in Problem."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


def title_of(item: Item, language: str, *, longest: int = 70) -> str:
    """The item's title, else the beginning of its prompt without marks."""
    if item.title:
        return item.title
    text = " ".join(re.sub(r"[*_`#>\[\]]", "", item.prompt.get(language, "")).split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def key_of(text: str) -> str:
    """ "Cổng Dịch vụ công" → "cong-dich-vu-cong"."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "item"


def joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)
