"""Places to fill, from what somebody wrote down: a value must stand there to the letter, or the gap stays."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from khue.domains.drafting.actions.phrasing import Pen
from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.nd30.kinds import Kind
from khue.domains.drafting.planning import inviting
from khue.domains.drafting.rules import folded

MOST_GAPS = 16
INSTRUCTION = {
    "vi": "Trích từ GHI CHÚ giá trị của từng mục, chép nguyên văn, ngắn gọn. Không có thì để trống. Trả lời JSON.",
    "en": "Extract the value of each item from NOTES, copied literally and short; empty where none. Answer in JSON.",
    "fr": "Extrais des NOTES la valeur de chaque élément, copiée telle quelle ; vide s’il n’y en a pas. JSON.",
}


def values(pen: Pen, asked: Mapping[str, str], notes: str, language: str) -> dict[str, str]:
    """By key what the notes say of it; only what stands there to the letter."""
    if not asked or not notes.strip():
        return {}
    keys = list(asked)[:MOST_GAPS]
    schema = {
        "type": "object",
        "properties": {key: {"type": "string", "maxLength": 200} for key in keys},
        "required": keys,
        "additionalProperties": False,
    }
    items = "\n".join(f"{key}: {asked[key]}" for key in keys)
    told = pen.ask(INSTRUCTION[language], (), f"{notes[:3000]}\n\n{items}", max_tokens=60 * len(keys), schema=schema)
    try:
        found = json.loads(told)
    except ValueError:
        return {}
    return {key: value for key in keys if (value := stands(str(found.get(key, "")), notes))}


def stands(value: str, notes: str) -> str:
    """The value as the notes write it; "" where they do not."""
    wanted = folded(value.strip(" .;:,"))
    if len(wanted) < 1 or wanted not in folded(notes) or wanted == folded(notes):
        return ""
    return value.strip(" .;:,")


def filled(value: Any, by_gap: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for gap, text in by_gap.items():
            value = value.replace(gap, text)
        return value
    if isinstance(value, dict):
        return {key: filled(part, by_gap) for key, part in value.items()}
    return [filled(part, by_gap) for part in value] if isinstance(value, list) else value


def in_template(pen: Pen, content: dict[str, Any], notes: str, language: str) -> tuple[dict[str, Any], list[str]]:
    """The template with the gaps filled of which the notes say something; and what was put in."""
    gaps = wording.gaps_of(content)
    asked = {f"m{number}": gap.strip("[]").partition(":")[2].strip() for number, gap in enumerate(gaps, 1)}
    found = values(pen, asked, notes, language)
    by_gap = {gaps[int(key[1:]) - 1]: value for key, value in found.items()}
    return filled(content, by_gap), list(by_gap.values())


def particulars(pen: Pen, content: dict[str, Any], kind: Kind, notes: Sequence[str], language: str) -> dict[str, str]:
    """The lines that the form prints, those that are empty: what the brief says in so many words, else by the model."""
    given = {key: value for key, value in content.get("particulars", {}).items() if value}
    if kind.key == "giay-moi":
        given = inviting.particulars(notes) | given
    asked = {one.key: one.names[language] for one in kind.particulars if not given.get(one.key)}
    return {**given, **values(pen, asked, "\n".join(notes), language)}
