"""Checks of a draft that was handed in. Plain Python, run in a process of their own."""

from collections.abc import Mapping
from typing import Any

Facts = dict[str, Any]
HandedIn = Mapping[str, Any]


def _bodies(handed_in: HandedIn) -> list[Mapping[str, Any]]:
    return [one for one in handed_in["things"] if "findings" in one and "content" in one]


def typed(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    types = [body["type"] for body in _bodies(handed_in)]
    wanted = settings["types"]
    return {"passed": any(type_ in wanted for type_ in types) if wanted else bool(types), "types": types}


def whole(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """The fullest of what was handed in counts."""
    counted = [(len(body["lacking"]), body["gaps"]) for body in _bodies(handed_in)]
    lacking, gaps = min(counted, key=sum, default=(1, 0))
    return {"passed": not lacking and not gaps, "lacking": lacking, "gaps": gaps}


def formal(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    counts = [
        sum(one["severity"] != "advice" and one["rule"] != "unfilled" for one in body["findings"])
        for body in _bodies(handed_in)
    ]
    count = min(counts, default=1)
    return {"passed": bool(counts) and not count, "count": count}


def backed(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """No sentence of the writer is left that nobody said and nobody stands for."""
    counts = [body.get("unbacked", 0) for body in _bodies(handed_in)]
    count = min(counts, default=1)
    return {"passed": bool(counts) and not count, "count": count}


def length(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    words = max((body["words"] for body in _bodies(handed_in)), default=0)
    return {"passed": settings["least"] <= words <= settings["most"], "words": words}
