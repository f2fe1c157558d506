"""Quick polls: what may be opened, what may be answered, what may be shown."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
LONGEST_WORD = 40
# the answers of a place with fewer would be those of persons
FEWEST_OF_A_PLACE = 3


class PollKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    WORD = "word"


@dataclass(frozen=True)
class Bar:
    """`share` of those who answered; of several choices the shares add up to more than one."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Tally:
    """`mean` of a scale only."""

    answers: int
    bars: tuple[Bar, ...]
    mean: float | None = None


def options(text: str) -> list[str]:
    """One a line; empty ones and those said twice are left out."""
    found = dict.fromkeys(" ".join(line.split())[:120] for line in text.splitlines() if line.strip())
    return list(found)[:MOST_OPTIONS]


def has_enough_options(kind: PollKind, given: Sequence[str]) -> bool:
    return kind not in {PollKind.SINGLE, PollKind.MULTIPLE} or len(given) >= FEWEST_OPTIONS


def read(kind: PollKind, offered: int, steps: int, given: Sequence[str]) -> Any:
    """An answer as it is kept; None where nothing was said or what was said was never offered."""
    if kind == PollKind.WORD:
        return word(" ".join(given)) or None
    numbers = sorted({int(value) for value in given if value.isascii() and value.isdigit() and len(value) < 4})
    if kind == PollKind.SCALE:
        return numbers[0] if len(numbers) == 1 and 1 <= numbers[0] <= steps else None
    chosen = [number for number in numbers if number < offered]
    if kind == PollKind.SINGLE:
        return chosen if len(chosen) == 1 else None
    return chosen or None


def word(text: str) -> str:
    """As it is counted: the same word written with other capitals or spaces is the same word."""
    tidy = " ".join(unicodedata.normalize("NFC", text).replace("\0", "").split())
    return tidy[:LONGEST_WORD].strip().casefold()


def tally(kind: PollKind, labels: Sequence[str], steps: int, given: Iterable[Any], struck: Iterable[str] = ()) -> Tally:
    """Of a choice in the order in which it was offered, of words the most frequent first; struck words are left out."""
    answers = list(given)
    if kind == PollKind.WORD:
        counts = Counter(answer for answer in answers if answer not in set(struck))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return Tally(len(answers), tuple(_bar(label, count, len(answers)) for label, count in ranked))
    if kind == PollKind.SCALE:
        counts = Counter(answers)
        bars = tuple(_bar(str(level), counts[level], len(answers)) for level in range(1, steps + 1))
        return Tally(len(answers), bars, sum(answers) / len(answers) if answers else None)
    chosen = Counter(number for answer in answers for number in answer)
    bars = tuple(_bar(label, chosen[number], len(answers)) for number, label in enumerate(labels))
    return Tally(len(answers), bars)


def _bar(label: str, count: int, of: int) -> Bar:
    return Bar(label, count, count / of if of else 0.0)


def together(counts: Mapping[Any, int]) -> set[Any]:
    """Places to be shown as one, "elsewhere": those with fewer than FEWEST_OF_A_PLACE answers, and, where these are too
    few even together, the smallest of the others with them: what is left of the whole must not be a person either."""
    hidden = {place for place, count in counts.items() if 0 < count < FEWEST_OF_A_PLACE}
    rest = sorted((place for place, count in counts.items() if count and place not in hidden), key=counts.__getitem__)
    while hidden and sum(counts[place] for place in hidden) < FEWEST_OF_A_PLACE and rest:
        hidden.add(rest.pop(0))
    return hidden
