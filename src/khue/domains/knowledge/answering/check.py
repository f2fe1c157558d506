"""Is a sentence of the answer stated by a sentence of the evidence? Facts to the letter, polarity, words, meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge.answering import polarity, terms, words
from khue.domains.knowledge.answering.binding import misattached
from khue.domains.knowledge.answering.evidence import Sentence
from khue.domains.knowledge.answering.facts import UNIT_OF, facts, loose_units, missing


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
    order = sorted(range(len(evidence)), key=lambda i: (-rank(verdicts[i]), -_coverage(claim, evidence[i], language)))
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
    unknown = [] if across else _unknown(claim, sentence, language, question)
    if unknown:
        return Verdict(Reason.WORDS, detail=", ".join(unknown[:3]))
    foreign = _foreign(claim, sentence.text, _asked_of(f"{frame}. {source.text}", question, language), across=across)
    if foreign:
        return Verdict(Reason.WORDS, detail=", ".join(foreign[:3]))
    absent = missing(claim, [sentence.text, frame])
    if absent:
        return Verdict(Reason.FACT, detail=", ".join(fact.written for fact in absent))
    loose = loose_units(claim) - loose_units(f"{frame} {sentence.text} {question}")
    if loose:  # "trong ngày" is not what "3 ngày" says
        return Verdict(Reason.FACT, detail=", ".join(sorted(loose)))
    turned = polarity.turned(claim, near(claim, sentence.text, language), sentence.text)
    if turned:
        return Verdict(Reason.TURNED, detail=", ".join(sorted(turned)))
    if across:
        return _across(claim, sentence, cosine, language, question, strictness)
    if cosine < strictness.similarity:
        return Verdict(Reason.MEANING)
    verbatim = repeats(claim, sentence.text)
    attached = misattached(claim, sentence.text, language, question)
    if attached:
        return Verdict(Reason.ATTACHED, detail=", ".join(fact.written for fact in attached))
    if not verbatim and _density(claim, sentence.text, language, question) < strictness.dense:
        return Verdict(Reason.ATTACHED)
    if _in_order(claim, sentence.text, language) < strictness.order:
        return Verdict(Reason.MEANING)
    return Verdict(Reason.SUPPORTED, (sentence,), certain=verbatim)


def _across(
    claim: str, sentence: Sentence, cosine: float, language: str, question: str, strictness: Strictness
) -> Verdict:
    """Words cannot be compared; meaning, and the things of administration that are named, can. A figure needs one of
    these: "A passport costs 8,000 đồng" is near to every sentence on a fee of 8,000 đồng."""
    if repeats(claim, sentence.text):  # said in the source's language
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


_INNER_WORD = re.compile(r"(?<=[^\s.!?:…\"“«(\[-])\s+[\"“«(\[]*([^\W\d_][^\W_]*)")
# a statement that still asks: the model has repeated the question
_ASKS = re.compile(
    r"(?<!\w)(?:gì|bao nhiêu|bao lâu|mấy|là ai|của ai|what|how many|how much|combien|quoi)(?!\w)", re.IGNORECASE
)

_LEAD_IN = re.compile(
    r"^(?:(?:theo )?(?:các )?tài liệu(?: cho thấy| nói)?(?: rằng| là)?|according to the documents?"
    r"|the documents? says? that|selon les? documents?),?\s+",
    re.IGNORECASE,
)


def _asked_of(text: str, question: str, language: str) -> set[str]:
    """The words around a sentence that the question names too. Others do not say what the sentence is about: a page
    on one person tells of many."""
    return set(words.content(text, language)) & set(words.content(question, language))


def _foreign(claim: str, source: str, framed: set[str], *, across: bool) -> list[str]:
    """Names that the cited sentence does not hold, and words that ask instead of saying."""
    held = set(words.tokens(source)) | framed
    said = _LEAD_IN.sub("", claim)
    # across languages the first word, which is capital anyway, is rarely the source's
    named = [*([] if across else said.split(maxsplit=1)[:1]), *_INNER_WORD.findall(said)]
    names = [word for word in named if word[0].isupper() and not words.is_empty(word) and not _stands(word, held)]
    asking = [] if across else [word for word in _ASKS.findall(said) if word.lower() not in source.lower()]
    return names + asking


def _stands(name: str, held: set[str]) -> bool:
    return all(word in held or words.stem(word, "en") in held for word in words.tokens(name))


def _density(claim: str, text: str, language: str, question: str) -> float:
    """How closely the words that are not the question's own stand together in the source: words gathered from far
    apart may have been joined to something that the source does not say."""
    new = set(words.content(claim, language)) - set(words.content(question, language))
    there = [(place, word) for place, word in enumerate(words.content(text, language)) if word in new]
    wanted = {word for _, word in there}
    if len(wanted) < 2:
        return 1.0
    return len(wanted) / min(_stretch(there[first:], wanted) for first in range(len(there)))


def _stretch(places: list[tuple[int, str]], wanted: set[str]) -> float:
    """How many words it takes from the first place until all have been met."""
    met: set[str] = set()
    for place, word in places:
        met.add(word)
        if met == wanted:
            return place - places[0][0] + 1
    return float("inf")


# verbs that only join a thing with its price or duration
LIGHT = frozenset("mất tốn hết cost costs takes take lasts coûte prend dure".split())


def _unknown(claim: str, sentence: Sentence, language: str, question: str) -> list[str]:
    """Content words that do not stand in the sentence: not one may be new, and one that only echoes the question may
    speak of something else. A title or heading lends its words where the question names them."""
    lent = _asked_of(f"{sentence.source.title} {sentence.source.heading}", question, language)
    here = set(words.content(sentence.text, language)) | lent
    plain = polarity.without_turns(_LEAD_IN.sub("", claim))
    figures = {word for fact in facts(plain) for word in words.content(fact.written, language)}
    return [word for word in words.content(plain, language) if word not in here | figures | LIGHT]


def _coverage(claim: str, sentence: Sentence, language: str) -> float:
    said = words.content(claim, language)
    here = set(words.content(sentence.text, language))
    return sum(word in here for word in said) / len(said) if said else 0.0


def _in_order(claim: str, text: str, language: str) -> float:
    """The share of the claim's words that stand in the source in the same order: who did what to whom. Figures may
    move ("In 1186, …" and "… in 1186")."""
    figures = {word for fact in facts(claim) for word in words.content(fact.written, language)}
    there = words.content(text, language)
    said = [word for word in words.content(claim, language) if word in there and word not in figures | UNIT_OF.keys()]
    if not said:
        return 1.0
    longest = [0] * (len(there) + 1)
    for word in said:
        before = longest[:]
        for place, other in enumerate(there, start=1):
            longest[place] = before[place - 1] + 1 if word == other else max(longest[place - 1], before[place])
    return longest[-1] / len(said)


def near(claim: str, text: str, language: str) -> str:
    """The part of `text` from the first to the last content word that it shares with the claim, and the words of the
    same clause just before and after: what turns a statement stands there."""
    shared = set(words.content(claim, language))
    places = [(a, b) for word, a, b in words.spans(text) if words.stem(word, language) in shared]
    if not places:
        return text
    before = re.split(r"[,;:.]", text[: places[0][0]])[-1].split()[-4:]
    after = re.split(r"[,;:.]", text[places[-1][1] :])[0].split()[:2]
    return " ".join([*before, text[places[0][0] : places[-1][1]], *after])


def repeats(claim: str, text: str) -> bool:
    """Whether the claim is, but for a word or two, one run of the source's words: nothing can be out of place then."""
    said, there = words.tokens(claim), words.tokens(text)
    longest = SequenceMatcher(a=said, b=there, autojunk=False).find_longest_match().size
    return longest >= 0.8 * len(said)
