"""What was found, in the reader's language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Level = Literal["stop", "warn", "note"]
WORDS = Path(__file__).resolve().parent / "words.yaml"
MOST_WHERE = 100


@dataclass(frozen=True)
class Finding:
    """`level`: stop - must not be handed on; warn - should be mended; note - to know. `where`: its place."""

    code: str
    level: Level
    message: str
    where: str
    remedy: str


@dataclass(frozen=True)
class Found:
    """Before it is put into words; `about` stands in the message."""

    code: str
    where: str = ""
    about: str = ""

    def said(self, language: str) -> Finding:
        told = _words()[self.code]
        message = str(told["message"][language]).replace("{about}", self.about)
        where = " ".join(self.where.split())
        return Finding(self.code, told["level"], message, where[:MOST_WHERE], str(told["remedy"][language]))


@cache
def _words() -> dict[str, Any]:
    return dict(yaml.safe_load(WORDS.read_text(encoding="utf-8")))


def codes() -> frozenset[str]:
    return frozenset(_words())
