"""How near a question in one language is to sentences in another.

All vectors of a language lie to one side of the others, whatever they speak of, so cosines across languages say little.
They say more once each language's middle is taken away from its vectors. `python -m benchmarks.calibrate` writes the
middles anew (middles.yaml): for questions and for texts, half-precision numbers in base 64.
"""

import base64
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

FILE = Path(__file__).with_name("middles.yaml")
Vector = NDArray[np.float32]


@lru_cache(maxsize=1)
def _middles() -> dict[str, dict[str, Vector]]:
    kinds = yaml.safe_load(FILE.read_text())["middles"]
    return {kind: {language: _read(text) for language, text in kinds[kind].items()} for kind in kinds}


def _read(text: str) -> Vector:
    return np.frombuffer(base64.b64decode(text), np.float16).astype(np.float32)


def written(middle: Vector) -> str:
    return base64.b64encode(middle.astype(np.float16).tobytes()).decode()


def nearest(question: Vector, asked: str, sentences: Sequence[tuple[Vector, str]]) -> float:
    """The cosine of the question, in the language `asked`, with the nearest of the sentences, each with its language,
    without the middles. 0 where there are none, or none of these languages."""
    of_questions, of_texts = _middles()["questions"], _middles()["texts"]
    known = [(vector, of_texts[language]) for vector, language in sentences if language in of_texts]
    if not known or asked not in of_questions or question.shape != of_questions[asked].shape:
        return 0.0
    vectors = _unit(np.stack([vector - middle for vector, middle in known]))
    return float(np.max(vectors @ _unit(question - of_questions[asked])))


def _unit(vectors: Vector) -> Vector:
    unit: Vector = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)
    return unit
