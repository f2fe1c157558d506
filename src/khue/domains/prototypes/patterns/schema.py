"""The schema of parameters from its short form: flat, bounded, small enough for a grammar.

`title: text 80` · `price: number; ₫ for one` · `percent: optional signed` · `days: whole 1-60` · `urgent: yes/no`
· `kind: one of bar line` · `lines[1-8]: {label: text 60, price: number}`. A list that may be empty may be left out;
what stands behind ; is told to a model.
"""

import re
from typing import Any

Schema = dict[str, Any]
MOST_TEXT = 120
NAME = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<least>\d+)-(?P<most>\d+)\])?")


class UnreadableSchema(ValueError):
    """What is written is no short form."""


def schema(short: dict[str, Any]) -> Schema:
    properties, required = {}, []
    for written, kind in short.items():
        found = NAME.fullmatch(written)
        if found is None:
            raise UnreadableSchema(written)
        is_needed = not str(kind).startswith("optional ")
        one = schema(kind) if isinstance(kind, dict) else _plain(str(kind).removeprefix("optional "))
        if found["least"]:
            one = {"type": "array", "items": one, "minItems": int(found["least"]), "maxItems": int(found["most"])}
            is_needed = found["least"] != "0"
        properties[found["name"]] = one
        if is_needed:
            required.append(found["name"])
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _plain(written: str) -> Schema:
    shape, _, about = (piece.strip() for piece in written.partition(";"))
    kind, _, rest = shape.partition(" ")
    return _kind(kind, rest) | ({"description": about} if about else {})


def _kind(kind: str, rest: str) -> Schema:
    if kind == "text":
        return {"type": "string", "minLength": 1, "maxLength": int(rest or MOST_TEXT)}
    if kind == "number":
        return {"type": "number", "minimum": 0}
    if kind == "signed":
        return {"type": "number"}
    if kind == "whole":
        least, _, most = (rest or "0-10000").partition("-")
        return {"type": "integer", "minimum": int(least), "maximum": int(most)}
    if kind == "yes/no":
        return {"type": "boolean"}
    if kind == "one" and rest.startswith("of "):
        return {"enum": rest.removeprefix("of ").split()}
    raise UnreadableSchema(kind)
