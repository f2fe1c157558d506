"""Checks of conversations. Each takes what was handed in (kernel.artefacts.Check) and its settings, and says whether
it is met and what it saw."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khue.domains.knowledge.answering.facts import Fact, facts
from khue.domains.knowledge.search.tokens import fold

HandedIn = Mapping[str, Any]
Settings = Mapping[str, Any]
Facts = dict[str, Any]


def _exchanges(handed_in: HandedIn) -> list[dict[str, Any]]:
    return [exchange for thing in handed_in["things"] for exchange in thing["exchanges"]]


def _sentences(handed_in: HandedIn) -> Iterator[dict[str, Any]]:
    for exchange in _exchanges(handed_in):
        yield from exchange["sentences"]


def _citations(handed_in: HandedIn) -> list[dict[str, Any]]:
    """Of sentences that their source bears out."""
    return [cited for sentence in _sentences(handed_in) if sentence["supported"] for cited in sentence["citations"]]


def questions(handed_in: HandedIn, settings: Settings) -> Facts:
    """Different ones that were answered."""
    asked = {fold(e["question"]).strip(" ?") for e in _exchanges(handed_in) if e["status"] == "answered"}
    return {"passed": len(asked) >= settings["least"], "count": len(asked), "least": settings["least"]}


def cites(handed_in: HandedIn, settings: Settings) -> Facts:
    """Documents that supported sentences cite."""
    wanted = [fold(name) for name in settings["any"]]
    found = {
        cited["document"]: cited["title"] for cited in _citations(handed_in) if not wanted or _is_named(cited, wanted)
    }
    return {
        "passed": len(found) >= settings["least"],
        "titles": sorted(found.values()),
        "least": settings["least"],
    }


def _is_named(cited: Mapping[str, Any], wanted: Iterable[str]) -> bool:
    names = [fold(name) for name in (cited["title"], *cited["codes"])]
    return any(want in name for want in wanted for name in names)


def states(handed_in: HandedIn, settings: Settings) -> Facts:
    """The wanted figures, dates and codes, whatever their spelling; in answers only where a source bears them out."""
    said = [fact for text in _texts(handed_in, settings["place"]) for fact in facts(text)]
    lacking = [value for value in settings["values"] if not any(_is_said(way, said) for way in value.split("|"))]
    return {"passed": not lacking, "lacking": len(lacking), "of": len(settings["values"])}


def _texts(handed_in: HandedIn, place: str) -> Iterator[str]:
    if place != "answers":
        yield handed_in["note"]["text"]
    if place != "note":
        yield from (sentence["text"] for sentence in _sentences(handed_in) if sentence["supported"])


def _is_said(value: str, said: Iterable[Fact]) -> bool:
    said = list(said)
    return all(any(_same(wanted, one) for one in said) for wanted in facts(value))


def _same(wanted: Fact, said: Fact) -> bool:
    """A unit that is wanted has to be there: 60 of something else is not 60 days."""
    return wanted.is_stated_by(said) and (not wanted.unit or wanted.unit == said.unit)


def supported(handed_in: HandedIn, settings: Settings) -> Facts:
    """Every sentence that was shown; an answer that was rightly withheld shows none."""
    shown = list(_sentences(handed_in))
    lacking = [sentence["text"] for sentence in shown if not sentence["supported"]]
    return {"passed": bool(shown) and not lacking, "shown": len(shown), "lacking": lacking[:3], "count": len(lacking)}


def in_language(handed_in: HandedIn, settings: Settings) -> Facts:
    """The questions."""
    spoken = [exchange["language"] for exchange in _exchanges(handed_in)]
    other = sum(language != settings["language"] for language in spoken)
    return {"passed": bool(spoken) and not other, "other": other, "language": settings["language"]}


def no_identifiers(handed_in: HandedIn, settings: Settings) -> Facts:
    """Neither in a question nor in the note."""
    looked = [exchange["found"] for exchange in _exchanges(handed_in)] + [handed_in["note"]["identifiers"]]
    if any(found is None for found in looked):
        raise ValueError("a text could not be looked through")
    kinds = sorted({kind for found in looked for kind in found})
    return {"passed": not kinds, "kinds": kinds}


# as khue.gateway.zones orders them; what no model has read stands nowhere
REACH = ("", "machine", "institution", "country", "abroad")


def stays(handed_in: HandedIn, settings: Settings) -> Facts:
    zones = [exchange["zone"] for exchange in _exchanges(handed_in)]
    furthest = max(zones, key=REACH.index, default="")
    return {"passed": REACH.index(furthest) <= REACH.index(settings["zone"]), "zone": furthest}


def note_backed(handed_in: HandedIn, settings: Settings) -> Facts:
    """Every figure of the note stands in a passage that was cited."""
    there = [fact for cited in _citations(handed_in) for fact in facts(cited["quote"])]
    figures = [fact for fact in facts(handed_in["note"]["text"]) if fact.kind in {"number", "date", "code"}]
    lacking = [fact.written for fact in figures if not any(fact.is_stated_by(other) for other in there)]
    return {"passed": bool(figures) and not lacking, "figures": len(figures), "lacking": lacking[:5]}


def note_names_sources(handed_in: HandedIn, settings: Settings) -> Facts:
    """The note says which documents it rests on: a title (or half of its words in a row), or a code."""
    note = fold(handed_in["note"]["text"])
    named = {cited["document"] for cited in _citations(handed_in) if _is_mentioned(cited, note)}
    return {"passed": len(named) >= settings["least"], "count": len(named), "least": settings["least"]}


def _is_mentioned(cited: Mapping[str, Any], note: str) -> bool:
    words = fold(cited["title"]).split()
    size = max(2, (len(words) + 1) // 2)
    runs = [" ".join(words[at : at + size]) for at in range(max(1, len(words) - size + 1))]
    return any(name and name in note for name in [*runs, *(fold(code) for code in cited["codes"])])
