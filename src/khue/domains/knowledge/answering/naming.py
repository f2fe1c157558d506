"""What a sentence of the answer says that its source does not: names, words, and what the question lends to both."""

import re

from khue.domains.knowledge.answering import polarity, words
from khue.domains.knowledge.answering.evidence import Sentence
from khue.domains.knowledge.answering.facts import facts

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


def asked_of(text: str, question: str, language: str) -> set[str]:
    """The words around a sentence that the question names too. Others do not say what the sentence is about: a page
    on one person tells of many."""
    return set(words.content(text, language)) & set(words.content(question, language))


def foreign(claim: str, source: str, framed: set[str], *, across: bool) -> list[str]:
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


# verbs that only join a thing with its price or duration
LIGHT = frozenset("mất tốn hết cost costs takes take lasts coûte prend dure".split())


def unknown(claim: str, sentence: Sentence, language: str, question: str) -> list[str]:
    """Content words that do not stand in the sentence: not one may be new, and one that only echoes the question may
    speak of something else. A title or heading lends its words where the question names them."""
    lent = asked_of(f"{sentence.source.title} {sentence.source.heading}", question, language)
    here = set(words.content(sentence.text, language)) | lent
    plain = polarity.without_turns(_LEAD_IN.sub("", claim))
    figures = {word for fact in facts(plain) for word in words.content(fact.written, language)}
    return [word for word in words.content(plain, language) if word not in here | figures | LIGHT]
