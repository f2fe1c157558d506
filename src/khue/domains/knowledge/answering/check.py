"""Is a sentence of the answer stated by a sentence of the evidence? Facts to the letter, polarity, words, meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge.answering import naming, placing, polarity, terms, words
from khue.domains.knowledge.answering.binding import misattached
from khue.domains.knowledge.answering.evidence import Sentence
from khue.domains.knowledge.answering.facts import facts, loose_units, missing


class Reason(StrEnum):
    """Why a sentence is shown as unsupported; `Verdict.detail` names the words."""

    SUPPORTED = ""
    FACT = "fact"  # a number, date, amount, code or reference does not stand there
    TURNED = "turned"  # a negation or a limit differs
    WORDS = "words"  # too many of its words are not there
    MEANING = "meaning"  # it says something else
    ATTACHED = "attached"  # the figure stands there, but with something else
    ACROSS = "across"  # the figure stands there; of what, cannot be told across languages
    NOTHING = "nothing"  # it says nothing that could be checked


@dataclass(frozen=True)
class Strictness:
    """`similarity`: the least cosine; `dense`: the least share that the words which the question did not give have of
    the stretch where they stand; `order`: the least share of words in the source's order."""

    similarity: float = 0.84
    dense: float = 0.4
    order: float = 0.85
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


NOTHING = Verdict(Reason.NOTHING)


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
    if similarities is None:  # across languages nothing can be said then
        cosines = [0.0 if _is_across(sentence, language) else 1.0 for sentence in evidence]
    else:
        cosines = [float(value) for value in similarities]
    verdicts = [
        _against(claim, sentence, cosine, language, question, strictness)
        for sentence, cosine in zip(evidence, cosines, strict=True)
    ]
    order = sorted(
        range(len(evidence)), key=lambda i: (-rank(verdicts[i]), -placing.coverage(claim, evidence[i], language))
    )
    return verdicts[order[0]]


# content words of a claim that may be a mere name, and the least share of the question that a statement takes up
SHORT, TAKEN_UP = 10, 0.4
TINY, MOSTLY = 6, 0.6


# words that ask for something which the question does not hold; "phải không", "est-ce que", "is it" ask for a yes
_ASKED_FOR = {
    "vi": frozenset("nào gì ai đâu nhiêu mấy sao".split()),
    "en": frozenset("what which who whom whose where when why how name".split()),
    "fr": frozenset("quel quelle quels quelles qui quoi où quand comment combien pourquoi lequel laquelle".split()),
}


def _is_echo(claim: str, question: str, language: str) -> bool:
    """Whether it says nothing but the words of a question that asked for others."""
    if not _ASKED_FOR.get(language, frozenset()) & set(re.findall(r"[^\W\d_]+", question.lower())):
        return False
    return set(words.content(claim, language)) <= set(words.content(question, language)) and not missing(
        claim, [question]
    )


def _is_fragment(claim: str, text: str, question: str, language: str) -> bool:
    """Whether it names something without saying that it is what was asked for: of the words that question and source
    share, it takes up too few; however long, not one of them is too few."""
    said = set(words.content(claim, language))
    shared = set(words.content(question, language)) & set(words.content(text, language))
    least = MOSTLY if len(said) < TINY else TAKEN_UP if len(said) < SHORT else 0.0
    return len(shared & said) < max(least * len(shared), min(1, len(shared)))


# a refusal for an exact reason says more than one for a vague reason
_ORDER = [
    Reason.NOTHING, Reason.WORDS, Reason.MEANING, Reason.FACT, Reason.ATTACHED, Reason.ACROSS, Reason.TURNED,
    Reason.SUPPORTED,
]  # fmt: skip


def rank(verdict: Verdict) -> int:
    """How much a verdict says: the highest is the one to tell."""
    return _ORDER.index(verdict.reason) * 2 + verdict.certain


def _is_across(sentence: Sentence, language: str) -> bool:
    return bool(sentence.source.language) and sentence.source.language != language


def _against(
    claim: str, sentence: Sentence, cosine: float, language: str, question: str, strictness: Strictness
) -> Verdict:
    source = sentence.source
    frame = f"{source.title}. {source.heading}"
    across = _is_across(sentence, language)
    if _is_echo(claim, question, language) or _is_fragment(claim, sentence.text, question, language):
        return Verdict(Reason.NOTHING)
    new = [] if across else naming.unknown(claim, sentence, language, question)
    if new:
        return Verdict(Reason.WORDS, detail=", ".join(new[:3]))
    framed = naming.asked_of(f"{frame}. {source.text}", question, language)
    foreign = naming.foreign(claim, sentence.text, framed, across=across)
    if foreign:
        return Verdict(Reason.WORDS, detail=", ".join(foreign[:3]))
    absent = missing(claim, [sentence.text, frame])
    if absent:
        return Verdict(Reason.FACT, detail=", ".join(fact.written for fact in absent))
    loose = loose_units(claim) - loose_units(f"{frame} {sentence.text} {question}")
    if loose:  # "trong ngày" is not what "3 ngày" says
        return Verdict(Reason.FACT, detail=", ".join(sorted(loose)))
    turned = polarity.turned(claim, placing.near(claim, sentence.text, language), sentence.text)
    if turned:
        return Verdict(Reason.TURNED, detail=", ".join(sorted(turned)))
    if across:
        return _across(claim, sentence, cosine, language, question, strictness)
    if cosine < strictness.similarity:
        return Verdict(Reason.MEANING)
    verbatim = placing.repeats(claim, sentence.text)
    attached = misattached(claim, sentence.text, language, question)
    if attached:
        return Verdict(Reason.ATTACHED, detail=", ".join(fact.written for fact in attached))
    if not verbatim and placing.density(claim, sentence.text, language, question) < strictness.dense:
        return Verdict(Reason.ATTACHED)
    if placing.in_order(claim, sentence.text, language) < strictness.order:
        return Verdict(Reason.MEANING)
    return Verdict(Reason.SUPPORTED, (sentence,), certain=verbatim)


def _across(
    claim: str, sentence: Sentence, cosine: float, language: str, question: str, strictness: Strictness
) -> Verdict:
    """Words cannot be compared; meaning, and the things of administration that are named, can. A figure needs one of
    these: "A passport costs 8,000 đồng" is near to every sentence on a fee of 8,000 đồng."""
    if placing.repeats(claim, sentence.text):  # said in the source's language
        return Verdict(Reason.SUPPORTED, (sentence,))
    source = sentence.source
    frame = f"{source.title}. {source.heading}. {sentence.text}"
    things = terms.shared(claim, language, frame, source.language)
    if not things.named:
        things = terms.shared(question, language, frame, source.language)
    if things.absent:
        return Verdict(Reason.WORDS, detail=", ".join(things.absent[:3]))
    if cosine < strictness.across:
        return Verdict(Reason.MEANING)
    if facts(claim) and not things.named:
        return Verdict(Reason.ACROSS)
    return Verdict(Reason.SUPPORTED, (sentence,), certain=False)
