"""Which part of a text an idea belongs to."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khue.domains.drafting.nd30.folding import fold
from khue.domains.drafting.planning.ideas import Brief
from khue.domains.drafting.planning.stating import polished

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """`open`, `close`, `lead`: words of the form; `gap`: what is missing where nothing belongs here; `form`: there also
    without an idea; `says`: what becomes of an idea here; `request`: what is asked for; `follows`: what the brief says
    after it and that begins with one of `starts`; `alone`: opens only where nothing is."""

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
    alone: bool = False
    request: bool = False
    follows: bool = False
    starts: tuple[str, ...] = ()
    one: str = ""
    many: str = ""
    says: tuple[tuple[str, str], ...] = ()


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
    return [
        Part(
            **{
                **facts,
                "cues": tuple(facts.get("cues", ())),
                "starts": tuple(facts.get("starts", ())),
                "says": _pairs(facts),
            }
        )
        for facts in told
    ]


def _pairs(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((pattern, said) for pattern, said in facts.get("says", ()))


def said(part: Part, text: str) -> str:
    """The idea as the part says it; without a label that says what the part's title says."""
    label, colon, rest = text.partition(":")
    words = set(fold(label).split())
    if part.title and colon and rest.strip() and words <= set(fold(f"{part.title} {' '.join(part.cues)}").split()):
        text = polished(rest)
    for pattern, form in part.says:
        if found := re.fullmatch(pattern, text.strip().rstrip("."), re.IGNORECASE):
            whole = found.expand(form)
            return polished(whole if form.startswith("\\1") else whole.replace(text[:8], text[:1].lower() + text[1:8]))
    return text


def placed(brief: Brief, parts: Sequence[Part], requests: Collection[int] = ()) -> list[tuple[int, ...]]:
    """For each part the numbers of its ideas; every idea has one place, none is left out."""
    if not parts:
        return []
    main = next((at for at, part in enumerate(parts) if part.main), 0)
    asking = next((at for at, part in enumerate(parts) if part.request), None)
    after = next((at for at, part in enumerate(parts) if part.follows), main)
    found: list[list[int]] = [[] for _part in parts]
    for number, idea in enumerate(brief.ideas):
        label = brief.labels[number] if brief.labels else ""
        if asking is not None and number in requests:
            found[asking].append(number)
        elif number == 0 and brief.titled:
            found[main].append(number)
        else:
            at = _by_label(label, parts, main) if label else _by_cues(idea, parts, main)
            found[after if at == main and _follows(idea, number, parts[after], requests) else at].append(number)
    return [tuple(one) for one in found]


def _follows(idea: str, number: int, part: Part, requests: Collection[int]) -> bool:
    """A detail of what is asked for, said after it; a reason stands before it."""
    return bool(requests) and number > min(requests) and idea.lower().startswith(part.starts)


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
            found = re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text)
            if found and found.start() < best:
                best, where = found.start(), at
    return where
