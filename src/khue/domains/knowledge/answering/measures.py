"""Answers against reference answers: SQuAD's token F1 (Rajpurkar et al. 2016), for three languages."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from khue.domains.knowledge.answering.words import tokens

_ARTICLES = frozenset("a an the le la les l un une des".split())


def normalised(text: str) -> str:
    """Lower case, without punctuation and articles, single spaces."""
    words = [word for word in tokens(text) if word not in _ARTICLES]
    return " ".join(words or re.findall(r"\S+", text.lower()))


def f1(answer: str, references: Iterable[str]) -> float:
    """The best over the references."""
    said = normalised(answer).split()
    return max((_f1(said, normalised(reference).split()) for reference in references), default=0.0)


def _f1(said: list[str], wanted: list[str]) -> float:
    common = sum((Counter(said) & Counter(wanted)).values())
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


def contains(answer: str, references: Iterable[str]) -> bool:
    """Whether one of the references stands in the answer, as whole words."""
    held = f" {normalised(answer)} "
    return any(f" {normalised(reference)} " in held for reference in references)


@dataclass(frozen=True)
class Asked:
    """One question of a measurement and what came of it; times in milliseconds, none where no model wrote."""

    answerable: bool
    references: tuple[str, ...]
    answer: str
    abstained: bool
    sentences: tuple[dict[str, Any], ...]  # as they are stored with the answer
    evidence_ms: float
    first_token_ms: float | None
    total_ms: float


def summary(asked: Sequence[Asked]) -> dict[str, float | int | None]:
    """The figures of `khue eval grounding`. `unsupported_sentences` is the share of the sentences shown that were
    marked as unsupported; an abstention on an answerable question neither contains the answer nor scores in F1."""
    can, cannot = [a for a in asked if a.answerable], [a for a in asked if not a.answerable]
    judged = [a for a in can if a.references]
    shown = [sentence for a in asked for sentence in a.sentences]
    return {
        "n_answerable": len(can),
        "n_unanswerable": len(cannot),
        "answer_f1": _mean([0.0 if a.abstained else f1(a.answer, a.references) for a in judged]),
        "contains_answer": _mean([not a.abstained and contains(a.answer, a.references) for a in judged]),
        "false_abstain": _mean([a.abstained for a in can]),
        "abstain_on_unanswerable": _mean([a.abstained for a in cannot]),
        "unsupported_sentences": _mean([not sentence["supported"] for sentence in shown]),
        "evidence_ms_p50": _median([a.evidence_ms for a in asked]),
        "first_token_ms_p50": _median([a.first_token_ms for a in asked if a.first_token_ms is not None]),
        "total_ms_p50": _median([a.total_ms for a in asked if not a.abstained]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None


def _median(values: Sequence[float]) -> float | None:
    return round(statistics.median(values), 1) if values else None
