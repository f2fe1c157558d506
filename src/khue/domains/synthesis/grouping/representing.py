"""Which sentences speak for a group: near its middle, from different reports, not twice the same."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
NOVELTY = 0.35


def spokesmen(vectors: Vectors, sources: Sequence[str], *, most: int) -> list[int]:
    """Rows by maximal marginal relevance; one a source until all have spoken."""
    middle = vectors.mean(axis=0)
    near = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    chosen: list[int] = []
    heard: set[str] = set()
    while len(chosen) < min(most, len(vectors)):
        said = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(vectors))
        score = (1 - NOVELTY) * near - NOVELTY * said
        silent = [at for at in range(len(vectors)) if at not in chosen and sources[at] not in heard]
        rest = silent or [at for at in range(len(vectors)) if at not in chosen]
        best = max(rest, key=lambda at: (float(score[at]), -at))
        chosen.append(best)
        heard.add(sources[best])
    return chosen
