"""Checks of a worksheet that was handed in. Plain Python, run in a process of their own."""

from collections.abc import Iterator, Mapping
from typing import Any

Facts = dict[str, Any]
HandedIn = Mapping[str, Any]


def _steps(handed_in: HandedIn) -> list[Mapping[str, Any]]:
    return [step for body in handed_in["things"] for step in body.get("steps", [])]


def _briefs(handed_in: HandedIn) -> list[Mapping[str, Any]]:
    return [brief for body in handed_in["things"] for brief in body.get("briefs", [])]


def steps(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    found = _steps(handed_in)
    charts = sum(bool(step["has_chart"]) for step in found)
    return {
        "passed": len(found) >= settings["least"] and charts >= settings["charts"],
        "steps": len(found),
        "charts": charts,
    }


def shows(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """The set that is most nearly there tells how many figures are missing."""
    there = {round(number * scale, settings["places"]) for number in _numbers(handed_in) for scale in (1, 100)}
    missing = [sum(round(value, settings["places"]) not in there for value in wanted) for wanted in settings["sets"]]
    return {"passed": min(missing) == 0, "missing": min(missing)}


def _numbers(handed_in: HandedIn) -> Iterator[float]:
    for step in _steps(handed_in):
        for row in step["rows"]:
            yield from (float(v) for v in row if isinstance(v, int | float) and not isinstance(v, bool))


def brief(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """The fullest of those that were handed in counts."""
    lacking = min((_lacking(one, settings["options"]) for one in _briefs(handed_in)), key=len, default=["brief"])
    return {"passed": not lacking, "lacking": lacking}


def _lacking(one: Mapping[str, Any], options: int) -> list[str]:
    texts = one["texts"]
    found = [name for name in ("problem", "evidence", "recommendation") if not texts.get(name, "").strip()]
    return found if one["options"] >= options else [*found, "options"]


def bound(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """Of the brief with the fewest figures that stand in no result."""
    found = [(len(one["unbound"]), -one["bound"]) for one in _briefs(handed_in)]
    unbound, count = min(found, default=(0, 0))
    return {"passed": bool(found) and not unbound and -count >= settings["least"], "bound": -count, "unbound": unbound}
