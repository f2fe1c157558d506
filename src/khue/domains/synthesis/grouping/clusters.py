"""Spherical k-means on embeddings: linear in the number of texts, the same result every time."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Labels = NDArray[np.intp]
SEED, ROUNDS, TRIES = 7, 40, 4
SAMPLE = 4000


def centred(vectors: Vectors) -> Vectors:
    """E5's vectors crowd in one direction; without it, they tell more."""
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)


def k_means(vectors: Vectors, k: int, *, seed: int = SEED, tries: int = TRIES) -> Labels:
    """The group of each row; the best of a few beginnings. Empty groups close up."""
    k = min(k, len(vectors))
    if k <= 1:
        return np.zeros(len(vectors), dtype=np.intp)
    best, tightest = np.zeros(len(vectors), dtype=np.intp), -np.inf
    for at in range(tries):
        labels, tightness = _once(vectors, k, np.random.default_rng(seed + at))
        if tightness > tightest:
            best, tightest = labels, tightness
    return np.unique(best, return_inverse=True)[1].astype(np.intp)


def _once(vectors: Vectors, k: int, chance: np.random.Generator) -> tuple[Labels, float]:
    centres = _seeds(vectors, k, chance)
    labels = np.full(len(vectors), -1, dtype=np.intp)
    for _round in range(ROUNDS):
        cosines = vectors @ centres.T
        nearest = cosines.argmax(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        for at in np.unique(labels):
            mean = vectors[labels == at].mean(axis=0)
            centres[at] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return labels, float((vectors @ centres.T).max(axis=1).sum())


def _seeds(vectors: Vectors, k: int, chance: np.random.Generator) -> Vectors:
    """k-means++: each further one far from those that there are."""
    centres = [vectors[chance.integers(len(vectors))]]
    far = 1 - vectors @ centres[0]
    for _each in range(k - 1):
        weight = np.clip(far, 0, None) ** 2 + 1e-12
        centres.append(vectors[chance.choice(len(vectors), p=weight / weight.sum())])
        far = np.minimum(far, 1 - vectors @ centres[-1])
    return np.stack(centres)


def silhouette(vectors: Vectors, labels: Labels, *, seed: int = SEED) -> float:
    """How much nearer texts are to their own group's centre than to the next one's, on a sample."""
    names = np.unique(labels)
    if len(names) < 2:
        return -1.0
    rows = np.random.default_rng(seed).choice(len(vectors), min(SAMPLE, len(vectors)), replace=False)
    centres = np.stack([vectors[labels == name].mean(axis=0) for name in names])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    distances = 1 - vectors[rows] @ centres.T
    own = distances[np.arange(len(rows)), np.searchsorted(names, labels[rows])]
    distances[np.arange(len(rows)), np.searchsorted(names, labels[rows])] = np.inf
    other = distances.min(axis=1)
    return float(np.mean((other - own) / np.maximum(np.maximum(own, other), 1e-9)))
