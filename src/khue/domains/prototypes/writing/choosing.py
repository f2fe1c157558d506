"""Which kinds of tools fit a description: by meaning, where vectors are given, and by the words people use."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khue.domains.prototypes.patterns import Pattern
from khue.domains.prototypes.rules import plain

# nothing else need be asked of a kind with so much where the next is further off than CLEAR
LEAST, LIKELY = 0.82, 0.6
CLEAR = 0.10
# how far a kind stands back that works another way than the examples say
BACK = 0.3
PRESSES = re.compile(r"\b(?:bam|nhan|an nut|press|click|tap|cliquer|cliquez|appuyer|appuyez)\b")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Candidate:
    key: str
    score: float


def _words(text: str) -> list[str]:
    words = _WORD.findall(plain(text))
    return words + [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]


class Words:
    """How much of a description a kind of tool is known by; words that all kinds have count little."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.held = {one.key: Counter(_words(told_of(one))) for one in patterns}
        spread = Counter(word for words in self.held.values() for word in words)
        self.weight = {word: math.log(1 + len(patterns) / count) for word, count in spread.items()}

    def scores(self, description: str) -> dict[str, float]:
        asked = set(_words(description))
        sums = {key: sum(self.weight[word] for word in asked if word in words) for key, words in self.held.items()}
        most = max(sums.values(), default=0.0) or 1.0
        return {key: value / most * min(1.0, most / 6) for key, value in sums.items()}


def told_of(pattern: Pattern) -> str:
    return " ".join([*pattern.title.values(), *pattern.summary.values(), pattern.words])


def ranked(words: Mapping[str, float], meaning: Mapping[str, float] | None) -> list[Candidate]:
    """`meaning`: cosines of E5, which lie between 0.75 and 0.92; both are brought to 0–1 and added."""
    if meaning:
        low, high = 0.76, 0.90
        mixed = {
            key: 0.5 * value + 0.5 * min(1.0, max(0.0, (meaning.get(key, low) - low) / (high - low)))
            for key, value in words.items()
        }
    else:
        mixed = dict(words)
    return [Candidate(key, mixed[key]) for key in sorted(mixed, key=lambda key: -mixed[key])]


def fitting(
    candidates: Sequence[Candidate], patterns: Sequence[Pattern], examples: str, language: str
) -> list[Candidate]:
    """Kinds whose own examples press a button where the given ones press none, and the other way round, stand back."""
    if not examples.strip():
        return list(candidates)
    presses = bool(PRESSES.search(plain(examples)))
    own = {one.key: bool(PRESSES.search(plain(" ".join(one.examples.get(language, ()))))) for one in patterns}
    moved = [
        one if own.get(one.key, presses) == presses else Candidate(one.key, one.score - BACK) for one in candidates
    ]
    return sorted(moved, key=lambda one: -one.score)


def is_likely(candidates: Sequence[Candidate]) -> bool:
    """So near that a small model's “none of these” does not count: what it writes anew works seldom."""
    return bool(candidates) and candidates[0].score >= LIKELY


def is_clear(candidates: Sequence[Candidate]) -> bool:
    if len(candidates) < 2:
        return bool(candidates)
    return candidates[0].score >= LEAST and candidates[0].score - candidates[1].score >= CLEAR
