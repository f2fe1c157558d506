"""A synthesis as its page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.models import Report, Synthesis
from khue.domains.synthesis.queries.shown import shown

# a wide table of many units is read by indicator
MOST_ROWS, MOST_INDICATORS = 300, 60


def page(synthesis: Synthesis) -> dict[str, Any]:
    found = shown(synthesis)
    return {
        **found,
        "period": _label(found["period"]),
        "indicators": list(_indicators(found["table"]["rows"])),
        "contradictions": [_contradiction(one) for one in found["contradictions"]],
        "lacking": list(found["lacking"].items()),
        "read": sum(one["state"] == "read" for one in found["reports"]),
        "pages": sum(one["pages"] for one in found["reports"]),
        "merged": _count(found["sections"], "merged"),
        "quoted": _count(found["sections"], "quoted", "kept"),
        "copies": [one | {"period": _label(one["period"])} for one in found["copies"]],
    }


def _label(period: str) -> str:
    return Period.of(period).label if period else ""


def _count(sections: Sequence[Mapping[str, Any]], *states: str) -> int:
    return sum(one["state"] in states for section in sections for one in section["sentences"])


def _indicators(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One table each: units as rows, periods as columns. Those of several units come first."""
    named = sorted(rows, key=lambda row: -max(len(r["cells"]) for r in rows if r["indicator"] == row["indicator"]))
    for (indicator, unit), those in groupby(named, key=lambda row: (row["indicator"], row["unit"])):
        held = sorted(those, key=lambda row: row["period"])
        places = sorted({place for row in held for place in row["cells"]})
        yield {
            "name": indicator,
            "unit": unit,
            "periods": [_label(row["period"]) for row in held],
            "places": len(places),
            "rows": [(place, [row["cells"].get(place, []) for row in held]) for place in places[:MOST_ROWS]],
        }


def _contradiction(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "period": _label(one["period"]), "between": one["between"].replace(" ", "-")}


def text(report: Report) -> list[tuple[int | None, list[dict[str, Any]]]]:
    """[(page, passages)]; each passage with its number, by which it is linked."""
    numbered = [{**passage, "n": n} for n, passage in enumerate(report.passages)]
    return [(page, list(held)) for page, held in groupby(numbered, key=lambda one: one["page"])]
