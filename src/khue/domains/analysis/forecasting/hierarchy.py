"""Places within places: what is forecast for wards, provinces and the country adds up.

Forecasts of every level are reconciled by least squares weighted by how far each missed in the back-test
(Wickramasuriya, Athanasopoulos and Hyndman 2019, with the diagonal of the errors' covariance).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Name = tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """`nodes`: the whole (), each prefix, and the leaves last; `sums` is node × leaf, ones where a leaf belongs."""

    nodes: tuple[Name, ...]
    leaves: tuple[Name, ...]
    sums: Numbers

    def of_leaves(self, values: Mapping[Name, Numbers]) -> dict[Name, Numbers]:
        stacked = self.sums @ np.array([values[leaf] for leaf in self.leaves])
        return dict(zip(self.nodes, stacked, strict=True))


def tree(leaves: Sequence[Name]) -> Tree:
    inner = sorted({leaf[:depth] for leaf in leaves for depth in range(len(leaf))}, key=lambda name: (len(name), name))
    nodes = [name for name in inner if name not in leaves] + list(leaves)
    sums = np.array([[float(leaf[: len(node)] == node) for leaf in leaves] for node in nodes])
    return Tree(tuple(nodes), tuple(leaves), sums)


def reconcile(
    found: Tree, said: Mapping[Name, Numbers], missed: Mapping[Name, float]
) -> tuple[dict[Name, Numbers], dict[Name, float]]:
    """Means that add up, and by what factor each node's spread changes. `missed` are variances of the back-test."""
    weights = np.array([1 / max(missed[node], 1e-12) for node in found.nodes])
    sums, means = found.sums, np.array([said[node] for node in found.nodes])
    normal = sums.T @ (sums * weights[:, None])
    project = np.linalg.pinv(normal) @ (sums.T * weights)
    bottom = project @ means
    if (np.array([said[leaf] for leaf in found.leaves]) >= 0).all():
        bottom = np.maximum(bottom, 0)
    variance = np.diag(sums @ np.linalg.pinv(normal) @ sums.T)
    factors = np.sqrt(np.clip(variance * weights, 0, None))
    return (
        dict(zip(found.nodes, sums @ bottom, strict=True)),
        dict(zip(found.nodes, np.minimum(factors, 1.0).tolist(), strict=True)),
    )
