"""Parameters as a list of places, each with what stands there: "lines.0.price"."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]


class NoSuchPlace(LookupError):
    """`place` is none of these parameters."""


def leaves(value: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{before}.{name}" if before else name)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{before}.{at}")
    else:
        yield before, value


def places(value: Any, schema: Schema, before: str = "") -> Iterator[tuple[str, Schema]]:
    """Every place that may be set, also those that are empty yet, and the one behind the last of each list."""
    if schema.get("type") == "object":
        held = value if isinstance(value, Mapping) else {}
        for name, inner in schema.get("properties", {}).items():
            path = f"{before}.{name}" if before else name
            yield path, inner
            yield from places(held.get(name), inner, path)
    elif schema.get("type") == "array":
        held_list = value if isinstance(value, list) else []
        for at, inner in enumerate(held_list):
            yield f"{before}.{at}", schema["items"]
            yield from places(inner, schema["items"], f"{before}.{at}")
        if len(held_list) < schema.get("maxItems", 12):
            yield f"{before}.{len(held_list)}", schema["items"]


def at(value: Any, path: str) -> Any:
    for step in path.split("."):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError):
            raise NoSuchPlace(path) from None
    return value


def put(value: Any, path: str, new: Any) -> Any:
    """A copy with this in its place; None takes the place away. Raises NoSuchPlace."""
    made = copy.deepcopy(value)
    steps = path.split(".")
    holder = made
    for step, after in zip(steps, steps[1:], strict=False):
        holder = _inner(holder, step, after, path)
    last = steps[-1]
    if isinstance(holder, list):
        _put_in_list(holder, last, new, path)
    elif new is None:
        holder.pop(last, None)
    else:
        holder[last] = new
    return made


def _inner(holder: Any, step: str, after: str, path: str) -> Any:
    try:
        if isinstance(holder, list):
            return holder[int(step)]
        if step not in holder:
            holder[step] = [] if after.isdigit() else {}
        return holder[step]
    except (IndexError, ValueError, TypeError):
        raise NoSuchPlace(path) from None


def _put_in_list(holder: list[Any], step: str, new: Any, path: str) -> None:
    try:
        index = int(step)
    except ValueError:
        raise NoSuchPlace(path) from None
    if new is None:
        del holder[index : index + 1]
    elif index < len(holder):
        holder[index] = new
    elif index == len(holder):
        holder.append(new)
    else:
        raise NoSuchPlace(path)


def changed(before: Any, after: Any) -> Sequence[tuple[str, Any, Any]]:
    """Which places differ: (path, then, now), None where there was or is nothing."""
    old, new = dict(leaves(before)), dict(leaves(after))
    names = [*old, *(name for name in new if name not in old)]
    return [(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
