"""The Merkle tree over the entries: hashes, roots and proofs of RFC 9162, section 2.1.

Complete subtrees of 2^8, 2^16 and 2^24 leaves are stored, so that a root or a proof reads some hundred hashes, however
many entries there are.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

STORED = (24, 16, 8, 0)
BLOCK = 8
EMPTY = hashlib.sha256().digest()


class Nodes(Protocol):
    """Where the hashes come from: `count` nodes of a stored level, from the position-th on."""

    def __call__(self, level: int, position: int, count: int) -> Sequence[bytes]: ...


def leaf_hash(payload: bytes) -> bytes:
    return hashlib.sha256(b"\0" + payload).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(nodes: Nodes, size: int) -> bytes:
    """The hash that stands for the first `size` entries."""
    return _range(nodes, 0, size) if size else EMPTY


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]): that the leaf, counted from 0, is in the tree of that size."""
    return _path(nodes, index, 0, size)


def consistency(nodes: Nodes, first: int, size: int) -> list[bytes]:
    """PROOF(first, D[size]): that the tree of that size begins with the one of `first` leaves."""
    return _subproof(nodes, first, 0, size, True) if first else []


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def extends(first: int, first_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2."""
    if first == 0:
        return not path
    if first == size:
        return not path and first_root == root
    if first > size or not path:
        return False
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    place, last = first - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == root


class Frontier:
    """The roots of the complete subtrees of a growing tree, the largest first."""

    def __init__(self, subtrees: Iterable[tuple[int, bytes]] = ()) -> None:
        self.subtrees = list(subtrees)

    def add(self, node: bytes, level: int = 0) -> list[tuple[int, bytes]]:
        """The subtrees that it completes, besides itself."""
        completed = []
        while self.subtrees and self.subtrees[-1][0] == level:
            node, level = node_hash(self.subtrees.pop()[1], node), level + 1
            completed.append((level, node))
        self.subtrees.append((level, node))
        return completed

    def root(self) -> bytes:
        if not self.subtrees:
            return EMPTY
        found = self.subtrees[-1][1]
        for _, node in reversed(self.subtrees[:-1]):
            found = node_hash(node, found)
        return found


def fold(nodes: Sequence[bytes]) -> bytes:
    """The root over a power of two of nodes."""
    while len(nodes) > 1:
        nodes = [node_hash(nodes[i], nodes[i + 1]) for i in range(0, len(nodes), 2)]
    return nodes[0]


def _range(nodes: Nodes, start: int, end: int) -> bytes:
    count = end - start
    if count & (count - 1) == 0 and start % count == 0:
        level = count.bit_length() - 1
        stored = next(each for each in STORED if each <= level)
        return fold(nodes(stored, start >> stored, 1 << (level - stored)))
    middle = start + _split(count)
    return node_hash(_range(nodes, start, middle), _range(nodes, middle, end))


def _path(nodes: Nodes, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(nodes, index, start, middle), _range(nodes, middle, end)]
    return [*_path(nodes, index, middle, end), _range(nodes, start, middle)]


def _subproof(nodes: Nodes, first: int, start: int, end: int, is_known: bool) -> list[bytes]:
    """`first` is where the old tree ends."""
    if first == end:
        return [] if is_known else [_range(nodes, start, end)]
    middle = start + _split(end - start)
    if first <= middle:
        return [*_subproof(nodes, first, start, middle, is_known), _range(nodes, middle, end)]
    return [*_subproof(nodes, first, middle, end, False), _range(nodes, start, middle)]


def _split(count: int) -> int:
    """The largest power of two below."""
    return 1 << ((count - 1).bit_length() - 1)
