"""Open WebUI's hybrid search with its default models, rebuilt from what its source does (it is not run here).

BM25 by rank_bm25 over words split at spaces, vectors of all-MiniLM-L6-v2; the two rankings are joined by reciprocal
ranks (60) at half weight each; without a reranking model the joined candidates are then sorted by the cosine of the
same vectors. `sort=False` leaves that last step out: the order of the joined ranks.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.peers.minilm import MiniLM


def rankers(passages: Sequence[str], depth: int, cache: Path) -> dict[str, Callable[[str], list[int]]]:
    from rank_bm25 import BM25Okapi

    model, words = MiniLM(cache), BM25Okapi([text.split() for text in passages])
    vectors = model.vectors(list(passages))

    def rank(question: str, sort: bool) -> list[int]:
        cosine = vectors @ model.vectors([question])[0]
        by_words = np.argsort(-words.get_scores(question.split()), kind="stable")[:depth]
        by_meaning = np.argsort(-cosine, kind="stable")[:depth]
        joined: dict[int, float] = {}
        for order in (by_words, by_meaning):
            for place, passage in enumerate(order, 1):
                joined[int(passage)] = joined.get(int(passage), 0.0) + 0.5 / (60 + place)
        scores = {passage: float(cosine[passage]) for passage in joined} if sort else joined
        return sorted(scores, key=scores.__getitem__, reverse=True)[:depth]

    return {
        "Open WebUI hybrid, rebuilt: joined ranks": lambda question: rank(question, sort=False),
        "Open WebUI hybrid, rebuilt: then by cosine": lambda question: rank(question, sort=True),
    }
