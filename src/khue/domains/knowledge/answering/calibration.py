"""When the evidence is strong enough to answer: thresholds for each pair of languages, found on a tuning half.

The figures and their origin are in calibration.yaml, which `python -m benchmarks.calibrate` writes anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from khue.domains.knowledge.answering.evidence import Sentence

FILE = Path(__file__).with_name("calibration.yaml")
FEATURES = ("cosine", "overlap", "passage_overlap")


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
        pair: Threshold(row["intercept"], tuple(row["weights"][name] for name in FEATURES), row["at_least"])
        for pair, row in table.items()
    }


def threshold(asked: str, written: str) -> Threshold:
    """For a question in one language and evidence in another; an unmeasured pair takes the strictest alike."""
    table = thresholds()
    if f"{asked}-{written}" in table:
        return table[f"{asked}-{written}"]
    return table["same" if asked == written or not written else "cross"]
