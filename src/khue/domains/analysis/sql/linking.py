"""Values that a question names, and how the data write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from khue.domains.analysis.profile.columns import ColumnProfile
from khue.domains.analysis.provinces.matching import OTHER_NAMES, plain
from khue.domains.analysis.provinces.units import OLD
from khue.domains.analysis.sql.schema import Schema


@dataclass(frozen=True)
class Linked:
    """`words` of the question name `value` of a column."""

    words: str
    table: str
    column: str
    value: str


def links(question: str, schema: Schema) -> list[Linked]:
    """The longest names first; of names inside others only the longer."""
    asked = f" {plain(question)} "
    found = sorted(_all(asked, schema), key=lambda one: -len(one.words))
    kept: list[Linked] = []
    for one in found:
        if not any(one.words != other.words and f" {one.words} " in f" {other.words} " for other in kept):
            kept.append(one)
    return kept


def _all(asked: str, schema: Schema) -> Iterator[Linked]:
    for table, column in schema.columns():
        if column.type != "text" or column.personal:
            continue
        for value, _ in column.values:
            for words in _names(str(value), column):
                if f" {words} " in asked:
                    yield Linked(words, table.name, column.name, str(value))
                    break


def _names(value: str, column: ColumnProfile) -> tuple[str, ...]:
    words = plain(value)
    if len(words) < 2 or words.isdigit():
        return ()
    if column.role == "place":
        return tuple(sorted({words, *_other_names(words)}, key=len, reverse=True))
    return (words,)


@lru_cache(maxsize=512)
def _other_names(words: str) -> frozenset[str]:
    bare = words.removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ")
    code = OTHER_NAMES.get(words) or OTHER_NAMES.get(bare)
    code = code or next((code for code, name in OLD.items() if plain(name).removeprefix("tp ") == bare), None)
    return frozenset({bare} | ({name for name, of in OTHER_NAMES.items() if of == code} if code else set()))
