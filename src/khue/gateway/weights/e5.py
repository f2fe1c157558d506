"""multilingual-e5-small on this machine: texts to unit vectors, one text at a time, on ONNX Runtime."""

import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime
import tokenizers
from numpy.typing import NDArray

LENGTH = 512
DIMENSIONS = 384
_SPACES = re.compile(" {2,}")


class Tokenizer:
    """XLM-R's pieces: code points replaced, spaces joined, Unigram, start and end marks, cut at 512."""

    def __init__(self, folder: Path) -> None:
        rules = json.loads((folder / "normaliser.json").read_text(encoding="utf-8"))
        self.start, self.end = rules["start"], rules["end"]
        self.replacements = {int(point): text for point, text in rules["replacements"].items()}
        self.pieces = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))

    def normal(self, text: str) -> str:
        return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(self.replacements))

    def tokens(self, text: str) -> list[int]:
        return [self.start, *self._ids(text)[: LENGTH - 2], self.end]

    def is_cut(self, text: str) -> bool:
        return len(self._ids(text)) > LENGTH - 2

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self.pieces.encode(self.normal(text), add_special_tokens=False).ids
        return ids


class E5:
    def __init__(self, folder: Path, *, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.tokenizer = Tokenizer(folder)
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def vector(self, tokens: list[int]) -> NDArray[np.float32]:
        result: NDArray[np.float32] = self.session.run(None, {"tokens": np.array([tokens], np.int64)})[0][0]
        return result
