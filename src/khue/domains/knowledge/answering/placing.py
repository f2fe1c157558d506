"""Where the words of a sentence of the answer stand in its source: how close together, and in which order."""

import re
from difflib import SequenceMatcher

from khue.domains.knowledge.answering import words
from khue.domains.knowledge.answering.evidence import Sentence
from khue.domains.knowledge.answering.facts import UNIT_OF, facts


def coverage(claim: str, sentence: Sentence, language: str) -> float:
    said = words.content(claim, language)
    here = set(words.content(sentence.text, language))
    return sum(word in here for word in said) / len(said) if said else 0.0


def in_order(claim: str, text: str, language: str) -> float:
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


def density(claim: str, text: str, language: str, question: str) -> float:
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
