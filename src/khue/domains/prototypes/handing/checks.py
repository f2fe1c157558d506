"""Checks of a tool that was handed in. Plain Python, run in a process of their own."""

from collections.abc import Mapping
from typing import Any

Facts = dict[str, Any]
HandedIn = Mapping[str, Any]


def _bodies(handed_in: HandedIn) -> list[Mapping[str, Any]]:
    return [one for one in handed_in["things"] if "versions" in one and "idea" in one]


def described(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """The fullest description counts; what was said in the conversation belongs to it."""
    said = [" ".join([one["idea"], *(turn["asked"] for turn in one["turns"])]) for one in _bodies(handed_in)]
    words = max((len(text.split()) for text in said), default=0)
    return {"passed": words >= settings["least"], "words": words}


def works(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """Examples of the version that was handed in, as they ran last."""
    rows = [one["outcomes"] for one in _bodies(handed_in)]
    best: list[Mapping[str, Any]] = max(rows, key=lambda outcomes: sum(row["passed"] for row in outcomes), default=[])
    passed = sum(row["passed"] for row in best)
    good = len(best) >= settings["least"] and passed >= settings["share"] * len(best)
    return {"passed": good, "ran": len(best), "good": passed}


def changed(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """Wishes after the first version that made a new one."""
    counts = [
        sum(1 for turn in one["turns"] if turn["kind"] in {"change", "hand", "repair"} and turn["version"])
        for one in _bodies(handed_in)
    ]
    count = max(counts, default=0)
    return {"passed": count >= settings["least"], "count": count}


def safe(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    bodies = _bodies(handed_in)
    grave = [row["message"] for one in bodies for row in one["findings"] if row["level"] == "stop"]
    return {"passed": bool(bodies) and not grave, "grave": grave}
