"""Passages to points: by the heading that they stand under, else by what they mean."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from khue.domains.synthesis.figures.indicators import bag_of, dice, single
from khue.domains.synthesis.outline.points import Point

# Dice of words; cosine of E5; by how much the best point must lead the second
WORDS, MEANING, LEAD = 0.5, 0.86, 0.008
# words of a heading in short
FEWEST = 2
NONE = -1
Vectors = NDArray[np.float32]


def by_heading(headings: Sequence[str], points: Sequence[Point]) -> dict[str, int]:
    """Path of headings → point, by their words alone: the innermost heading that fits decides."""
    titles = [bag_of(point.title) for point in points]
    found = {}
    for heading in headings:
        for part in reversed(heading.split(" › ")):
            scored = [(_alike(bag_of(part), title), at) for at, title in enumerate(titles)]
            score, at = max(scored, default=(0.0, NONE))
            if score >= WORDS:
                found[heading] = at
                break
    return found


def _alike(heading: frozenset[str], title: frozenset[str]) -> float:
    """ "Phương hướng 6 tháng cuối năm" holds no word that "Phương hướng, nhiệm vụ thời gian tới" does not: it is that
    point in short."""
    words = sorted((single(heading), single(title)), key=len)
    is_short = len(words[0]) >= FEWEST and words[0] <= words[1]
    common = dice(heading, title)
    return max(common, WORDS + common / 10) if is_short else common


def by_meaning(vectors: Mapping[str, Vectors], points: Vectors) -> dict[str, int]:
    """What the words left open: the nearest point, where one leads clearly."""
    found = {}
    for text, vector in vectors.items():
        cosines = points @ vector
        order = np.argsort(-cosines)
        lead = cosines[order[0]] - (cosines[order[1]] if len(order) > 1 else 0)
        if cosines[order[0]] >= MEANING and lead >= LEAD:
            found[text] = int(order[0])
    return found
