"""An item as it may be shown before the answers are due, and what came back from the form.

Nothing on the page tells the solution: parts are numbered in the order in which they are shown, an order that follows
from the attempt's seed; keys, shares and feedback stay here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khue.domains.academy.quizzing.draws import never_solved, shuffled_things
from khue.domains.academy.quizzing.items import (
    Choice,
    Entry,
    Essay,
    Item,
    Kind,
    Matching,
    Number,
    Option,
    Ordering,
)
from khue.domains.academy.quizzing.words import Words, said

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Part:
    """`number` in the order shown. `value`: the number that was chosen for it; `chosen`: it was chosen itself."""

    number: int
    text: str
    chosen: bool = False
    value: int | None = None


@dataclass(frozen=True)
class Shown:
    """`parts`: options, entries to order, or lefts; `rights` of a matching; `typed`: the text so far."""

    kind: Kind
    prompt: str
    points: float
    parts: tuple[Part, ...] = ()
    rights: tuple[Part, ...] = ()
    typed: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    most_words: int = 0
    is_answered: bool = False
    places: tuple[int, ...] = ()


def shown(item: Item, *, seed: str, answer: Any, language: str) -> Shown:
    body = item.body

    def texts(words: Words) -> str:
        return said(words, language)

    head: dict[str, Any] = {
        "kind": item.kind,
        "prompt": texts(item.prompt),
        "points": item.points,
        "is_answered": answer is not None,
    }
    if isinstance(body, Choice):
        parts = [
            Part(n, texts(o.text), chosen=o.key in (answer or ())) for n, o in enumerate(_options(body, item, seed), 1)
        ]
        return Shown(**head, parts=tuple(parts))
    if isinstance(body, Ordering):
        taken = {key: place for place, key in enumerate(answer or (), 1)}
        entries = enumerate(_entries(body, item, seed), 1)
        parts = [Part(n, texts(entry.text), value=taken.get(entry.key)) for n, entry in entries]
        return Shown(**head, parts=tuple(parts), places=tuple(range(1, len(parts) + 1)))
    if isinstance(body, Matching):
        rights = _rights(body, item, seed)
        numbers: dict[Any, int] = {entry.key: number for number, entry in enumerate(rights, 1)}
        lefts = [
            Part(n, texts(left.text), value=numbers.get((answer or {}).get(left.key)))
            for n, left in enumerate(body.lefts, 1)
        ]
        shown_rights = tuple(Part(number, texts(entry.text)) for number, entry in enumerate(rights, 1))
        return Shown(**head, parts=tuple(lefts), rights=shown_rights)
    if isinstance(body, Number):
        units = tuple(texts(unit.names) for unit in body.units)
        return Shown(**head, typed=answer or "", unit=units[0] if len(units) == 1 else "", units=units)
    return Shown(**head, typed=answer or "", most_words=body.most_words if isinstance(body, Essay) else 0)


def given(item: Item, *, seed: str, name: str, form: Mapping[str, Sequence[str]]) -> Any:
    """The answer in a form whose fields of this item begin with `name`; None for none. What was never offered is
    passed over."""
    body = item.body
    if isinstance(body, Choice):
        options = _options(body, item, seed)
        chosen = [options[n - 1].key for n in _numbers(form.get(name, ()), len(options))]
        if not body.several:
            return chosen[:1] or None
        return [option.key for option in body.options if option.key in chosen] or None
    if isinstance(body, Ordering):
        return _ordered(_entries(body, item, seed), name, form)
    if isinstance(body, Matching):
        return _matched(body, _rights(body, item, seed), name, form)
    text = next(iter(form.get(name, ())), "").replace("\r\n", "\n").replace("\0", "")[:LONGEST_TEXT]
    return text if text.strip() else None


def _matched(
    body: Matching, rights: Sequence[Entry], name: str, form: Mapping[str, Sequence[str]]
) -> dict[str, str] | None:
    pairs = {}
    for number, left in enumerate(body.lefts, 1):
        if chosen := _numbers(form.get(f"{name}-{number}", ()), len(rights)):
            pairs[left.key] = rights[chosen[0] - 1].key
    return pairs or None


def _ordered(entries: Sequence[Entry], name: str, form: Mapping[str, Sequence[str]]) -> list[str] | None:
    """By the places given; entries without one, or with one that another has, follow in the order shown."""
    places: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        if chosen := _numbers(form.get(f"{name}-{number}", ()), len(entries)):
            places[entry.key] = chosen[0]
    if not places:
        return None
    return sorted((entry.key for entry in entries), key=lambda key: places.get(key, len(entries) + 1))


def _numbers(values: Sequence[str], most: int) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and 1 <= int(value) <= most]


def _options(body: Choice, item: Item, seed: str) -> Sequence[Option]:
    return shuffled_things(body.options, seed=f"{seed}\0{item.key}") if body.shuffled else body.options


def _entries(body: Ordering, item: Item, seed: str) -> Sequence[Entry]:
    return never_solved(body.entries, seed=f"{seed}\0{item.key}")


def _rights(body: Matching, item: Item, seed: str) -> Sequence[Entry]:
    return shuffled_things(body.rights, seed=f"{seed}\0{item.key}")
