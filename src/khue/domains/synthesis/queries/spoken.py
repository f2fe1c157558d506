"""What sentences of many units give as figures of one indicator: said in one line by ordinary code, from the lowest to
the highest; no model is asked to write what can be counted."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from khue.domains.synthesis.figures.comparing import Contradiction
from khue.domains.synthesis.figures.figure import Figure
from khue.domains.synthesis.figures.writing import measured
from khue.domains.synthesis.queries.passages import Said
from khue.domains.synthesis.rules import FEWEST

Spoken = Mapping[str, Any]
Key = tuple[str, int]
# units whose figures contradict each other: named, the others are counted
NAMED = 6


def spoken(
    figures: Sequence[Figure], said: Sequence[Said], apart: Sequence[Contradiction], period: str
) -> list[dict[str, Any]]:
    """[{"indicator", "unit", "said": [{"value", "citation"}], "disputed": units whose figures contradict each other}],
    of the period that most report on."""
    at = {(one.report, one.text): one for one in said}
    held: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for one in figures:
        where = at.get((one.report, one.quote))
        if where and one.indicator and one.kind == "actual" and one.source == "text" and one.period == period:
            held[one.indicator, one.unit].setdefault(
                one.place, {"value": one.value, "citation": where.citation}
            )  # fmt: skip
    disputed = {(one.indicator, one.place) for one in apart if one.period == period}
    return [
        {
            "indicator": indicator,
            "unit": unit,
            "said": list(by.values()),
            "disputed": sorted(place for place in by if (indicator, place) in disputed),
        }
        for (indicator, unit), by in held.items()
        if len(by) >= FEWEST
    ]


def lines(found: Sequence[Spoken], here: Collection[Key]) -> Iterator[dict[str, Any]]:
    """Groups (queries.sections) of what is said mostly in these sentences; lowest and highest are cited first."""
    for one in found:
        inside = [part for part in one["said"] if _key(part) in here]
        if len(inside) * 2 > len(one["said"]):
            yield _line(one)


def keys(found: Sequence[Spoken]) -> set[Key]:
    return {_key(part) for one in found for part in one["said"]}


def _key(part: Mapping[str, Any]) -> Key:
    return part["citation"]["report"], part["citation"]["n"]


def _line(one: Spoken) -> dict[str, Any]:
    order = sorted(one["said"], key=lambda part: part["value"])
    sure = [part for part in order if part["citation"]["place"] not in one["disputed"]] or order
    low, high = sure[0], sure[-1]
    rest = [part for part in order if part is not low and part is not high]
    cited = [low, *([high] if high is not low else []), *rest]
    return {
        "text": _text(one, low, high),
        "state": "counted",
        "reason": "",
        "citations": [part["citation"] for part in cited],
        "members": [],
        "units": len(order),
    }


def _text(one: Spoken, low: Mapping[str, Any], high: Mapping[str, Any]) -> str:
    """In the language of the reports."""
    told = [f"{one['indicator']}: {_span(one['unit'], low, high)}", f"{len(one['said'])} đơn vị nêu"]
    if apart := one["disputed"]:
        named = ", ".join([*apart[:NAMED], *(["…"] if len(apart) > NAMED else [])])
        told.append(f"{len(apart)} đơn vị có số liệu chưa thống nhất ({named})")
    return f"{'; '.join(told)}."


def _span(unit: str, low: Mapping[str, Any], high: Mapping[str, Any]) -> str:
    if low["value"] == high["value"]:
        return f"đều là {measured(low['value'], unit)}"
    ends = [f"{measured(part['value'], unit)} ({part['citation']['place']})" for part in (low, high)]
    return f"từ {ends[0]} đến {ends[1]}"
