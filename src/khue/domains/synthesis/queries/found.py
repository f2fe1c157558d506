"""What ordinary code finds in the reports: figures by unit, contradictions, silences, events, recommendations."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from khue.domains.synthesis.figures import comparing, places
from khue.domains.synthesis.figures.figure import Figure
from khue.domains.synthesis.figures.indicators import bag_of, dice, named
from khue.domains.synthesis.models import Report, Synthesis
from khue.domains.synthesis.noticing.asking import recommendation
from khue.domains.synthesis.noticing.chronology import days
from khue.domains.synthesis.queries.passages import Said, said_in
from khue.domains.synthesis.queries.spoken import spoken

# where so many of those that reported are provinces, all provinces are expected
ALL_PROVINCES, AT_LEAST = 0.8, 10
ALIKE = 0.55
MOST_EVENTS = 200


def compared(synthesis: Synthesis, reports: Sequence[Report]) -> dict[str, Any]:
    """{"table", "contradictions", "spoken", "lacking", "missing", "copies", "period", "places", "events",
    "recommendations"}."""
    figures = named([Figure.of_json(one) for report in reports for one in report.figures])
    here = list(dict.fromkeys(report.place for report in reports))
    period = _usual_period(reports)
    said = said_in(reports)
    apart = comparing.contradictions(figures)
    return {
        "period": period,
        "places": here,
        "missing": missing(synthesis.expected, here),
        "copies": list(_copies(reports)),
        "table": comparing.table(figures),
        "contradictions": [one.as_json() for one in apart],
        "spoken": spoken(figures, said, apart, period),
        "lacking": comparing.lacking(figures, here, period),
        "events": _events(said),
        "recommendations": _recommendations(said),
    }


def _usual_period(reports: Sequence[Report]) -> str:
    return next((period for period, _ in Counter(r.period for r in reports if r.period).most_common(1)), "")


def missing(expected: Sequence[str], here: Sequence[str]) -> list[str]:
    """Of those that ought to report."""
    known = set(places.provinces().values())
    provinces = [place for place in here if place in known]
    if not expected and len(provinces) >= max(AT_LEAST, ALL_PROVINCES * len(here)):
        expected = sorted(known)
    folded = {place.casefold() for place in here}
    return [name for name in expected if (places.province(name) or name).casefold() not in folded]


def _copies(reports: Sequence[Report]) -> Iterator[dict[str, Any]]:
    """Several reports of one unit on one period: both are kept and compared."""
    held: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        held[report.place, report.period].append(report)
    for (place, period), those in held.items():
        if len(those) > 1:
            yield {"place": place, "period": period, "files": [one.file_name for one in those]}


def _events(said: Sequence[Said]) -> list[dict[str, Any]]:
    found = [{"day": day.isoformat(), **one.citation} for one in said for day in days(one.text)]
    return sorted(found, key=lambda event: (event["day"], event["place"]))[:MOST_EVENTS]


def _recommendations(said: Sequence[Said]) -> list[dict[str, Any]]:
    """Those that are alike together, with all who ask; the most asked first."""
    groups: list[dict[str, Any]] = []
    for one in said:
        asked = recommendation(one.text, one.heading)
        if asked is None:
            continue
        whom, what = asked
        bag = bag_of(what)
        fitting = [g for g in groups if not (whom and g["whom"]) or g["whom"].casefold() == whom.casefold()]
        best = max(fitting, key=lambda group: dice(bag, group["bag"]), default=None)
        if best is not None and dice(bag, best["bag"]) >= ALIKE:
            best["by"].append(one.citation)
            best["whom"] = best["whom"] or whom
        else:
            groups.append({"whom": whom, "what": what, "bag": bag, "by": [one.citation]})
    for group in groups:
        del group["bag"]
        group["places"] = list(dict.fromkeys(one["place"] for one in group["by"]))
    return sorted(groups, key=lambda group: (-len(group["places"]), group["whom"]))
