"""Names in formulas: which are used, which there are, and what was meant by one that there is not."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
NAME = re.compile(r"[^\W\d][\w.]*")
WORDS = {"and", "or", "not", "true", "false"}
LIKE = 0.55


def used(formula: str) -> set[str]:
    """Without the functions."""
    bare = TEXT.sub(lambda found: " " * len(found[0]), formula)
    called = {at[0] for at in NAME.finditer(bare) if bare[at.end() :].lstrip().startswith("(")}
    return {at[0] for at in NAME.finditer(bare)} - called - WORDS


def slug(text: str) -> str:
    """As the parts name a field that was given no name."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_") or "field"


def strangers(parameters: Mapping[str, Any]) -> set[str]:
    """Names in the formulas of results and buttons that are no field, no result and no counter."""
    known = set(_known(parameters)) | {slug(name) for name in _known(parameters)}
    return {name for formula in _formulas(parameters) for name in used(formula) if slug(name) not in known}


def mended(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """With the nearest field for each stranger; one that is near none takes the only field that no formula uses."""
    known = _known(parameters)
    for name in sorted(strangers(parameters)):
        taken = {one for formula in _formulas(parameters) for one in used(formula)}
        free = [one["name"] for one in parameters.get("fields", ()) if one["name"] not in taken]
        near = _nearest(name, known) or (free[0] if len(free) == 1 else "")
        if near:
            parameters = _renamed(parameters, name, near)
    return dict(parameters)


def _known(parameters: Mapping[str, Any]) -> dict[str, str]:
    """What formulas may say, with its label."""
    fields = {one["name"]: one.get("label", "") for one in parameters.get("fields", ())}
    counters = {one["changes"]: one.get("label", "") for one in parameters.get("buttons", ()) if one.get("changes")}
    results = {slug(one["label"]): one["label"] for one in parameters.get("results", ())}
    return {**results, **counters, **fields}


def _formulas(parameters: Mapping[str, Any]) -> list[str]:
    rows = [*parameters.get("results", ()), *parameters.get("buttons", ())]
    return [str(one["formula"]) for one in rows if one.get("formula")]


def _nearest(name: str, known: Mapping[str, str]) -> str:
    scored = sorted(
        ((max(_likeness(name, other), _likeness(name, slug(label))), other) for other, label in known.items())
    )
    return scored[-1][1] if scored and scored[-1][0] >= LIKE else ""


def _likeness(one: str, other: str) -> float:
    mine, theirs = set(slug(one).split("_")), set(slug(other).split("_"))
    return max(SequenceMatcher(None, slug(one), slug(other)).ratio(), len(mine & theirs) / len(mine | theirs))


def _renamed(parameters: Mapping[str, Any], name: str, near: str) -> dict[str, Any]:
    made = dict(parameters)
    for rows in ("results", "buttons"):
        if made.get(rows):
            made[rows] = [_row(one, name, near) for one in made[rows]]
    return made


def _row(one: Mapping[str, Any], name: str, near: str) -> dict[str, Any]:
    return {**one, "formula": _put(one["formula"], name, near)} if one.get("formula") else dict(one)


def _put(formula: str, name: str, near: str) -> str:
    """What stands in quotes is a text."""
    pieces: Sequence[str] = re.split(rf"({TEXT.pattern})", formula)
    shape = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.]|\s*\()")
    return "".join(piece if at % 2 else shape.sub(near, piece) for at, piece in enumerate(pieces))
