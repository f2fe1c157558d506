"""Did it work?"""

from collections.abc import Iterator
from typing import Any

from khue.domains.analysis.briefing.findings.finding import Finding, Says
from khue.domains.analysis.briefing.findings.methods import SURE
from khue.domains.analysis.briefing.seen import Indicator
from khue.domains.analysis.briefing.wording import decimals


def of_comparison(says: Says) -> Iterator[Finding]:
    said, seen = says.seen.said, says.seen
    of = seen.indicator(said["value"])
    places = decimals(said["actual"], said["expected"])
    slots: dict[str, Any] = {
        "start": says.when(said["start"]),
        "actual": says.figure(seen.fact("actual"), of, places),
        "expected": says.figure(seen.fact("expected"), of, places),
    }
    if not _is_sure(said):
        yield says.finding("did_none", "effect_none", role="bad", weight=2.6, of=of, **slots)
    else:
        kind, family, role, weight = _direction("did", of, said["effect"])
        yield says.finding(kind, family, role=role, weight=weight, of=of, **slots, **_sizes(says, of, "effect", places))
    yield from _doubts(says, of)


def of_series(says: Says) -> Iterator[Finding]:
    said = says.seen.said
    of, start = says.seen.indicator(said["value"]), says.when(said["start"])
    if not _is_sure(said):
        yield says.finding("its_none", "effect_none", role="bad", weight=2.4, of=of, start=start)
        return
    kind, family, role, weight = _direction("its", of, said["level"])
    places = decimals(said["level"])
    yield says.finding(kind, family, role=role, weight=weight, of=of, start=start, **_sizes(says, of, "level", places))


def _is_sure(said: Any) -> bool:
    return said["p"] is not None and said["p"] < SURE and not said["low"] <= 0 <= said["high"]


def _direction(method: str, of: Indicator, change: float) -> tuple[str, str, Any, float]:
    kind = f"{method}_{'up' if change > 0 else 'down'}"
    if not of.direction:
        return kind, "effect", "uneven", 1.4
    return (kind, "effect", "good", 1.6) if change * of.direction > 0 else (kind, "effect_bad", "bad", 2.8)


def _sizes(says: Says, of: Indicator, name: str, places: int) -> dict[str, Any]:
    """Of a fall the figures stand without their sign, and so the bounds change places."""
    low, high = ("low", "high") if says.seen.said[name] > 0 else ("high", "low")
    return {
        name: says.difference(says.seen.fact(name), of, places),
        "low": says.plain(says.seen.fact(low), places, size=True),
        "high": says.plain(says.seen.fact(high), places, size=True),
    }


def _doubts(says: Says, of: Indicator) -> Iterator[Finding]:
    named = {one["name"] for one in says.seen.facts.get("cautions", [])}
    if "not_alongside" in named:
        yield says.finding("apart_before", "doubt", role="doubt", weight=0.9, of=of)
    if "few_units" in named and says.seen.said.get("units"):
        yield says.finding("few_units", "doubt", role="doubt", weight=0.7, count=says.plain(says.seen.fact("units"), 0))
