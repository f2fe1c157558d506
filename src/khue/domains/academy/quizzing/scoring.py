"""What an answer is worth, from 0 to 1. The same code marks an attempt, a trial in the editor and an imported file.

Answers: single and multiple: list of option keys; ordering: list of entry keys; matching: {left
key: right key}; number, short, essay: the text as typed.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from khue.domains.academy.quizzing.items import (
    Body,
    Choice,
    Essay,
    Item,
    Marking,
    Matching,
    Number,
    NumberKey,
    Ordering,
    Short,
    TextKey,
)
from khue.domains.academy.quizzing.numerals import NotANumber, quantity
from khue.domains.academy.quizzing.spelling import fits
from khue.domains.academy.quizzing.words import Words

FULL = 1 - 1e-6


@dataclass(frozen=True)
class Mark:
    """`share` None: waits for a person. `feedback`: in the order in which it is shown."""

    share: float | None
    feedback: tuple[Words, ...] = ()

    @property
    def is_full(self) -> bool:
        return self.share is not None and self.share >= FULL


def mark(item: Item, answer: Any, *, language: str = "vi") -> Mark:
    """No answer is worth 0; an essay without words too."""
    share, said = _judged(item.body, answer, language)
    overall = item.when_wrong
    if share is not None and share > 0:
        overall = item.when_right if share >= FULL else item.when_partly
    if share is None:
        overall = {}
    return Mark(share, tuple(words for words in (*said, overall, item.feedback) if words))


def is_empty(answer: Any) -> bool:
    return answer is None or (answer.strip() == "" if isinstance(answer, str) else answer in ([], {}))


def _judged(body: Body, answer: Any, language: str) -> tuple[float | None, tuple[Words, ...]]:
    if is_empty(answer):
        return 0.0, ()
    if isinstance(body, Essay):
        return None, ()
    if isinstance(body, Choice):
        return _choice(body, answer)
    if isinstance(body, Ordering):
        return _ordering(body, answer), ()
    if isinstance(body, Matching):
        return _matching(body, answer), ()
    key = max(_fitting(body, answer, language), key=lambda key: key.share, default=None)
    return (_within(key.share), (key.feedback,)) if key else (0.0, ())


def _choice(body: Choice, answer: Iterable[str]) -> tuple[float, tuple[Words, ...]]:
    chosen = set(answer)
    taken = [option for option in body.options if option.key in chosen]
    share = math.fsum(option.share for option in taken)
    if body.marking is Marking.ALL:
        share = float(chosen == {option.key for option in body.options if option.share > 0})
    return _within(share), tuple(option.feedback for option in taken)


def _ordering(body: Ordering, answer: list[str]) -> float:
    right = [entry.key for entry in body.entries]
    if sorted(answer) != sorted(right):
        return 0.0
    if body.marking is Marking.ALL:
        return float(answer == right)
    if body.marking is Marking.NEIGHBOURS:
        follows = set(zip(right, right[1:], strict=False))
        return sum(pair in follows for pair in zip(answer, answer[1:], strict=False)) / max(1, len(right) - 1)
    return sum(a == b for a, b in zip(answer, right, strict=True)) / len(right)


def _matching(body: Matching, answer: dict[str, str]) -> float:
    share = sum(answer.get(left) == right for left, right in body.pairs) / len(body.pairs)
    return float(share >= FULL) if body.marking is Marking.ALL else share


def _fitting(body: Short | Number, answer: str, language: str) -> list[TextKey | NumberKey]:
    """The one among them that is worth most counts."""
    if isinstance(body, Short):
        return [key for key in body.keys if fits(answer, key.text, cased=body.cased, marked=body.marked)]
    try:
        given = quantity(answer, language, body.units)
    except NotANumber:
        return []
    if body.unit_needed and given.unit is None:
        return []
    return [key for key in body.keys if _is_near(given.amount, key)]


def _is_near(amount: float, key: NumberKey) -> bool:
    """A last digit lost in a conversion of units is not the person's mistake."""
    room = abs(key.value) * key.tolerance if key.relative else key.tolerance
    return abs(amount - key.value) <= room + 1e-9 * max(abs(key.value), abs(amount), 1e-3)


def _within(share: float) -> float:
    """A hundredth of a thousandth is the rounding of shares such as a third."""
    share = min(1.0, max(0.0, share))
    return 1.0 if share >= 1 - 2e-5 else share
