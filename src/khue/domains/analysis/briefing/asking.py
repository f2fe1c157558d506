"""What a model is asked for a brief: to choose among what code found, and one sentence for each option.

It never sees a figure. In the findings each stands as a mark ({a}, {b} …); code puts the figures in, each with its
cell. All questions begin alike, so that a server reads that part once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from khue.domains.analysis.briefing.binding import Bound
from khue.domains.analysis.briefing.composing import MOST_PROBLEMS, MOST_REASONS, OPTIONS, Offer, pairs
from khue.domains.analysis.briefing.findings import Finding
from khue.domains.analysis.briefing.instruments import Option
from khue.domains.analysis.briefing.wording import Worded, texts

MOST_SHOWN = 6
# what follows the beginning of a sentence, up to its end
_REST = r"[^\"\\.]{20,150}\."
Schema = dict[str, Any]
Turns = list[tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """What the model is shown: findings and options by short names ("r1", "o2"), figures as marks."""

    language: str
    title: str
    findings: Mapping[str, Finding]
    lines: tuple[str, ...]
    options: Mapping[str, Option]
    stands: Mapping[str, Bound]


def told(given: Offer, title: str) -> Told:
    shown = list({one.key: one for one in (*given.problems, *given.found)}.values())[:MOST_SHOWN]
    stands: dict[str, Bound] = {}
    lines = tuple(_marked(one.text, stands) for one in shown)
    findings = {f"r{at}": one for at, one in enumerate(shown, 1)}
    return Told(given.language, title, findings, lines, {f"o{n}": o for n, o in enumerate(given.options, 1)}, stands)


def _marked(text: Worded, stands: dict[str, Bound]) -> str:
    """Its figures as marks, as long as there are letters."""
    made, end = [], 0
    for one in sorted(text.bound, key=lambda each: each.start):
        if len(stands) == len(ascii_lowercase):
            break
        mark = ascii_lowercase[len(stands)]
        stands[mark] = one
        made += [text.text[end : one.start], f"{{{mark}}}"]
        end = one.end
    return _apart("".join([*made, text.text[end:]]))


def _apart(text: str) -> str:
    """What stands in a cell is no instruction and cannot end the part that is set apart."""
    return text.replace("<<<", "‹").replace(">>>", "›").replace("\n", " ")


# Questions ----------------------------------------------------------------------------------------


def choosing(said: Told) -> tuple[Turns, Schema]:
    schema = _object(
        problem=_several(list(said.findings), 1, MOST_PROBLEMS),
        options=_several(list(said.options), min(OPTIONS, len(said.options)), OPTIONS),
    )
    return _turns(said, texts(said.language)["asking"]["choose"]), schema


def explaining(said: Told, option: Option) -> tuple[Turns, Schema]:
    """It goes on from the words with which code begins such a sentence, or it would copy the option's name."""
    told = texts(said.language)
    asked = f"{told['asking']['why']}\n{_apart(option.texts['name'].text)}"
    return _turns(said, asked), _object(why={"type": "string", "pattern": f"^{told['options']['begins']}{_REST}$"})


def recommending(said: Told, chosen: Sequence[Option]) -> tuple[Turns, Schema]:
    schema = _object(
        choice={"type": "string", "enum": list(_choices(said, chosen))},
        reasons=_several(list(said.findings), 1, MOST_REASONS),
    )
    return _turns(said, texts(said.language)["asking"]["recommend"]), schema


def order(said: Told) -> str:
    """All that it is told to do."""
    asking = texts(said.language)["asking"]
    return " ".join(str(text) for text in asking.values())


def _choices(said: Told, chosen: Sequence[Option]) -> dict[str, tuple[str, str]]:
    """As the model reads them → (option, strength)."""
    names = {one.id: name for name, one in said.options.items()}
    strengths = texts(said.language)["recommend"]["criteria"]
    return {
        f"{names[id_]}: {strengths[strength]}" if strength else names[id_]: (id_, strength)
        for id_, strength in pairs(chosen)
    }


def _turns(said: Told, asked: str) -> Turns:
    asking = texts(said.language)["asking"]
    results = "\n".join(f"{name}: {line}" for name, line in zip(said.findings, said.lines, strict=True))
    options = "\n".join(f"{name}: {_apart(one.texts['name'].text)}" for name, one in said.options.items())
    given = f"{asking['results']}:\n<<<\n{results}\n{asking['options']}:\n{options}\n>>>"
    parts = [_apart(said.title), given, asked]
    return [("system", asking["rules"]), ("user", "\n\n".join(parts))]


def _several(names: list[str], least: int, most: int) -> Schema:
    return {"type": "array", "items": {"type": "string", "enum": names}, "minItems": least, "maxItems": most}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


# Answers ------------------------------------------------------------------------------------------


def chosen(said: Told, answer: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Keys of findings and of options."""
    findings = [said.findings[name].key for name in _names(answer.get("problem")) if name in said.findings]
    options = [said.options[name].id for name in _names(answer.get("options")) if name in said.options]
    return findings, options


def recommended(said: Told, options: Sequence[Option], answer: Mapping[str, Any]) -> tuple[str, str, list[str]]:
    option, strength = _choices(said, options).get(str(answer.get("choice")), ("", ""))
    return option, strength, [said.findings[one].key for one in _names(answer.get("reasons")) if one in said.findings]


def sentence(answer: Mapping[str, Any]) -> str:
    return str(answer.get("why") or "")


def _names(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def read(text: str) -> dict[str, Any]:
    """What can be read of it; of one that was cut off, what was whole."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = _rescued(text)
    return found if isinstance(found, dict) else {}


def _rescued(text: str) -> Any:
    """Closes what a limit of tokens left open, after the last whole value."""
    for end in range(len(text), 0, -1):
        if text[end - 1] not in '"}]':
            continue
        for tail in ("}", "]}"):
            try:
                return json.loads(text[:end] + tail)
            except json.JSONDecodeError:
                continue
    return {}
