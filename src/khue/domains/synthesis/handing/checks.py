"""Checks of a synthesis that was handed in. Plain Python, run in a process of their own."""

from collections.abc import Mapping
from typing import Any

Facts = dict[str, Any]
HandedIn = Mapping[str, Any]


def _bodies(handed_in: HandedIn) -> list[Mapping[str, Any]]:
    return [one for one in handed_in["things"] if "sections" in one and "reports" in one]


def reports(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """Of the synthesis with most."""
    read = max((sum(r["state"] == "read" for r in body["reports"]) for body in _bodies(handed_in)), default=0)
    return {"passed": read >= settings["least"], "read": read}


def cited(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    said = [one for body in _bodies(handed_in) for section in body["sections"] for one in section["sentences"]]
    lacking = sum(not one["cited"] for one in said)
    return {"passed": bool(said) and not lacking, "sentences": len(said), "lacking": lacking}


def shows(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    there = {round(float(value), 4) for body in _bodies(handed_in) for value in body["values"]}
    missing = sum(round(float(value), 4) not in there for value in settings["values"])
    return {"passed": not missing, "missing": missing}


def contradictions(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    found = max((len(body["contradictions"]) for body in _bodies(handed_in)), default=0)
    return {"passed": found >= settings["least"], "found": found}
