"""Does a figure belong to what the claim says it of? Where a source holds several alike, the nearest must be meant."""

from khue.domains.knowledge.answering import words
from khue.domains.knowledge.answering.facts import Fact, facts


def misattached(claim: str, source: str, language: str) -> list[Fact]:
    """The figures of the claim that stand in the source nearer to something else than to the claim's other words."""
    places = _places(source, language)
    said = [fact for fact in facts(claim) if fact.kind in {"number", "date"}]
    there = [fact for fact in facts(source) if fact.kind in {"number", "date"}]
    found = []
    for fact in said:
        others = [other for other in there if not any(a.is_stated_by(other) for a in said if a is not fact)]
        if not _is_nearest(fact, claim, others, places, source, language):
            found.append(fact)
    return found


def _is_nearest(
    fact: Fact, claim: str, there: list[Fact], places: dict[str, list[int]], source: str, language: str
) -> bool:
    alike = [other for other in there if other.kind == fact.kind and _same_unit(fact, other)]
    meant = [other for other in alike if fact.is_stated_by(other)]
    rivals = [other for other in alike if not fact.is_stated_by(other)]
    if not meant or not rivals:
        return True
    counted = _next(claim, fact, language)
    meant = [other for other in meant if _next(source, other, language) == counted] or meant
    figure = set(words.content(fact.written, language))
    said = [places[word] for word in set(words.content(claim, language)) - figure if word in places]
    if not said:
        return True
    return min(_distance(other, said) for other in meant) <= min(_distance(other, said) for other in rivals)


def _same_unit(one: Fact, other: Fact) -> bool:
    return not one.unit or not other.unit or one.unit == other.unit


def _distance(fact: Fact, said: list[list[int]]) -> float:
    """In characters, on average, from the figure to the nearest place of each word."""
    return sum(min(abs(place - fact.start) for place in found) for found in said) / len(said)


def _places(text: str, language: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for word, start, _ in words.spans(text):
        places.setdefault(words.stem(word, language), []).append(start)
    return places


def _next(text: str, fact: Fact, language: str) -> str:
    """The word that the figure counts."""
    rest = words.tokens(text[fact.start + len(fact.written) :][:40])
    return words.stem(rest[0], language) if rest else ""
