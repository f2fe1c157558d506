"""How much of a field's text its structure holds: the measure behind "parsed without loss"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

# read from a cell's text, so they repeat characters and stand for none of their own
DERIVED = {"amount", "currency", "time_value", "time_unit", "originals", "copies"}


def leaves(value: Any) -> Iterator[str]:
    """The texts of a structure in the order of its fields, which is the order of the source."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in DERIVED:
                yield from leaves(getattr(value, field.name))
    elif isinstance(value, Iterable):
        for item in value:
            yield from leaves(item)


def lost_characters(source: str, texts: Iterable[str], separators: re.Pattern[str]) -> int:
    """Characters of `source` that stand in no text, texts taken in order, white space and separators not counted.

    A text that is not found after the one before it does not help: what it should have covered counts as lost.
    """
    lost, position = 0, 0
    for text in filter(None, texts):
        at = source.find(text, position)
        if at < 0:
            continue
        lost += _weight(source[position:at], separators)
        position = at + len(text)
    return lost + _weight(source[position:], separators)


def _weight(gap: str, separators: re.Pattern[str]) -> int:
    return len("".join(separators.sub("", gap).split()))
