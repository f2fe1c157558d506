"""Parameters as a model gave them, made whole: what it left out, what it copied from the example, what it invented."""

import json
import re
from collections.abc import Mapping
from typing import Any

from khue.domains.prototypes.patterns import Pattern, faults
from khue.domains.prototypes.rules import plain
from khue.domains.prototypes.writing.aligning import aligned
from khue.domains.prototypes.writing.naming import named

NUMBER = re.compile(r"\d[\d.,\u00a0\u202f ]*\d|\d")
MILLION = re.compile(r"(\d+(?:[.,]\d+)?)\s*(nghìn|ngàn|triệu|tỷ|k\b|thousand|million|mille\b|millions?)", re.IGNORECASE)
TIMES = {
    "nghìn": 1e3,
    "ngàn": 1e3,
    "k": 1e3,
    "thousand": 1e3,
    "mille": 1e3,
    "triệu": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "tỷ": 1e9,
}


def numbers_in(text: str) -> set[float]:
    """Every number that a text may be read to say."""
    found: set[float] = set()
    for written in NUMBER.findall(text):
        bare = re.sub(r"[\s\u00a0\u202f]", "", written)
        for form in (re.sub(r"[.,]", "", bare), bare.replace(",", "."), bare.replace(".", "").replace(",", ".")):
            try:
                found.add(float(form))
            except ValueError:
                continue
    found |= {
        float(amount.replace(",", ".")) * TIMES[word.lower()]
        for amount, word in MILLION.findall(text)
        if word.lower() in TIMES
    }
    return found


def settled(one: Pattern, given: Mapping[str, Any], idea: str, language: str) -> tuple[dict[str, Any], list[str]]:
    """Parameters that can be built, and what was taken from the pattern's own example because nothing was said."""
    example = dict(one.example.get(language) or next(iter(one.example.values())))
    known = set(one.schema.get("properties", {}))
    made = {name: _tidied(value) for name, value in given.items() if name in known}
    made = {name: value for name, value in made.items() if value not in (None, "", [], {})}
    taken = [name for name in one.schema.get("required", ()) if name not in made and name in example]
    made |= {name: example[name] for name in taken}
    made = aligned(one, made, idea)
    if faults(one, made):
        made = _buildable(one, made, example)
    made = named(one, _sensible(one, made, idea), idea)
    return made, [f"example:{name}" for name in taken] + [f"number:{value}" for value in _invented(made, example, idea)]


def _sensible(one: Pattern, made: dict[str, Any], idea: str) -> dict[str, Any]:
    """Two texts that may be left out and say the same go, and so does an introduction that says the description again:
    the words of the results stand in it whatever the result is."""
    may = [name for name in made if name not in one.schema.get("required", ()) and isinstance(made[name], str)]
    twice = {name for name in may for other in may if name != other and made[name] == made[other]}
    told = set(plain(str(made.get("intro", ""))).split())
    again = len(told) > 5 and len(told & set(plain(idea).split())) > 0.6 * len(told)
    return {name: held for name, held in made.items() if name not in twice and not (again and name == "intro")}


def _tidied(value: Any) -> Any:
    """Rows that say nothing go; spaces at the ends go."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {name: tidy for name, inner in value.items() if (tidy := _tidied(inner)) not in ("", None)}
    if isinstance(value, list):
        rows = [_tidied(inner) for inner in value]
        seen: list[str] = []
        return [row for row in rows if row not in ("", None, {}) and not _again(row, seen)]
    return value


def _again(row: Any, seen: list[str]) -> bool:
    """A small model repeats itself."""
    said = json.dumps(row, sort_keys=True, ensure_ascii=False)
    if said in seen:
        return True
    seen.append(said)
    return False


def _buildable(one: Pattern, made: dict[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
    """Without the parameters that do not fit; those that are needed as in the example."""
    needed = set(one.schema.get("required", ()))
    for name in list(made):
        alone = {**{key: example[key] for key in needed if key in example}, name: made[name]}
        if faults(one, alone):
            made.pop(name)
            if name in needed and name in example:
                made[name] = example[name]
    return made


def _invented(made: Any, example: Mapping[str, Any], idea: str) -> list[str]:
    """Numbers over ten that the description does not have: to be checked by a person."""
    said = numbers_in(idea)
    return [f"{value:g}" for value in _numbers(made) if abs(value) > 10 and abs(value) not in said]


def _numbers(value: Any) -> list[float]:
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [float(value)]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [number for one in inner for number in _numbers(one)]
