"""Does a figure or a name belong to what the claim says of it? Where a source holds several, the nearest is meant."""

import re
from difflib import SequenceMatcher

from khue.domains.knowledge.answering import words
from khue.domains.knowledge.answering.facts import Fact, facts

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[’'-][^\W_]+)*")
_OF = frozenset("của of de du des".split())
_JOINED = re.compile(r"\s+(?:(?:of|de|du|des|the|la)\s+)*")


def misattached(claim: str, source: str, language: str, question: str = "") -> list[Fact]:
    """The figures of the claim, and the names that are not the question's, that stand in the source nearer to something
    else than to the claim's other words."""
    places = _places(source, language)
    there = _parts(source)
    said = _parts(claim) + _opening(claim, {part.written for part in there if part.kind == "name"})
    asked = set(words.tokens(question))
    found = []
    for part in said:
        if part.kind == "name" and set(words.tokens(part.written)) <= asked:
            meant = [other for other in there if other.kind == "name" and part.is_stated_by(other)]
            if meant and all(_owner(source, other) != _owner(claim, part) for other in meant):
                found.append(part)
            continue
        others = [other for other in there if not any(a.is_stated_by(other) for a in said if a is not part)]
        if part.kind == "name":
            names = [other for other in others if other.kind == "name"]
            meant = [other for other in names if part.is_stated_by(other)]
            rivals = [other for other in names if other not in meant and asked.isdisjoint(words.tokens(other.written))]
            same = [other for other in meant if _owner(source, other) == _owner(claim, part)]
            fits = not meant or (bool(same) and _leads_to(part, claim, same, rivals, source))
        else:
            fits = _is_nearest(part, claim, others, places, source, language)
        if not fits:
            found.append(part)
    return found


def _parts(text: str) -> list[Fact]:
    return [fact for fact in facts(text) if fact.kind in {"number", "date"}] + _names(text)


def _names(text: str) -> list[Fact]:
    """Runs of capitalised words ("Edict of Nantes"); the first word of a sentence counts only with others after it."""
    runs: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        if not match.group()[0].isupper() or words.is_empty(match.group()):
            continue
        if runs and _JOINED.fullmatch(text[runs[-1][1] : match.start()]):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append((match.start(), match.end()))
    found = [Fact("name", text[a:b], frozenset(words.tokens(text[a:b])), start=a) for a, b in runs]
    return [name for name in found if " " in name.written or not _opens(text, name.start)]


def _opening(claim: str, known: set[str]) -> list[Fact]:
    """The first word, where the source shows that it is a name."""
    first = _WORD.match(claim)
    if not first or first.group() not in known or any(name.start == 0 for name in _names(claim)):
        return []
    return [Fact("name", first.group(), frozenset(words.tokens(first.group())), start=0)]


def _opens(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in {"", ".", "!", "?", ":"}


def _owner(text: str, name: Fact) -> bool:
    """Whether the name only tells whose or of what something is: what is said of NTL's services is not said of NTL."""
    before = words.tokens(text[: name.start])[-2:]
    behind = text[name.start + len(name.written) :][:2].lower()
    return not _OF.isdisjoint(before[-1:]) or (before[-1:] == ["the"] and "of" in before) or behind in {"'s", "’s"}


def _leads_to(name: Fact, claim: str, meant: list[Fact], rivals: list[Fact], source: str) -> bool:
    """Whether no other name stands between this one and what the claim says of it: the longest run of words that claim
    and source share."""
    rest = [word for word in words.tokens(claim) if word not in words.tokens(name.written)]
    there = words.spans(source)
    run = SequenceMatcher(a=rest, b=[word for word, _, _ in there], autojunk=False).find_longest_match()
    if not run.size or not meant:
        return True
    first, last = there[run.b][1], there[run.b + run.size - 1][2]
    gaps = [range(min(one.start, last), max(one.start, first)) for one in meant]
    return any(all(rival.start not in gap for rival in rivals) for gap in gaps)


def _is_nearest(
    fact: Fact, claim: str, there: list[Fact], places: dict[str, list[int]], source: str, language: str
) -> bool:
    alike = [other for other in there if other.kind == fact.kind and _same_unit(fact, other)]
    meant = [other for other in alike if fact.is_stated_by(other)]
    rivals = [other for other in alike if not fact.is_stated_by(other)]
    if not meant:
        return True
    counted = _next(claim, fact, language)
    meant = [other for other in meant if _next(source, other, language) == counted] or meant
    said_words = set(words.content(claim, language))
    meant = [other for other in meant if _bound_word(source, other, language) in {"", *said_words}]
    if not meant:
        return False
    if not rivals:
        return True
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


def _bound_word(text: str, fact: Fact, language: str) -> str:
    """A word of content right behind a bare figure, which it tells more closely ("the 1981 export restraints")."""
    if fact.unit or fact.kind == "date":
        return ""
    behind = re.match(r"\s+([^\W\d_]+)", text[fact.start + len(fact.written) :])
    found = words.content(behind[1], language) if behind else []
    return found[0] if found else ""


def _next(text: str, fact: Fact, language: str) -> str:
    """The word that the figure counts."""
    rest = words.tokens(text[fact.start + len(fact.written) :][:40])
    return words.stem(rest[0], language) if rest else ""
