"""Which of the documents' own sentences follow the model's words, or stand in for them."""

from collections.abc import Collection, Sequence

from khue.domains.knowledge.answering import words
from khue.domains.knowledge.answering.evidence import Sentence

MOST = 3
LEFT_OUT = 0.15  # the share of a quotation whose absence nobody misses
CLOSE = 0.8  # quoted too when its score comes so near to the best one's


def quotes(
    ranked: Sequence[Sentence], *, said: Sequence[str] = (), cited: Collection[tuple[int, int, str]] = ()
) -> list[Sentence]:
    """After the model's words: the sentences that they cite and the best one, unless the words repeat them anyway.
    Without the model's words: the best sentences."""
    if not ranked:
        return []
    best = ranked[0]
    if said:
        wanted = [s for s in ranked if (*s.place, s.source.document) in cited or s is best]
        return [s for s in _once(wanted) if not any(repeats(text, s.text) for text in said)][:MOST]
    return [s for s in _once(ranked) if s.score >= CLOSE * best.score][:MOST]


def _once(sentences: Sequence[Sentence]) -> list[Sentence]:
    return list({sentence.text: sentence for sentence in reversed(sentences)}.values())[::-1]


def repeats(said: str, quote: str) -> bool:
    """Whether hardly anything of the quotation is missing from what was said."""
    held, there = set(words.tokens(said)), set(words.tokens(quote))
    return len(there - held) <= LEFT_OUT * len(there)
