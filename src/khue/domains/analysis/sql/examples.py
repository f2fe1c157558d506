"""Approved pairs that are like a question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from khue.domains.analysis.sql.prompt import Pair


def nearest(
    question: NDArray[np.float32], pairs: Sequence[Pair], vectors: NDArray[np.float32], count: int = 3
) -> list[Pair]:
    """The most like it last, next to the question; vectors are of unit length."""
    order = np.argsort(vectors @ question)[-count:]
    return [pairs[at] for at in order]
