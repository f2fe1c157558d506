"""A note as a sentence of a letter, by ordinary code: what nobody needs a model for, and what stands where a model's
words may not."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khue.domains.drafting.nd30 import wording

HERE = Path(__file__).parent
LONGEST_SUBJECT, SHORTEST_SUBJECT = 26, 6


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "phrases.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Stated:
    """`whole`: no model could say it better; `asked`: what the reader is asked to do, "" for what is told."""

    text: str
    whole: bool = False
    asked: str = ""


def written_out(text: str, language: str) -> str:
    """Abbreviations that a letter does not use."""
    for short, full in _data()[language]["short"].items():
        text = re.sub(rf"(?<![\w/-]){short}(?![\w/-])", full, text)
    return text


def stated(note: str, language: str, *, asking: bool = False) -> Stated:
    """`asking`: the letter asks for something already, so "gửi danh sách" is asked, too."""
    facts, note = _data()[language], note.strip()
    if asked := asked_for(note, language, asking=asking):
        return Stated(_requested(note, asked, language), True, asked)
    for start, beginning in facts["says"]:
        if found := re.match(rf"{start}(?=\s)\s*", note, re.IGNORECASE):
            return Stated(polished(f"{beginning} {note[found.end() :]}".replace("  ", " ")), True)
    return Stated(polished(note), bool(re.match(facts["whole"], note, re.IGNORECASE)))


def asked_for(note: str, language: str, *, asking: bool = False) -> str:
    facts, note = _data()[language], note.strip()
    if language == "vi":
        if found := re.match(facts["asks"], note, re.IGNORECASE):
            return note[found.end() :].strip()
        return note if asking and re.match(rf"(?:{facts['acts']})\s", note, re.IGNORECASE) else ""
    return note if re.match(rf"(?:{facts['acts']})\s", note, re.IGNORECASE) else ""


def is_asking(note: str, language: str) -> bool:
    return bool(re.match(_data()[language]["asks"], note.strip(), re.IGNORECASE))


def _requested(note: str, asked: str, language: str) -> str:
    if language == "vi":
        return polished(note)
    return polished(f"{'please' if language == 'en' else 'merci de'} {asked[:1].lower()}{asked[1:]}")


def subject(note: str, language: str) -> str:
    """What a note is about, in its own words, without day and place."""
    facts = _data()[language]
    bare = re.sub(rf"^{facts['subject']}", "", note.strip(), count=1, flags=re.IGNORECASE)
    whole = re.split(facts["ends"], bare, maxsplit=1)[0].strip(" ,;:.")
    told = _of_length(whole or bare, facts["joins"]).rstrip(" ,;:.")
    return told[:1].lower() + told[1:] if language == "vi" and not told[:2].isupper() else wording.first_upper(told)


def _of_length(text: str, joins: str) -> str:
    """Cut before a word that only adds to what is said, where one is; never inside what it adds."""
    words = text.split()
    if len(words) <= LONGEST_SUBJECT:
        return text
    ends = [at for at in range(SHORTEST_SUBJECT, LONGEST_SUBJECT) if re.fullmatch(joins, words[at], re.IGNORECASE)]
    return " ".join(words[: ends[-1] if ends else LONGEST_SUBJECT])


def polished(text: str) -> str:
    text = text.strip().rstrip(";,").strip()
    return wording.first_upper(text) + ("" if text.endswith((".", "!", "?", ":")) else ".")
