"""Which part of a text an idea belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khue.domains.drafting.nd30.folding import fold
from khue.domains.drafting.planning.ideas import Brief

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """`open`, `close`, `lead`: words of the form; `gap`: what is missing where nothing belongs here; `form`: there also
    without an idea."""

    title: str = ""
    cues: tuple[str, ...] = ()
    open: str = ""
    close: str = ""
    lead: str = ""
    gap: str = ""
    main: bool = False
    article: bool = False
    clause: bool = False
    optional: bool = False
    form: bool = False
    ideas: tuple[int, ...] = field(default=())


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "parts.yaml").read_text(encoding="utf-8"))
    return loaded


def outline(type_: str, language: str, *, reply: bool = False) -> list[Part]:
    """The parts of a type, empty."""
    plain = language if type_ in {"letter", "memo"} and language != "vi" else ""
    name = "reply" if reply and type_ in {"cong-van", "letter", "memo", "thu-cong"} else ""
    name = f"{name or 'letter'}-{plain}" if plain else name or type_
    told = _data().get(name, _data()["other"])
    return [Part(**{**facts, "cues": tuple(facts.get("cues", ()))}) for facts in told]


def placed(brief: Brief, parts: Sequence[Part]) -> list[tuple[int, ...]]:
    """For each part the numbers of its ideas; every idea has one place, none is left out."""
    main = next((at for at, part in enumerate(parts) if part.main), 0)
    found: list[list[int]] = [[] for _part in parts]
    for number, idea in enumerate(brief.ideas):
        label = brief.labels[number] if brief.labels else ""
        found[_by_label(label, parts, main) if label else _by_cues(idea, parts, main)].append(number)
    return [tuple(one) for one in found]


def _by_label(label: str, parts: Sequence[Part], main: int) -> int:
    """The heading of the notes: the part with the most of its words."""
    words = set(fold(label).split())
    shared = [len(words & set(fold(f"{part.title} {part.lead} {' '.join(part.cues)}").split())) for part in parts]
    return max(range(len(parts)), key=lambda at: (shared[at], at == main)) if parts else 0


def _by_cues(idea: str, parts: Sequence[Part], main: int) -> int:
    """A cue counts more the nearer it stands to the beginning: "đề nghị cấp kinh phí" is a request."""
    text = f" {idea.lower()} "
    best, where = len(text) + 1, main
    for at, part in enumerate(parts):
        for cue in part.cues:
            found = re.search(rf"(?<!\w){re.escape(cue)}", text)
            if found and found.start() < best:
                best, where = found.start(), at
    return where
