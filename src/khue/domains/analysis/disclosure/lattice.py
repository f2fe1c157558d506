"""Every combination of rungs tried, where there are few enough: the one that keeps most of what the columns tell."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from khue.domains.analysis.disclosure.coarser import Ladder

# combinations times rows
MOST_WORK = 20_000_000
# how little is left in a column of which nothing is shown
EMPTY = 0.1
Codes = NDArray[np.int64]


def best(frame: pd.DataFrame, ladders: Mapping[str, Ladder], k: int, most_below: float) -> dict[str, int] | None:
    """The rung of each column so that at most so many rows stand in groups smaller than k; None where there are too
    many to try. A column that loses everything weighs more than several that lose a part."""
    size = int(np.prod([len(ladder.rungs) for ladder in ladders.values()]))
    if not ladders or size * len(frame) > MOST_WORK:
        return None
    rungs = [_rungs(frame[name], ladder) for name, ladder in ladders.items()]
    kept = [[bits / max(column[0][1], 1e-9) for _codes, bits in column] for column in rungs]
    nodes = sorted(product(*(range(len(column)) for column in rungs)), key=lambda node: -_kept(kept, node))
    for node in nodes:
        if _below([column[level][0] for column, level in zip(rungs, node, strict=True)], k) <= most_below:
            return dict(zip(ladders, node, strict=True))
    return None


def _rungs(column: "pd.Series[object]", ladder: Ladder) -> list[tuple[Codes, float]]:
    coded = [pd.factorize(rung(column), use_na_sentinel=False)[0].astype("int64") for rung in ladder.rungs]
    return [(codes, _bits(codes)) for codes in coded]


def _bits(codes: Codes) -> float:
    share = np.bincount(codes) / len(codes)
    share = share[share > 0]
    return float(-(share * np.log2(share)).sum())


def _kept(kept: Sequence[Sequence[float]], node: Sequence[int]) -> float:
    return sum(float(np.log(EMPTY + column[level])) for column, level in zip(kept, node, strict=True))


def _below(columns: Sequence[Codes], k: int) -> int:
    """Rows whose group is smaller than k."""
    joined = columns[0]
    for codes in columns[1:]:
        joined = np.unique(joined * (int(codes.max()) + 1) + codes, return_inverse=True)[1].astype("int64")
    counts = np.bincount(np.unique(joined, return_inverse=True)[1])
    return int(counts[counts < k].sum())
