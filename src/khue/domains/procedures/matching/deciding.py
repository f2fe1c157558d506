"""From scores to a decision: this procedure, one of these few, or none of them."""

import math
from collections.abc import Mapping, Sequence

from khue.domains.procedures.matching.asked import Asked
from khue.domains.procedures.matching.index import Index, Scored

# the share of belief from which one procedure is taken without asking back
SURE = 0.6
# the same where the procedure does something that the question does not speak of: "đổi", "cấp lại", "gia hạn" …
SURE_OF_AN_ACT = 0.9
# what still stands as a choice when asking back
WORTH_ASKING = 0.08
MOST_CHOICES = 4
# what meaning adds on average to a question about procedures, for a library whose names have no vectors yet
WITHOUT_MEANING = {"score": 6.0, "dense": 0.45}
# scores below this are noise in the sum of beliefs
DEPTH = 30


def beliefs(scored: Sequence[Scored], twins: Sequence[str]) -> dict[str, float]:
    """How likely each kind of procedure is meant, the likeliest first; `twins` names each one's kind: procedures that
    differ by their level only are one kind."""
    top = scored[:DEPTH]
    highest = max((one.score for one in top), default=0.0)
    powers = [math.exp(one.score - highest) for one in top]
    total = sum(powers) or 1.0
    shares: dict[str, float] = {}
    for kind, power in zip(twins, powers, strict=False):
        shares[kind] = shares.get(kind, 0.0) + power / total
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def needed(best: Scored) -> float:
    """The share of belief from which it is taken without asking back."""
    return SURE_OF_AN_ACT if best.features.get("acts_extra") else SURE


def evidence(asked: Asked, index: Index, scored: Sequence[Scored]) -> dict[str, float]:
    """What tells a question about these procedures from any other."""
    best = scored[0]
    return {
        "score": best.score + (0.0 if index.has_vectors else WITHOUT_MEANING["score"]),
        "both": best.features["both"],
        "recall": best.features["recall"],
        "dense": best.features["dense"] if index.has_vectors else WITHOUT_MEANING["dense"],
        "meanings": float(min(2, sum(weight > 1 for _, weight in asked.meanings))),
        "known": index.known(asked),
        "elsewhere": float(asked.is_elsewhere),
        "foreign_language": float(asked.said.language != "vi"),
    }


def inside(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that the question is about any of the procedures."""
    total = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))
