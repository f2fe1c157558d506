"""What the model is told. Short: it reads 40 tokens a second."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from khue.domains.prototypes.patterns import Pattern

# what a free tool may be made of; each has its label, check, print and help of its own
PARTS = """\
<k-sheet name="…"> fields and results of one calculation </k-sheet>
<k-field label="…" name="x" type="text|longtext|number|money|date|time|choice|yesno|phone|cccd" options="A|B" required>
<k-calc label="…" formula="x * 8000 + if(y, 2000, 0)" format="money|number|percent|date|text">
<k-form list="rows" button="Add"> fields </k-form>: what is sent becomes a row of the list
<k-table list="rows" columns="x|y" title="…">, <k-chart list="rows" by="x" type="bar|line" title="…">
<k-csv list="rows" label="…">: a CSV becomes the rows
<k-steps><section title="…">…</section></k-steps>
<k-checklist items="A|B|C">, <k-queue counters="1|2" prefix="A">, <k-poll question="…" options="A|B">
<h1> title first, <h2>, <p>"""
LANGUAGES = {"vi": "Vietnamese", "en": "English", "fr": "French"}
FILL = (
    "You configure small tools for public offices. From the DESCRIPTION write the JSON parameters of the tool. "
    "Take over every name, choice and number of the description exactly; invent no number. Leave out what is not asked "
    "for. All texts in {language}. Answer with JSON only."
)
CHANGE = (
    "You change the JSON parameters of a small tool. Answer with JSON: a list of changes, each with the path that "
    "changes and its new value. Change only what is asked. New texts in {language}."
)
FREE = (
    "You write the inside of <body> of one small web tool for a public office, in {language}. Use these elements, they "
    "work by themselves:\n{parts}\nNo other libraries, no addresses, no <form action>. Little JavaScript, in one "
    "<script> at the end, only if an element cannot do it. Answer with HTML only."
)
BLOCKS = (
    "You change the HTML of a small tool. Answer only with blocks of this form, one for each place that changes, "
    "SEARCH copied exactly from the HTML and as short as is unique:\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE"
)
EXPLAIN = (
    "You explain code to somebody who has never programmed, in {language}. For each numbered piece one short sentence "
    "that says what it does for the person who uses the tool. Answer with lines “number: sentence”."
)


def fields(schema: Mapping[str, Any], depth: int = 0) -> str:
    """A schema in a few words: name: kind (about)."""
    parts = []
    for name, one in schema.get("properties", {}).items():
        mark = "" if name in schema.get("required", ()) else "?"
        parts.append(f"{name}{mark}: {_kind(one, depth)}")
    return "{" + ", ".join(parts) + "}"


def _kind(one: Mapping[str, Any], depth: int) -> str:
    about = f" ({one['description']})" if one.get("description") else ""
    if "enum" in one:
        return "|".join(map(str, one["enum"])) + about
    if one.get("type") == "array":
        return f"[{_kind(one['items'], depth + 1)}…]{about}"
    if one.get("type") == "object":
        return fields(one, depth + 1)
    return {"string": "text", "number": "number", "integer": "whole", "boolean": "true|false"}.get(
        str(one.get("type")), "text"
    ) + about


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fill(pattern: Pattern, description: str, language: str) -> tuple[str, str]:
    """What it is told once, and what it is asked; the example shows the shape."""
    example = pattern.example.get(language) or next(iter(pattern.example.values()))
    asked = (
        f"TOOL: {pattern.title.get(language, pattern.key)}. {pattern.summary.get(language, '')}\n"
        f"PARAMETERS: {fields(pattern.schema)}\n"
        f"EXAMPLE OF ANOTHER TOOL: {compact(example)}\n\n"
        f"DESCRIPTION:\n{description}\n\nJSON:"
    )
    return FILL.format(language=LANGUAGES[language]), asked


def change(pattern: Pattern, parameters: Mapping[str, Any], wish: str, language: str) -> tuple[str, str]:
    asked = f"PARAMETERS: {fields(pattern.schema)}\nNOW: {compact(parameters)}\n\nCHANGE: {wish}\n\nJSON:"
    return CHANGE.format(language=LANGUAGES[language]), asked


def choose(candidates: Sequence[Pattern], description: str, language: str) -> tuple[str, str]:
    rows = "\n".join(
        f"{chr(65 + at)}: {one.title.get(language, one.key)}. {one.summary.get(language, '')}"
        for at, one in enumerate(candidates)
    )
    other = chr(65 + len(candidates))
    asked = f"{rows}\n{other}: none of these\n\nDESCRIPTION:\n{description}\n\nLetter:"
    return "Which kind of tool does the description ask for? Answer with one letter.", asked
