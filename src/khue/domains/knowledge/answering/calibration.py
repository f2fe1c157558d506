"""When the evidence is strong enough to answer: thresholds for each pair of languages, found on a tuning half.

The figures and their origin are in calibration.yaml, which `python -m benchmarks.calibrate` writes anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from khue.domains.knowledge.answering import middles, words
from khue.domains.knowledge.answering.evidence import Sentence

FILE = Path(__file__).with_name("calibration.yaml")
# passages that a search brings; in a library with fewer, the rest counts as the cosine of what has nothing to do with
# the question
FULL, BACKGROUND = 10, 0.8
FEATURES = ("cosine", "best_cosine", "overlap", "passage_cosine", "passage_overlap", "contrast", "centred")


@dataclass(frozen=True)
class Threshold:
    """Logistic weights of the features and the lowest probability at which an answer is given."""

    intercept: float
    weights: tuple[float, ...]
    at_least: float

    def probability(self, features: Sequence[float]) -> float:
        z = self.intercept + sum(w * value for w, value in zip(self.weights, features, strict=True))
        return 1.0 / (1.0 + math.exp(-z))


@lru_cache(maxsize=1)
def thresholds() -> dict[str, Threshold]:
    table = yaml.safe_load(FILE.read_text())["thresholds"]
    return {
        pair: Threshold(row["intercept"], tuple(row["weights"].get(name, 0.0) for name in FEATURES), row["at_least"])
        for pair, row in table.items()
    }


def threshold(asked: str, written: str, *, by_meaning: bool = True) -> Threshold:
    """For a question in one language and evidence in another; a pair that was not measured takes what holds for its
    like. Without vectors ("-words") the words decide alone."""
    table = thresholds()
    same = asked == written or not written
    pair = f"{asked}-{written or asked}" if by_meaning else f"{asked}-words"
    return table.get(pair) or table["words" if not by_meaning else "same" if same else "across"]


def is_enough(
    question: str, ranked: Sequence[Sentence], *, language: str, vector: NDArray[np.float32] | None = None
) -> bool:
    """Whether the evidence is strong enough for an answer; `ranked` as `weigh` gives it, `vector` the question's."""
    if not ranked:
        return False
    case = threshold(language, ranked[0].source.language, by_meaning=any(s.cosine for s in ranked))
    return case.probability(features(question, ranked, language=language, vector=vector)) >= case.at_least


def features(
    question: str, ranked: Sequence[Sentence], *, language: str, vector: NDArray[np.float32] | None = None
) -> list[float]:
    """What tells evidence from its absence, in the order of FEATURES; `ranked` as `weigh` gives it, not empty.

    `cosine` and `overlap` are the best sentence's, `best_cosine` is that of any; the passage's overlap is that of the
    best sentence's passage; `contrast` is how far the nearest passage stands out from the sixth to the tenth;
    `centred`, across languages only, is the cosine of the nearest sentence without what their languages add.
    """
    best = ranked[0]
    reading = words.Reading.of(question, language)
    asked = reading.content(question)
    held = reading.content(f"{best.source.title} {best.source.heading} {best.source.text}")
    near = _passage_cosines(ranked)
    far = near[FULL // 2 :] + [min(BACKGROUND, near[-1])] * (FULL - max(len(near), FULL // 2))
    return [
        best.cosine,
        max(sentence.cosine for sentence in ranked),
        best.overlap,
        near[0],
        len(asked & held) / max(1, len(asked)),
        near[0] - sum(far) / len(far),
        0.0 if vector is None or best.source.language == language else _centred(vector, ranked, language),
    ]


def _centred(vector: NDArray[np.float32], ranked: Sequence[Sentence], language: str) -> float:
    made = [(found, sentence.source.language) for sentence in ranked if (found := sentence.vector) is not None]
    return middles.nearest(vector, language, made)


def _passage_cosines(ranked: Sequence[Sentence]) -> list[float]:
    """The nearest first; never empty."""
    sources = {(s.source.document, s.source.passage): s.source for s in ranked}.values()
    return sorted((source.dense or 0.0 for source in sources), reverse=True)
