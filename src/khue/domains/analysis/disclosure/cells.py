"""Tables of counts: small cells are left out, and so many others that nobody can work the small ones out again.

A table with its totals is a system of equations. Whoever subtracts what is published from the totals gets bounds for
what is not; here each small cell keeps bounds at least as wide as asked for. Which other cells must go is found cell by
cell as the cheapest set of values that could have been different while every total stays (Fischetti and Salazar 2000),
a linear programme solved by HiGHS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, lil_matrix

from khue.domains.analysis.stepping.outcome import Unfit

TOTAL = "∑"
MOST_CELLS = 6000
Numbers = NDArray[np.float64]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """Every cell of a table with its margins (`TOTAL` in a place of the key), and the equations that hold them:
    `sums` is equation × cell, with −1 at the total."""

    by: tuple[str, ...]
    keys: tuple[Key, ...]
    values: Numbers
    sums: csr_matrix


@dataclass(frozen=True)
class Protected:
    """`primary` were too small themselves, `secondary` protect them; `bounds` is what can still be worked out of each
    primary cell by anybody who has the published table."""

    cells: Cells
    primary: frozenset[int]
    secondary: frozenset[int]
    bounds: Mapping[int, tuple[float, float]]

    @property
    def hidden(self) -> frozenset[int]:
        return self.primary | self.secondary

    def frame(self) -> pd.DataFrame:
        """With the margins; None where a cell is left out."""
        rows = [
            (*key, None if i in self.hidden else self.cells.values[i].item()) for i, key in enumerate(self.cells.keys)
        ]
        return pd.DataFrame(rows, columns=[*self.cells.by, "n"])


def cross(frame: pd.DataFrame, by: Sequence[str], count: str = "") -> Cells:
    """Counts rows (or adds up `count`) in every combination, with all margins. Raises Unfit."""
    if not 1 <= len(by) <= 3:
        raise Unfit("table_dimensions", count=len(by))
    for name in (*by, *([count] if count else [])):
        if name not in frame.columns:
            raise Unfit("unknown_column", name=name, names=", ".join(map(str, frame.columns[:20])))
    axes = [sorted(frame[name].dropna().astype(str).unique()) for name in by]
    size = int(np.prod([len(axis) + 1 for axis in axes]))
    if size > MOST_CELLS:
        raise Unfit("large_table", count=size, most=MOST_CELLS)
    shown = frame[list(by)].astype(str).assign(_n=frame[count].astype("float64") if count else 1.0)
    inner = shown[frame[list(by)].notna().all(axis=1)].groupby(list(by))["_n"].sum()
    found = {(key if isinstance(key, tuple) else (key,)): float(value) for key, value in inner.items()}
    keys = tuple(product(*[[*axis, TOTAL] for axis in axes]))
    values = np.array([_value(key, axes, found) for key in keys])
    return Cells(tuple(by), keys, values, _equations(keys, axes))


def _value(key: Key, axes: list[list[str]], found: Mapping[Key, float]) -> float:
    parts = [axis if part == TOTAL else [part] for part, axis in zip(key, axes, strict=True)]
    return sum(found.get(one, 0.0) for one in product(*parts))


def _equations(keys: tuple[Key, ...], axes: list[list[str]]) -> csr_matrix:
    place = {key: i for i, key in enumerate(keys)}
    rows = [(key, at) for key in keys for at, part in enumerate(key) if part == TOTAL]
    sums = lil_matrix((len(rows), len(keys)))
    for row, (key, at) in enumerate(rows):
        sums[row, place[key]] = -1
        for part in axes[at]:
            sums[row, place[(*key[:at], part, *key[at + 1 :])]] = 1
    return csr_matrix(sums)


def protect(cells: Cells, *, least: int = 5, width: float | None = None) -> Protected:
    """Cells of 1 to `least`−1 are left out; of each, nobody can say more than that it lies in a range that reaches
    `width` (as a rule `least`) above it and down to 0 or `width` below. Zeros are published: they name nobody."""
    width = float(least) if width is None else width
    small = (cells.values > 0) & (cells.values < least)
    primary = frozenset(np.flatnonzero(small).tolist())
    hidden = set(primary)
    for cell in sorted(primary, key=lambda i: -cells.values[i]):
        for direction in (1.0, -1.0):
            amount = width if direction > 0 else min(width, cells.values[cell])
            hidden |= _companions(cells, cell, direction * amount, hidden)
    bounds = {cell: attack(cells, hidden, cell) for cell in sorted(primary)}
    return Protected(cells, primary, frozenset(hidden) - primary, bounds)


def _companions(cells: Cells, cell: int, amount: float, hidden: set[int]) -> set[int]:
    """The cheapest cells that could move together so that this one could be `amount` more and every total hold."""
    count = len(cells.keys)
    cost = np.array([0.0 if i in hidden else _cost(cells, i) for i in range(count)])
    up: list[tuple[float, float | None]] = [(0.0, None)] * count
    down: list[tuple[float, float | None]] = [(0.0, float(value)) for value in cells.values]
    up[cell] = (max(amount, 0.0), max(amount, 0.0))
    down[cell] = (max(-amount, 0.0), max(-amount, 0.0))
    solved = linprog(
        np.concatenate([cost, cost]),
        A_eq=hstack([cells.sums, -cells.sums]).tocsr(),
        b_eq=np.zeros(cells.sums.shape[0]),
        bounds=up + down,
        method="highs",
    )
    if solved.status != 0:
        raise Unfit("unprotectable", cell=" × ".join(cells.keys[cell]))
    moved = solved.x[:count] + solved.x[count:]
    return set(np.flatnonzero(moved > 1e-7).tolist())


def _cost(cells: Cells, i: int) -> float:
    """Totals are what people look for: they go last."""
    return 1.0 + float(np.log1p(cells.values[i])) + 20.0 * cells.keys[i].count(TOTAL)


def attack(cells: Cells, hidden: set[int] | frozenset[int], cell: int) -> tuple[float, float]:
    """The least and the most that a hidden cell can be, for somebody who has all the others and the totals and knows
    that counts are not negative."""
    order = sorted(hidden)
    unknown = cells.sums[:, order]
    published = cells.values.copy()
    published[order] = 0
    rest = -(cells.sums @ published)
    goal = np.zeros(len(order))
    goal[order.index(cell)] = 1
    least, most = (
        linprog(sign * goal, A_eq=unknown, b_eq=rest, bounds=[(0, None)] * len(order), method="highs")
        for sign in (1, -1)
    )
    return float(least.fun) if least.status == 0 else 0.0, float(-most.fun) if most.status == 0 else np.inf
