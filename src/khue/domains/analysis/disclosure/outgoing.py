"""What may leave of a table whose rows each stand for people: rows with too few of them do not, nor those by which
they could be worked out from totals."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from khue.domains.analysis.disclosure.cells import TOTAL, cross, protect
from khue.domains.analysis.stepping.outcome import Unfit

LEAST = 5
MOST_KEYS = 3
Key = tuple[str, ...]


def shown(value: Any) -> str:
    """A key as it is compared; a gap is a group like any other."""
    return "–" if value is None else str(value)


def too_few(counts: Mapping[Key, int], least: int = LEAST) -> frozenset[Key] | None:
    """The keys whose rows stay: fewer than `least` people, and those that protect them while every total is known.
    None: it cannot be protected row by row."""
    if all(count >= least for count in counts.values()):
        return frozenset()
    width = len(next(iter(counts)))
    if not 1 <= width <= MOST_KEYS:
        return None
    names = [f"k{at}" for at in range(width)]
    frame = pd.DataFrame([(*key, count) for key, count in counts.items()], columns=[*names, "n"])
    try:
        cells = cross(frame, names, "n")
        hidden = protect(cells, least=least).hidden
    except Unfit:
        return None
    return frozenset(cells.keys[at] for at in hidden if TOTAL not in cells.keys[at])


def small(row: Sequence[Any], counts: Sequence[int], least: int = LEAST) -> bool:
    """A count in the row itself says of few people what they are."""
    return any(isinstance(row[at], int | float) and 0 < row[at] < least for at in counts)
