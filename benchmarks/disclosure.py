"""Disclosure control: tables with small cells against somebody who has a solver, rows of people before and after."""

import time

import numpy as np
import pandas as pd

from benchmarks import results
from khue.domains.analysis.demo import DEMO
from khue.domains.analysis.disclosure.cells import attack, cross, protect
from khue.domains.analysis.disclosure.rows import Plan, release

SIZES = ((8, 5), (20, 8), (34, 12))
TABLES = 6
LEAST = 5


def table(seed: int, rows: int, columns: int) -> pd.DataFrame:
    """Counts as wards and age groups have them: most small, a few large."""
    random = np.random.default_rng(seed)
    places, groups = random.gamma(0.8, 1, rows), random.gamma(2, 0.5, columns)
    counts = random.poisson(14 * np.outer(places, groups))
    cells = [(f"Phường {i}", f"Nhóm {j}", int(n)) for (i, j), n in np.ndenumerate(counts)]
    return pd.DataFrame(cells, columns=["place", "group", "n"])


def tables(rows: int, columns: int) -> tuple[str, ...]:
    known_before = known_after = small = hidden = total = 0
    seconds = []
    for seed in range(TABLES):
        cells = cross(table(seed, rows, columns), ["place", "group"], "n")
        started = time.perf_counter()
        found = protect(cells, least=LEAST)
        seconds.append(time.perf_counter() - started)
        small, hidden, total = small + len(found.primary), hidden + len(found.hidden), total + len(cells.keys)
        known_before += sum(_width(attack(cells, found.primary, cell)) < LEAST for cell in found.primary)
        known_after += sum(_width(attack(cells, found.hidden, cell)) < LEAST for cell in found.primary)
    return (
        f"{rows} × {columns}", str(small), f"{known_before / small:.0%}", f"{known_after / small:.0%}",
        f"{hidden / total:.0%}", f"{np.median(seconds):.1f} s",
    )  # fmt: skip


def _width(bounds: tuple[float, float]) -> float:
    return bounds[1] - bounds[0]


def people() -> str:
    made = next(one for one in DEMO if one.slug == "ho-gia-dinh")
    frame = pd.DataFrame(made.rows(), columns=list(made.head))
    lines = []
    for k in (3, 5, 10):
        plan = Plan(quasi=("Xã", "Tuổi", "Giới tính", "Trình độ", "Số người trong hộ"), drop=("Mã hộ",), k=k)
        started = time.perf_counter()
        found = release(frame, plan)
        took = time.perf_counter() - started
        kept = np.mean([_bits(found.frame[name]) / _bits(frame[name]) for name in plan.quasi])
        found_by_others = f"{found.before.expected:.0f} → {found.after.expected:.0f}"
        before, after = found.before, found.after
        lines.append(
            (k, before.k, before.unique, after.k, after.unique, found_by_others, f"{kept:.0%}", f"{took:.1f} s")
        )
    head = [
        "k asked", "k before", "unique before", "k after", "unique after", "found on average",
        "kept of what they tell", "took",
    ]  # fmt: skip
    return f"{len(frame)} households of the demo set, five columns that others may know.\n\n" + results.table(
        head, lines
    )


def _bits(column: pd.Series) -> float:
    share = column.astype("string").value_counts(normalize=True, dropna=False).to_numpy("float64")
    return float(-(share * np.log2(share)).sum())


def run() -> None:
    head = ["table", "small cells", "worked out: only they hidden", "worked out: protected", "cells hidden", "took"]
    body = (
        f"{TABLES} tables of each size, cells under {LEAST} small; “worked out”: a linear programme places the cell "
        f"within less than {LEAST}.\n\n{results.table(head, [tables(*size) for size in SIZES])}\n\n{people()}"
    )
    print(body)
    results.write("disclosure", "Disclosure control", body)
