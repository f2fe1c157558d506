"""Answers to themes: what they mean (E5) and which words they use, together, by k-means; as many themes as part them
best."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from khue.domains.synthesis.figures.words import plain
from khue.domains.synthesis.grouping.clusters import Labels, centred, k_means, silhouette

Vectors = NDArray[np.float32]
# dimensions of what words give; how much they weigh beside meaning
LATENT, WORDS = 60, 0.6
COUNTS = (4, 6, 8, 10, 12, 14, 16, 18, 21, 24, 28)
# so many answers a theme, at least, on average
SMALLEST = 4
# so many answers a theme, at least, on average
SMALLEST = 4
SEED = 11
_WORD = re.compile(r"[a-z0-9]+")


def features(texts: Sequence[str], vectors: Vectors) -> Vectors:
    """One unit row each."""
    meaning = centred(vectors)
    latent = _latent(texts)
    joined = np.hstack([meaning, WORDS * latent]) if latent.shape[1] else meaning
    return np.asarray(joined / np.maximum(np.linalg.norm(joined, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _latent(texts: Sequence[str]) -> Vectors:
    """Words and pairs without diacritics, since people type as they like, by tf-idf, in few dimensions."""
    bags = [Counter(_terms(text)) for text in texts]
    spread = Counter(term for bag in bags for term in bag)
    most = len(texts) * 0.4
    known = {term: at for at, term in enumerate(t for t, n in spread.items() if 3 <= n <= most)}
    if len(known) <= LATENT or len(texts) <= LATENT:
        return np.zeros((len(texts), 0), dtype=np.float32)
    entries = [
        (row, known[term], (1 + math.log(n)) * math.log(len(texts) / spread[term]))
        for row, bag in enumerate(bags)
        for term, n in bag.items()
        if term in known
    ]
    rows, columns, weights = zip(*entries, strict=True)
    matrix = csr_matrix((weights, (rows, columns)), shape=(len(texts), len(known)), dtype=np.float64)
    left, strength, _right = svds(_unit(matrix), k=LATENT, random_state=SEED)
    placed = left * strength
    return np.asarray(placed / np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _unit(matrix: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    return csr_matrix(matrix.multiply(1 / np.maximum(lengths, 1e-9)[:, None]))


def _terms(text: str) -> list[str]:
    said = _WORD.findall(plain(text))
    return said + [f"{one} {two}" for one, two in zip(said, said[1:], strict=False)]


def sorted_by(texts: Sequence[str], rows: Vectors, count: int | None = None) -> Labels:
    """Where most answers repeat others (a letter that many signed), each wording counts once: themes would otherwise
    part by wording."""
    _wordings, first, which = np.unique([text.casefold() for text in texts], return_index=True, return_inverse=True)
    if 2 * len(first) > len(texts):
        return sorted_into(rows, count)
    return np.asarray(sorted_into(rows[first], count)[which], dtype=np.intp)


def sorted_into(rows: Vectors, count: int | None = None) -> Labels:
    """`count`: how many themes a person wants; else as many as part the answers best."""
    if count:
        return k_means(rows, count)
    wanted = [k for k in COUNTS if k * SMALLEST <= len(rows)] or [max(1, min(3, len(rows) // 3))]
    made = [(k, k_means(rows, k, tries=2)) for k in wanted]
    best = max(made, key=lambda one: silhouette(rows, one[1]))
    return k_means(rows, best[0])
