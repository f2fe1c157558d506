"""Parameters close to given ones: each differs in one value, the likeliest first."""

from collections.abc import Iterator, Mapping
from typing import Any

from khue.domains.prototypes.patterns import Pattern, faults
from khue.domains.prototypes.rules import plain
from khue.domains.prototypes.writing.filling import numbers_in
from khue.domains.prototypes.writing.paths import Schema, at, leaves, places, put

MOST_NUMBERS = 8


def variants(one: Pattern, held: Mapping[str, Any], idea: str) -> list[dict[str, Any]]:
    """Only those of which a tool can be built."""
    found: list[dict[str, Any]] = []
    for made in (
        *_without_strangers(held, idea),
        *_without_texts(one, held),
        *_numbers(one, held, idea),
        *_answers(one, held),
    ):
        if made not in found and made != held and not faults(one, made):
            found.append(made)
    return found


def _without_strangers(held: Mapping[str, Any], idea: str) -> Iterator[dict[str, Any]]:
    """Rows of which the description has no word."""
    said = set(plain(idea).split())
    for name, rows in held.items():
        if isinstance(rows, list) and len(rows) > 1:
            kept = [row for row in rows if said & {word for text in _texts(row) for word in plain(text).split()}]
            if 0 < len(kept) < len(rows):
                yield {**held, name: kept}


def _without_texts(one: Pattern, held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What may be left out stands in the words of the kind itself."""
    may = [name for name in held if name not in one.schema.get("required", ()) and isinstance(held[name], str)]
    for name in may:
        yield {other: value for other, value in held.items() if other != name}


def _texts(row: Any) -> list[str]:
    return [value for _path, value in leaves(row) if isinstance(value, str)]


def _numbers(one: Pattern, held: Mapping[str, Any], idea: str) -> Iterator[dict[str, Any]]:
    """Figures that were invented give way to figures of the description; then those that were not."""
    said = sorted(numbers_in(idea))[:MOST_NUMBERS]
    kinds = {path: schema for path, schema in places(held, one.schema) if schema.get("type") in {"number", "integer"}}
    now = {path: _value(held, path) for path in kinds if not _is_new_row(held, path)}
    for path in sorted(now, key=lambda path: (now[path] in said, now[path] is None)):
        for value in said:
            if value != now[path]:
                yield put(held, path, int(value) if value.is_integer() else value)


def _answers(one: Pattern, held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yes for no, and the other kinds of what is one of a few."""
    for path, schema in places(held, one.schema):
        if _is_new_row(held, path):
            continue
        now = _value(held, path)
        for value in _others(schema):
            if value != now:
                yield put(held, path, value)


def _others(schema: Schema) -> list[Any]:
    return [False, True] if schema.get("type") == "boolean" else list(schema.get("enum", ()))[:5]


def _value(held: Mapping[str, Any], path: str) -> Any:
    try:
        return at(held, path)
    except LookupError:
        return None


def _is_new_row(held: Mapping[str, Any], path: str) -> bool:
    """A place behind the last row of a list."""
    name, _dot, rest = path.partition(".")
    index = rest.split(".")[0]
    return index.isdigit() and int(index) >= len(held.get(name, ()))
