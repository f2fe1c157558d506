"""Is a sentence of the answer stated by a sentence of the evidence? Facts to the letter, polarity, words, meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge.answering import polarity, words
from khue.domains.knowledge.answering.binding import misattached
from khue.domains.knowledge.answering.evidence import Sentence
from khue.domains.knowledge.answering.facts import facts, missing


class Reason(StrEnum):
    """Why a sentence is shown as unsupported; `Verdict.detail` names the words."""

    SUPPORTED = ""
    FACT = "fact"  # a number, date, amount, code or reference does not stand there
    TURNED = "turned"  # a negation or a limit differs
    WORDS = "words"  # too many of its words are not there
    MEANING = "meaning"  # it says something else
    ATTACHED = "attached"  # the figure stands there, but with something else
    NOTHING = "nothing"  # it says nothing that could be checked


@dataclass(frozen=True)
class Strictness:
    """`coverage`: the least share of content words that stand in the source; `similarity`: the least cosine."""

    coverage: float = 0.75
    similarity: float = 0.86
    across: float = 0.85  # similarity when question and source are in different languages: no words in common


@dataclass(frozen=True)
class Verdict:
    reason: Reason
    cited: tuple[Sentence, ...] = ()
    detail: str = ""
    certain: bool = True  # False: the model's own yes or no should decide, where time allows

    @property
    def supported(self) -> bool:
        return self.reason is Reason.SUPPORTED


def check(
    claim: str,
    evidence: Sequence[Sentence],
    *,
    language: str,
    question: str = "",
    similarities: NDArray[np.float32] | None = None,
    strictness: Strictness = Strictness(),
) -> Verdict:
    """The best verdict over single sentences of the evidence; `similarities` are the cosines of claim and sentences."""
    if not evidence or not (words.content(claim, language) or facts(claim)):
        return Verdict(Reason.NOTHING)
    cosines = [1.0] * len(evidence) if similarities is None else [float(value) for value in similarities]
    verdicts = [
        _against(claim, sentence, cosine, language, question, strictness)
        for sentence, cosine in zip(evidence, cosines, strict=True)
    ]
    order = sorted(
        range(len(evidence)), key=lambda i: (-_rank(verdicts[i]), -_coverage(claim, evidence[i], language, question))
    )
    return verdicts[order[0]]


# a refusal for an exact reason says more than one for a vague reason
_ORDER = [Reason.NOTHING, Reason.WORDS, Reason.MEANING, Reason.FACT, Reason.ATTACHED, Reason.TURNED, Reason.SUPPORTED]


def _rank(verdict: Verdict) -> int:
    return _ORDER.index(verdict.reason) * 2 + verdict.certain


def _against(
    claim: str, sentence: Sentence, cosine: float, language: str, question: str, strictness: Strictness
) -> Verdict:
    source = sentence.source
    frame = f"{source.title}. {source.heading}"
    across = bool(source.language) and source.language != language
    covered = _coverage(claim, sentence, language, question)
    if not across and covered < strictness.coverage:
        return Verdict(Reason.WORDS, detail=", ".join(_uncovered(claim, sentence, language, question)[:3]))
    absent = missing(claim, [sentence.text, frame])
    if absent:
        return Verdict(Reason.FACT, detail=", ".join(fact.written for fact in absent))
    turned = polarity.turned(claim, near(claim, sentence.text, language), sentence.text)
    if turned:
        return Verdict(Reason.TURNED, detail=", ".join(sorted(turned)))
    if cosine < (strictness.across if across else strictness.similarity):
        return Verdict(Reason.MEANING)
    verbatim = repeats(claim, sentence.text)
    attached = [] if verbatim or across else misattached(claim, sentence.text, language)
    if attached:
        return Verdict(Reason.ATTACHED, detail=", ".join(fact.written for fact in attached))
    return Verdict(Reason.SUPPORTED, (sentence,), certain=verbatim)


# what a word of the claim costs that does not stand in the cited sentence
NEARBY, ABSENT, ECHOED = 0.5, 1.0, 2.0


def _costs(claim: str, sentence: Sentence, language: str, question: str) -> dict[str, float]:
    """0 for a word of the sentence, its title or its headings; less for one that stands elsewhere in the passage than
    for one that stands nowhere; most for one that only echoes the question: there the claim may speak of what was
    asked and the source of something else."""
    source = sentence.source
    here = set(words.content(f"{sentence.text} {source.title} {source.heading}", language))
    around = set(words.content(source.text, language))
    asked = set(words.content(question, language))
    numbers = {word for fact in facts(claim) for word in words.content(fact.written, language)}
    return {
        word: 0.0 if word in here | numbers else NEARBY if word in around else ECHOED if word in asked else ABSENT
        for word in words.content(claim, language)
    }


def _uncovered(claim: str, sentence: Sentence, language: str, question: str) -> list[str]:
    return [word for word, cost in _costs(claim, sentence, language, question).items() if cost > NEARBY]


def _coverage(claim: str, sentence: Sentence, language: str, question: str) -> float:
    costs = _costs(claim, sentence, language, question)
    return 1.0 - sum(costs.values()) / len(costs) if costs else 0.0


def near(claim: str, text: str, language: str) -> str:
    """The part of `text` from the first to the last content word that it shares with the claim."""
    shared = set(words.content(claim, language))
    places = [(a, b) for word, a, b in words.spans(text) if words.stem(word, language) in shared]
    return text[places[0][0] : places[-1][1]] if places else text


def repeats(claim: str, text: str) -> bool:
    """Whether the claim is, but for a word or two, one run of the source's words: nothing can be out of place then."""
    said, there = words.tokens(claim), words.tokens(text)
    longest = SequenceMatcher(a=said, b=there, autojunk=False).find_longest_match().size
    return longest >= 0.8 * len(said)
