"""Reads the packed 4-bit file of multilingual-e5-small ("E5S1"): header, Unigram vocabulary, normaliser, tensors.

Weights are groups of 32: a half-precision scale, then 16 bytes whose low nibbles are weights 0-15 and whose high
nibbles are weights 16-31, each stored with an offset of 8.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
GROUP = 32
GROUP_BYTES = 2 + GROUP // 2
FLOAT = 0


class NotPackedE5(ValueError):
    """The bytes are no such file."""


@dataclass(frozen=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with their log-probabilities, special ids, and what each code point is replaced by beforehand."""

    pieces: list[tuple[str, float]]
    start: int
    end: int
    padding: int
    unknown: int
    replacements: dict[int, str]


@dataclass(frozen=True)
class Groups:
    """4-bit weights as stored: `codes` 0-15 of shape (rows, columns), `scales` of shape (rows, columns / 32)."""

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def dense(self) -> NDArray[np.float32]:
        values = self.codes.astype(np.float32) - 8.0
        return (values.reshape(*self.scales.shape, GROUP) * self.scales[..., None]).reshape(self.codes.shape)


@dataclass(frozen=True)
class PackedE5:
    shape: Shape
    vocabulary: Vocabulary
    _data: memoryview
    _places: dict[str, tuple[int, int]]

    def floats(self, name: str) -> NDArray[np.float32]:
        offset, size = self._places[name]
        return np.frombuffer(self._data, np.float32, size // 4, offset)

    def groups(self, name: str, columns: int) -> Groups:
        offset, size = self._places[name]
        raw = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, columns // GROUP, GROUP_BYTES)
        scales = np.ascontiguousarray(raw[..., :2]).view(np.float16)[..., 0].astype(np.float32)
        nibbles = np.concatenate([raw[..., 2:] & 0x0F, raw[..., 2:] >> 4], axis=-1)
        return Groups(codes=nibbles.reshape(-1, columns), scales=scales)

    def dense(self, name: str, columns: int) -> NDArray[np.float32]:
        return self.groups(name, columns).dense()


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def block(self, size: int) -> memoryview:
        start, self.at = self.at, self.at + size
        return self.data[start : self.at]


def read(path: Path) -> PackedE5:
    data = memoryview(path.read_bytes())
    if bytes(data[:4]) != MAGIC:
        raise NotPackedE5(path)
    cursor = _Cursor(data)
    cursor.at = 8  # magic, version
    shape = _shape(cursor)
    vocabulary = _vocabulary(cursor)
    return PackedE5(shape, vocabulary, data, _places(cursor))


def _shape(cursor: _Cursor) -> Shape:
    hidden, layers, heads, feed_forward, vocabulary, positions, _types = cursor.take("7i")
    epsilon, group = cursor.take("fi")
    if group != GROUP:
        raise NotPackedE5(f"groups of {group}")
    return Shape(hidden, layers, heads, feed_forward, vocabulary, positions, epsilon)


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, start, end, padding, unknown = cursor.take("5i")
    (size,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.block(4 * (count + 1)), np.uint32)
    scores = np.frombuffer(cursor.block(4 * count), np.float32)
    text = bytes(cursor.block(size))
    pieces = [(text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)]
    return Vocabulary(pieces, start, end, padding, unknown, _replacements(cursor))


def _replacements(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.take("iI")
    replacements: dict[int, str] = {}
    for _ in range(count):
        point, length = cursor.take("IB")
        replacements[point] = "".join(map(chr, cursor.take(f"{length}I")))
    return replacements


def _places(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    (count,) = cursor.take("i")
    places: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = bytes(cursor.block(length)).decode()
        _kind, _values, offset, size = cursor.take("BIQQ")
        places[name] = (offset, size)
    return places
