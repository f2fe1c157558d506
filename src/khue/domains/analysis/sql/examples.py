"""Approved pairs that are like a question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from khue.domains.analysis.sql.prompt import Pair

# so few are shown with every question, in one order: a prompt that begins alike is kept by the runtime
ALWAYS = 5


def nearest(
    question: NDArray[np.float32], pairs: Sequence[Pair], vectors: NDArray[np.float32], count: int = 3
) -> list[Pair]:
    """All, where they are few; else the most like it last, next to the question. Vectors are of unit length."""
    if len(pairs) <= ALWAYS:
        return list(pairs)
    order = np.argsort(vectors @ question)[-count:]
    return [pairs[at] for at in order]
