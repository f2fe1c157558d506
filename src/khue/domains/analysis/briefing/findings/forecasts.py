"""Where it is going."""

from collections.abc import Iterator
from typing import Any

from khue.domains.analysis.briefing.findings.answers import STEADY, turn
from khue.domains.analysis.briefing.findings.finding import Finding, Says
from khue.domains.analysis.briefing.wording import decimals


def of_forecast(says: Says) -> Iterator[Finding]:
    seen, end = says.seen, says.seen.facts["end"]
    of, until = seen.indicator(seen.facts["value"]), says.when(seen.facts["until"])
    places = decimals(end["low"], end["high"])
    figures: dict[str, Any] = {name: says.plain(seen.fact(name, "facts.end"), places) for name in ("low", "high")}
    figures["mean"] = says.figure(seen.fact("mean", "facts.end"), of, places)
    change = seen.derived.get("change", 0.0)
    if change < STEADY:
        yield says.finding("ahead_steady", "fact", of=of, weight=0.5, until=until, **figures)
    else:
        more = seen.derived["ahead"] - seen.derived["past"]
        role, weight = turn(of, more)
        yield says.finding(
            "ahead_up" if more > 0 else "ahead_down", "ahead", role=role, weight=weight + 0.4, of=of,
            gives={"until": until}, until=until, change=says.share(seen.worked_out("change")), **figures,
        )  # fmt: skip
    test = seen.facts["tests"][0]
    if test["model"] == "naive" or test["mase"][test["model"]] >= test["mase"]["naive"]:
        yield says.finding("weak_forecast", "doubt", role="doubt", weight=0.9, of=of)
