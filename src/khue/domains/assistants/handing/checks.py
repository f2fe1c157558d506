"""Checks of an assistant that was handed in. Plain Python, run in a process of their own."""

from collections.abc import Mapping
from typing import Any

Facts = dict[str, Any]
HandedIn = Mapping[str, Any]


def _bodies(handed_in: HandedIn) -> list[Mapping[str, Any]]:
    return [one for one in handed_in["things"] if "definition" in one]


def complete(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    """The fullest of what was handed in counts."""
    lacking = min((_lacking(body["definition"]) for body in _bodies(handed_in)), key=len, default=["knowledge"])
    return {"passed": not lacking, "lacking": lacking}


def _lacking(definition: Mapping[str, Any]) -> list[str]:
    knowledge, contact = definition["knowledge"], definition["handover"]["contact"]
    reachable = contact["name"] and (contact["phone"] or contact["email"] or contact["address"])
    there = {
        "purpose": definition["purpose"],
        "audience": definition["audience"],
        "knowledge": knowledge["collections"] or knowledge["documents"] or knowledge["procedures"] is not None,
        "limits": definition["voice"]["limits"],
        "opening": any(definition["opening"].values()),
        "notice": all(definition["notice"][language] for language in definition["languages"]),
        "contact": reachable,
    }
    return [name for name, is_there in there.items() if not is_there]


def questions(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    asked = [one for body in _bodies(handed_in) for one in body["questions"]]
    kinds = [one["kind"] for one in asked]
    found = {kind: kinds.count(kind) for kind in ("answerable", "outside", "hostile")}
    found["foreign"] = sum(1 for one in asked if one["language"] != "vi")
    return {"passed": all(found[name] >= least for name, least in settings.items()), **found}


def tested(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    runs = [body["run"] for body in _bodies(handed_in) if body["run"]]
    best = max(runs, key=lambda run: (run["is_current"], run["totals"].get("right") or 0), default=None)
    if best is None:
        return {"passed": False, "tested": False, "current": False, "right": None, "abstained": None}
    shares = {name: best["totals"].get(name) for name in ("right", "abstained")}
    good = all(share is not None and share >= settings[name] for name, share in shares.items())
    return {"passed": best["is_current"] and good, "tested": True, "current": best["is_current"], **shares}


def backed(handed_in: HandedIn, settings: Mapping[str, Any]) -> Facts:
    rows = [row for body in _bodies(handed_in) if body["run"] for row in body["run"]["rows"]]
    lacking = sum(row["judged"]["sentences"] - row["judged"]["supported"] for row in rows)
    shown = sum(not row["abstained"] for row in rows)
    return {"passed": bool(shown) and not lacking, "shown": shown, "lacking": lacking}
