"""Whether a sentence of a model may stand in a brief: it says what was found, in its own words, and nothing else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from khue.domains.analysis.briefing.binding import Bound
from khue.domains.analysis.briefing.findings import Finding
from khue.domains.analysis.briefing.wording import NOTHING, Worded, texts

MARK = re.compile(r"\{([a-z])\}")
FEWEST, MOST = 6, 45
GRAM = 4
MOST_OF_THE_ORDER, MOST_OF_THE_OPTION = 0.3, 0.6
LEAST_SHARED = 2
MOST_NEW = 0.25
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_QUOTED = re.compile(r"[“«\"]\s*([^”»\"]+?)\s*[”»\"]")
# a year or a month of the results is no figure
_TIME = re.compile(r"(?<!\w)(?:\d\d/)?\d{4}(?!\w)")
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Ground:
    """What a sentence may rest on. `order`: what the model was told to do; `option`: what it is about; `names`: every
    name in the results; `stands[mark]`: the figure."""

    language: str
    found: Sequence[Finding]
    option: str
    order: str
    names: frozenset[str]
    stands: Mapping[str, Bound]
    detect: Callable[[str], str]

    @property
    def sources(self) -> str:
        said = (f"{one.text.text} {one.short.text}" for one in self.found)
        return " ".join([*said, self.option]).casefold()


def fault(text: str, ground: Ground) -> str:
    """Why it may not stand: length, figure, mark, echo, language, place, indicator, content, direction or row; empty
    where it may."""
    checks = (_length, _figure, _echo, _language, _place, _indicator, _content, _direction, _extreme, _row)
    return next((said for check in checks if (said := check(text, ground))), "")


def first_sentence(text: str) -> str:
    """Without what follows, and whole."""
    one = next(iter(_END.split(text.strip())), "").strip()
    return one if not one or one[-1] in ".!?" else ""


def filled(text: str, stands: Mapping[str, Bound]) -> Worded:
    """Its marks as figures with their cells."""
    made, end = NOTHING, 0
    for found in MARK.finditer(text):
        one = stands[found[1]]
        made = made + Worded(text[end : found.start()]) + Worded(one.text, (_at_start(one),))
        end = found.end()
    return made + Worded(text[end:])


def _at_start(one: Bound) -> Bound:
    return Bound(0, len(one.text), one.text, one.cell, one.times)


# One fault each -----------------------------------------------------------------------------------


def _length(text: str, ground: Ground) -> str:
    whole = re.search(r"[\w”»)}][.!]$", text) is not None
    return "" if whole and FEWEST <= len(_words(text)) <= MOST else "length"


def _figure(text: str, ground: Ground) -> str:
    if any(mark not in ground.stands for mark in MARK.findall(text)):
        return "mark"
    bare = _TIME.sub(lambda one: "" if one[0] in ground.sources else one[0], MARK.sub("", text))
    return "figure" if re.search(r"[\d{}]", bare) else ""


def _echo(text: str, ground: Ground) -> str:
    said = _grams(text)
    order = len(said & _grams(ground.order)) / max(1, len(said))
    option = len(said & _grams(ground.option)) / max(1, len(said))
    return "echo" if order >= MOST_OF_THE_ORDER or option >= MOST_OF_THE_OPTION else ""


def _language(text: str, ground: Ground) -> str:
    """Names of places and indicators stay in the language of the data."""
    bare = _QUOTED.sub(" ", MARK.sub(" ", text))
    for name in sorted(ground.names, key=len, reverse=True):
        bare = bare.replace(name, " ")
    return "" if ground.detect(bare) == ground.language else "language"


def _place(text: str, ground: Ground) -> str:
    """No name of the results that these findings do not speak of, and no name from elsewhere."""
    known = {place for one in ground.found for place in one.places}
    strange = [name for name in ground.names - known if len(name) > 2 and _stands(name, text)]
    if any(not any(name in place for place in known) for name in strange):
        return "place"
    capitals = [word for word in _WORD.findall(text)[1:] if word[0].isupper()]
    return "place" if any(word.casefold() not in _word_set(ground.sources) for word in capitals) else ""


def _indicator(text: str, ground: Ground) -> str:
    return "indicator" if any(one.casefold() not in ground.sources for one in _QUOTED.findall(text)) else ""


def _content(text: str, ground: Ground) -> str:
    small = set(texts(ground.language)["small"].split())
    said = {word for word in _word_set(MARK.sub(" ", text)) - small if len(word) > 1}
    shared = said & _word_set(" ".join(f"{one.text.text} {one.short.text}" for one in ground.found))
    new = said - _word_set(ground.sources)
    about = [place for one in ground.found for place in (*one.places, one.indicator) if place]
    if len(shared) < LEAST_SHARED or len(new) > MOST_NEW * len(said):
        return "content"
    return "" if any(_stands(name, text) for name in about) else "content"


def _direction(text: str, ground: Ground) -> str:
    """ "Rises" where only a fall was found."""
    said, found = _word_set(text), _word_set(ground.sources)
    for pair in texts(ground.language)["opposites"]:
        for one, other in (pair, pair[::-1]):
            if one in said and one not in found and other in found:
                return "direction"
    return ""


def _extreme(text: str, ground: Ground) -> str:
    """Who is highest is not said to be lowest, nor higher than who is."""
    told, lower = texts(ground.language), text.casefold()
    tops = {name for one in ground.found for name in one.high}
    bottoms = {name for one in ground.found for name in one.low}
    is_high, is_low = (any(word in lower for word in told[end]) for end in ("highest", "lowest"))
    if is_high and is_low:
        # too easily the wrong way round
        return "direction"
    wrong = bottoms - tops if is_high else tops - bottoms if is_low else set()
    if any(_stands(name, text) for name in wrong):
        return "direction"
    for word_of, right in (("higher", tops), ("lower", bottoms)):
        if any(word in lower for word in told[word_of]):
            named = sorted((text.find(name), name) for name in tops | bottoms if _stands(name, text))
            if named and named[0][1] not in right:
                return "direction"
    return ""


def _row(text: str, ground: Ground) -> str:
    """A figure of a place stands with that place."""
    for mark in MARK.findall(text):
        cell = ground.stands[mark].cell
        names = [part for part in cell.row if part in ground.names] if cell else []
        if names and not any(_stands(name, text) for name in names):
            return "row"
    return ""


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _words(text: str) -> list[str]:
    return _WORD.findall(MARK.sub(" ", text).casefold())


def _word_set(text: str) -> set[str]:
    return set(_words(text))


def _grams(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}
