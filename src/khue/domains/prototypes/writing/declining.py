"""What is not made: tools against people. Read from the description by rules, so that no model can be talked round."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from khue.domains.prototypes.rules import plain

HERE = Path(__file__).resolve().parent


class Harm(StrEnum):
    SURVEILLANCE = "surveillance"
    CREDENTIALS = "credentials"
    DECEPTION = "deception"
    ATTACK = "attack"
    SCORING = "scoring"


@dataclass(frozen=True)
class Wish:
    """`harm`: why nothing is made; `calls_home`: it asks for a way out of the frame, which no tool has."""

    harm: Harm | None
    words: str
    calls_home: bool


@cache
def _known() -> dict[str, re.Pattern[str]]:
    held = yaml.safe_load((HERE / "harms.yaml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(patterns) if name in {"home", "defence"} else rf"(?<!\w)(?:{'|'.join(patterns)})")
        for name, patterns in held.items()
    }


def look(text: str) -> Wish:
    """Somebody who warns of a fraud is not the one who commits it: then only the plainest cases count."""
    said = plain(text)
    known = _known()
    for harm in Harm:
        for found in known[harm].finditer(said):
            before = said[max(0, found.start() - 50) : found.start()]
            if not known["defence"].search(before):
                return Wish(harm, found.group(), bool(known["home"].search(said)))
    return Wish(None, "", bool(known["home"].search(said)))
