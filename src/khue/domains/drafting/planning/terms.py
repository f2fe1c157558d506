"""Words that a rewriting may not change: codes, defined terms, those somebody listed. Hidden from the model as marks
and put back afterwards, so that code and not the model keeps them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from khue.domains.drafting.nd30.citing import CODE

LANGUAGES = ("vi", "en", "fr")
_DEFINED = re.compile(
    r"(?:sau đây gọi(?: tắt)? là|gọi tắt là|hereinafter(?: referred to as)?|ci-après(?: dénommée?s?)?)\s*:?\s*"
    r"[\"“«]?\s?(?P<term>[^\"”»,.;()\n]{2,60})",
    re.IGNORECASE,
)
_CODE = re.compile(rf"(?<![\w/]){CODE}")
_MARK = re.compile(r"[\[<{(]\s*[Tt]\s?(\d{1,2})\s*[\]>})]")


@dataclass(frozen=True)
class Hidden:
    """`text` with a mark for each term; `kept`: mark → (as it stood, as it shall stand)."""

    text: str
    kept: Mapping[str, tuple[str, str]]

    def restored(self, told: str) -> tuple[str, list[str]]:
        """With the terms back, and those whose mark did not come back."""
        marks = {found.group(): f"[T{int(found.group(1))}]" for found in _MARK.finditer(told)}
        for written, mark in marks.items():
            if mark in self.kept:
                told = told.replace(written, self.kept[mark][1])
        missing = [old for mark, (old, new) in self.kept.items() if mark not in marks.values() and new not in told]
        return told, missing


MOST_HINTS = 8


@cache
def _glossary() -> tuple[dict[str, str], ...]:
    rows = yaml.safe_load((Path(__file__).parent / "glossary.yaml").read_text(encoding="utf-8"))
    return tuple(dict(zip(LANGUAGES, row, strict=True)) for row in rows)


def hints(text: str, *, to: str) -> list[tuple[str, str]]:
    """Words of an office that stand in the text, with what they are called in the language `to`; longer first."""
    found = {
        word: row[to]
        for row in _glossary()
        for language, word in row.items()
        if language != to and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    }
    chosen = sorted(found, key=len, reverse=True)
    whole = [word for word in chosen if not any(word in other for other in chosen if other != word)]
    return [(word, found[word]) for word in whole[:MOST_HINTS]]


_HEADS = {
    "en": "Department|Ministry|Office|Committee|People’s Committee|People’s Council",
    "fr_f": "Direction|Mairie|Commission|Préfecture",
    "fr_m": "Comité|Ministère|Service|Bureau|Conseil",
}


def articled(text: str, language: str) -> str:
    """Names of agencies with their article, which a mark in their place does not bring."""
    if language == "en":
        text = re.sub(rf"(?<![Tt]he )(?<![\w’])(?=(?:{_HEADS['en']})\s(?:of|for)\b)", "the ", text)
    if language == "fr":
        for pattern, instead in (
            (rf"\bà (?=(?:{_HEADS['fr_f']})\b)", "à la "), (rf"\bde (?=(?:{_HEADS['fr_f']})\b)", "de la "),
            (rf"\bà (?=(?:{_HEADS['fr_m']})\b)", "au "), (rf"\bde (?=(?:{_HEADS['fr_m']})\b)", "du "),
            (rf"(?:(?<=^)|(?<=[,.;:] ))(?=(?:{_HEADS['fr_f']})\b)", "la "),
            (rf"(?:(?<=^)|(?<=[,.;:] ))(?=(?:{_HEADS['fr_m']})\b)", "le "),
        ):  # fmt: skip
            text = re.sub(pattern, instead, text)
    return text[:1].upper() + text[1:] if language != "vi" else text


def listed(lines: str) -> list[dict[str, str]]:
    """ "Ủy ban nhân dân = People’s Committee = Comité populaire", one a line, in the order vi, en, fr."""
    rows = [[part.strip() for part in line.split("=")] for line in lines.splitlines() if line.strip()]
    return [{language: word for language, word in zip(LANGUAGES, row, strict=False) if word} for row in rows]


def defined(texts: Iterable[str]) -> list[str]:
    """Terms that a document defines itself: "(sau đây gọi tắt là Ban Chỉ đạo)"."""
    return list(dict.fromkeys(found["term"].strip() for text in texts for found in _DEFINED.finditer(text)))


def hidden(text: str, *, terms: Sequence[Mapping[str, str]], own: Sequence[str], to: str) -> Hidden:
    """Of listed terms the word of the language `to`; codes and the document's own terms as they are. Longer first."""
    wanted: dict[str, str] = {code.group(): code.group() for code in _CODE.finditer(text)}
    wanted |= {word: word for word in own}
    for row in terms:
        for word in row.values():
            wanted[word] = row.get(to, word)
    kept: dict[str, tuple[str, str]] = {}
    for word in sorted(wanted, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        if found is None:
            continue
        mark = f"[T{len(kept) + 1}]"
        kept[mark] = (found.group(), wanted[word])
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", mark, text, flags=re.IGNORECASE)
    return Hidden(text, kept)
