"""Which items an attempt holds and in what order: chosen by hashing, so that a seed gives the same for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, TypeVar


class HasKey(Protocol):
    @property
    def key(self) -> str: ...


Thing = TypeVar("Thing", bound=HasKey)


@dataclass(frozen=True)
class Section:
    """`draw` items of those that carry one of `tags`, or of `keys`; 0: all of them. `keys` come in their order."""

    keys: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    draw: int = 0
    shuffled: bool = False


def shuffled(names: Iterable[str], *, seed: str) -> list[str]:
    return sorted(names, key=lambda name: sha256(f"{seed}\0{name}".encode()).digest())


def shuffled_things(things: Iterable[Thing], *, seed: str) -> list[Thing]:
    return sorted(things, key=lambda thing: sha256(f"{seed}\0{thing.key}".encode()).digest())


def never_solved(things: Sequence[Thing], *, seed: str) -> list[Thing]:
    """Shuffled, but not into the order given, which is the solution."""
    for attempt in range(20):
        order = shuffled_things(things, seed=f"{seed}\0{attempt}")
        if [thing.key for thing in order] != [thing.key for thing in things]:
            return order
    return list(reversed(things))


def drawn(sections: Iterable[Section], items: dict[str, frozenset[str]], *, seed: str) -> list[str]:
    """Keys of the items of an attempt; `items`: key → tags, in the order of the bank. No item twice."""
    taken: list[str] = []
    for number, section in enumerate(sections):
        own = f"{seed}\0{number}"
        pool = [key for key in _pool(section, items) if key not in taken]
        chosen = set(shuffled(pool, seed=own)[: section.draw] if section.draw else pool)
        ordered = [key for key in pool if key in chosen]
        taken += shuffled(ordered, seed=f"{own}\0order") if section.shuffled else ordered
    return taken


def _pool(section: Section, items: dict[str, frozenset[str]]) -> list[str]:
    if section.keys:
        return [key for key in section.keys if key in items]
    return [key for key, tags in items.items() if not section.tags or tags.intersection(section.tags)]
