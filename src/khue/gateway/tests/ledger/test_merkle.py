"""The tree, against RFC 9162 read literally, and its proofs, against everything that is not true."""

import hashlib

import pytest

from khue.gateway.ledger import merkle

LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(700)]


def literal(leaves):
    """MTH of RFC 9162, section 2.1.1, of leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + literal(leaves[:split]) + literal(leaves[split:])).digest()


def nodes(level, position, count):
    """As the database gives them: leaves, and complete subtrees of 256."""
    assert level in {0, 8}
    width = 1 << level
    return [literal(LEAVES[at * width : (at + 1) * width]) for at in range(position, position + count)]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 699])
def test_roots_are_those_of_the_rfc(size):
    assert merkle.root(nodes, size) == literal(LEAVES[:size])
    growing = merkle.Frontier()
    for leaf in LEAVES[:size]:
        growing.add(leaf)
    assert growing.root() == literal(LEAVES[:size])


def test_a_known_root():
    """Of the seven leaves of the tree that certificate transparency's own tests use, the first two."""
    first, second = merkle.leaf_hash(b""), merkle.leaf_hash(b"\0")
    assert first.hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.node_hash(first, second).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 64, 300, 513])
def test_every_entry_is_proved_and_no_other_in_its_place(size):
    root = literal(LEAVES[:size])
    for index in range(0, size, max(1, size // 16)):
        path = merkle.inclusion(nodes, index, size)
        assert merkle.includes(LEAVES[index], index, size, path, root)
        assert not merkle.includes(LEAVES[index + 1], index, size, path, root)
        assert not merkle.includes(LEAVES[index], index + 1, size, path, root)
        assert not merkle.includes(LEAVES[index], index, size, [*path, root], root)
        assert not path or not merkle.includes(LEAVES[index], index, size, path[:-1], root)
    assert not merkle.includes(LEAVES[size], size, size, [], root)


def test_every_growth_is_proved_and_no_change():
    for size in (1, 2, 7, 8, 9, 256, 600):
        root = literal(LEAVES[:size])
        for first in sorted({0, 1, 2, 3, 4, size // 2, size - 1, size}):
            if not 0 <= first <= size:
                continue
            path, old = merkle.consistency(nodes, first, size), literal(LEAVES[:first])
            assert merkle.extends(first, old, size, root, path), (first, size)
            if first:
                assert not merkle.extends(first, literal(LEAVES[1 : first + 1]), size, root, path)
                assert not merkle.extends(first, old, size, literal(LEAVES[1 : size + 1]), path)
