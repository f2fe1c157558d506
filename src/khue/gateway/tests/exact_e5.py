"""multilingual-e5-small in plain NumPy with full precision, from the packed weights: what the fast one is held to."""

import math

import numpy as np
from numpy.typing import NDArray

from khue.gateway.weights.packed_e5 import PackedE5

Matrix = NDArray[np.float32]


class ExactE5:
    def __init__(self, packed: PackedE5) -> None:
        self.packed, self.shape = packed, packed.shape
        self.words = packed.dense("emb.word", packed.shape.hidden)

    def vector(self, tokens: list[int]) -> Matrix:
        hidden = self.shape.hidden
        places = self.packed.floats("emb.pos").reshape(-1, hidden)[: len(tokens)]
        x = self.normalised(self.words[tokens] + places + self.packed.floats("emb.type")[:hidden], "emb.ln")
        for layer in range(self.shape.layers):
            x = self.normalised(x + self.attention(x, f"l{layer}"), f"l{layer}.aln")
            wide = gelu(self.linear(x, f"l{layer}.fi"))
            x = self.normalised(x + self.linear(wide, f"l{layer}.fo"), f"l{layer}.oln")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def linear(self, x: Matrix, name: str) -> Matrix:
        return x @ self.packed.dense(f"{name}.w", x.shape[1]).T + self.packed.floats(f"{name}.b")

    def normalised(self, x: Matrix, name: str) -> Matrix:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self.shape.epsilon)
        return scaled * self.packed.floats(f"{name}.w") + self.packed.floats(f"{name}.b")

    def attention(self, x: Matrix, name: str) -> Matrix:
        q, k, v = (self.heads(self.linear(x, f"{name}.{part}")) for part in "qkv")
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = weights / weights.sum(axis=-1, keepdims=True) @ v
        return self.linear(mixed.transpose(1, 0, 2).reshape(len(x), -1), f"{name}.ao")

    def heads(self, x: Matrix) -> Matrix:
        return x.reshape(len(x), self.shape.heads, -1).transpose(1, 0, 2)


def gelu(x: Matrix) -> Matrix:
    return x * 0.5 * (1 + np.vectorize(math.erf, otypes=[np.float32])(x / math.sqrt(2)))
