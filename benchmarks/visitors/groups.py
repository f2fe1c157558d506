"""Questions without an answer that mean the same come together: how well, on the half that set no threshold."""

import csv
import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks import results

CORPUS = Path(__file__).parent.parent / "corpora" / "assistants" / "unanswered.tsv"
ORDERS = 4
THRESHOLDS = (0.85, 0.87, 0.89, 0.91, 0.93)
NOTES = """
Pairs of questions: "joined rightly" is the share of the joined pairs that belong together, "found" the share of those
that belong together that were joined. Mean of four orders in which the questions come in. The threshold was chosen on
the half "tune". E5 reads little in Vietnamese without its marks: those questions are what is mostly left alone.
"""


def section() -> str:
    from khue.cli.session import session

    with CORPUS.open(encoding="utf-8") as file:
        asked = list(csv.DictReader(file, delimiter="\t"))
    with session(embeddings=True):
        from khue.domains.assistants.actions.insights import SAME

        vectors = _vectors([row["question"] for row in asked])
    lines: list[Sequence[object]] = []
    for half in ("report", "tune"):
        of = [at for at, row in enumerate(asked) if row["half"] == half]
        for least in sorted({*THRESHOLDS, SAME}):
            rightly, found = np.mean(list(_orders(of, vectors, [row["group"] for row in asked], least)), axis=0)
            mark = "**" if least == SAME else ""
            lines.append((half, len(of), f"{mark}{least:.2f}{mark}", f"{rightly:.2f}", f"{found:.2f}"))
    return f"{results.table(('half', 'questions', 'likeness', 'joined rightly', 'found'), lines)}\n{NOTES}"


def _vectors(texts: Sequence[str]) -> np.ndarray:
    from khue.gateway import api as gateway
    from khue.gateway.api import Caller, DataClass

    caller = Caller(None, None, tool="benchmark")
    return np.stack(list(gateway.embed(list(texts), kind="query", caller=caller, data_class=DataClass.PUBLIC)))


def _orders(
    of: Sequence[int], vectors: np.ndarray, groups: Sequence[str], least: float
) -> Iterator[tuple[float, float]]:
    for seed in range(ORDERS):
        shuffled = random.Random(seed).sample(list(of), len(of))  # noqa: S311
        joined = _joined(shuffled, vectors, least)
        belong = {pair for pair in combinations(sorted(of), 2) if groups[pair[0]] == groups[pair[1]]}
        together = {pair for pair in combinations(sorted(of), 2) if joined[pair[0]] == joined[pair[1]]}
        yield len(belong & together) / max(1, len(together)), len(belong & together) / len(belong)


def _joined(order: Sequence[int], vectors: np.ndarray, least: float) -> dict[int, int]:
    """As the background job does: each gets the group of the nearest before it, or one of its own."""
    from khue.domains.assistants.actions.insights import nearest

    joined: dict[int, int] = {}
    for at in order:
        known = [(joined[other], vectors[other]) for other in joined]
        found = nearest(vectors[at], known, least)
        joined[at] = at if found is None else found
    return joined
