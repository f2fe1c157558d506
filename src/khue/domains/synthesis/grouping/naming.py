"""What a group is about, in words that its texts have and the others do not."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from khue.domains.synthesis.figures.words import EMPTY

_WORD = re.compile(r"[^\W\d_]+")
_EDGE = EMPTY | frozenset(
    "còn chưa nên cần phải rất quá không thì mà hay như nhiều ít tôi em anh chị bà con xin mong".split()
)
WORDS_OF_A_NAME = 3


def names(texts: Sequence[str], labels: NDArray[np.intp]) -> dict[int, str]:
    """Phrases of two or three words, weighed by how much oftener they stand in the group than elsewhere."""
    of_group = {int(at): Counter[str]() for at in np.unique(labels)}
    for text, at in zip(texts, labels, strict=True):
        of_group[int(at)].update(set(phrases(text)))
    everywhere = sum(of_group.values(), Counter[str]())
    sizes = Counter(int(at) for at in labels)
    return {at: _name(held, everywhere, sizes[at], len(texts)) for at, held in of_group.items()}


def phrases(text: str) -> list[str]:
    said = _WORD.findall(text.lower())
    found = []
    for length in (2, 3):
        for at in range(len(said) - length + 1):
            run = said[at : at + length]
            if run[0] not in _EDGE and run[-1] not in _EDGE:
                found.append(" ".join(run))
    return found


def _name(held: Counter[str], everywhere: Counter[str], size: int, total: int) -> str:
    weight = {
        phrase: count / size * math.log(1 + total / everywhere[phrase]) * (1.2 if phrase.count(" ") == 2 else 1)
        for phrase, count in held.items()
        if count >= min(3, size)
    }
    chosen: list[str] = []
    for phrase in sorted(weight, key=lambda one: (-weight[one], one)):
        words = set(phrase.split())
        if all(len(words & set(other.split())) < 2 for other in chosen):
            chosen.append(phrase)
        if len(chosen) == WORDS_OF_A_NAME:
            break
    said = ", ".join(chosen)
    return said[:1].upper() + said[1:]
