"""Of the statistical methods but those that ask whether something worked."""

from collections.abc import Iterator
from typing import Any

from khue.domains.analysis.briefing.findings.answers import ranking, turn
from khue.domains.analysis.briefing.findings.finding import Finding, Says
from khue.domains.analysis.briefing.seen import Indicator
from khue.domains.analysis.briefing.wording import decimals

SURE = 0.05
WEAK = 0.15
MUCH_BETWEEN = 0.2


def of_groups(says: Says) -> Iterator[Finding]:
    said = says.seen.said
    yield from ranking(says, "group", "mean", sure=said["p"] is not None and said["p"] < SURE)


def of_trend(says: Says) -> Iterator[Finding]:
    said, seen = says.seen.said, says.seen
    of = seen.indicator(said["value"])
    times: dict[str, Any] = {"since": says.when(said["first"]), "until": says.when(said["last"])}
    if said["p"] is None or said["p"] >= SURE or said["low"] <= 0 <= said["high"]:
        yield says.finding("slope_none", "fact", of=of, weight=0.6, **times)
        return
    low, high = ("low", "high") if said["slope"] > 0 else ("high", "low")
    places = decimals(said["slope"]) if abs(said["slope"]) >= 1 else 2
    role, weight = turn(of, said["slope"])
    yield says.finding(
        "slope_up" if said["slope"] > 0 else "slope_down", "course", role=role, weight=weight + 0.1, of=of,
        gives={"until": says.when(said["last"])}, slope=says.difference(seen.fact("slope"), of, places),
        low=says.plain(seen.fact(low), places, size=True), high=says.plain(seen.fact(high), places, size=True),
        **times,
    )  # fmt: skip


def of_correlation(says: Says) -> Iterator[Finding]:
    said, seen = says.seen.said, says.seen
    x, y = seen.indicator(said["x"]), seen.indicator(said["y"])
    slots: dict[str, Any] = {"x": says.indicator(x), "y": says.indicator(y), "r": says.plain(seen.fact("r"), 2)}
    if said["p"] is None or said["p"] >= SURE or abs(said["r"]) < WEAK:
        yield says.finding("unrelated", "relation", of=y, weight=0.3, **slots)
    else:
        kind = "together" if said["r"] > 0 else "opposite"
        yield says.finding(kind, "relation", role="uneven", of=y, weight=1.0, **slots)


def of_composite(says: Says) -> Iterator[Finding]:
    said, seen = says.seen.said, says.seen
    best, worst = says.name(said["best"], "unit"), says.name(said["worst"], "unit")
    kind = says.kind("unit")
    of = Indicator(says.index)
    yield says.finding(
        "index", "spread", role="bad", weight=1.8, of=of, places=[said["best"], said["worst"]],
        highs=[said["best"]], lows=[said["worst"]],
        gives={"best": best, "worst": worst, "kind": kind, "at_worst": says.at(said["worst"], "unit"),
               "at_best": says.at(said["best"], "unit")},
        best=best, worst=worst, units=says.plain(seen.fact("units"), 0),
    )  # fmt: skip
    if said["unsure"]:
        yield says.finding("unsure_ranks", "doubt", role="doubt", unsure=says.plain(seen.fact("unsure"), 0))


def of_inequality(says: Says) -> Iterator[Finding]:
    said, seen = says.seen.said, says.seen
    of, kind = seen.indicator(said["value"]), says.kind("part")
    yield says.finding(
        "unequal", "inequality", role="uneven", weight=1.7, of=of, gives={"kind": kind},
        top=says.share(seen.fact("top")), bottom=says.share(seen.fact("bottom")), gini=says.plain(seen.fact("gini"), 2),
    )  # fmt: skip
    if said.get("between") is not None:
        much = said["between"] >= MUCH_BETWEEN
        yield says.finding(
            "between" if much else "within", "between" if much else "within", role="uneven", weight=1.2, of=of,
            gives={"kind": kind}, kind=kind, between=says.share(seen.fact("between")),
        )  # fmt: skip


def of_survey(says: Says) -> Iterator[Finding]:
    said, seen = says.seen.said, says.seen
    of = seen.indicator(said["value"])
    values = [said[name] for name in ("mean", "low", "high")]
    places = decimals(*values)
    figures = {name: seen.fact(name) for name in ("mean", "low", "high")}
    shown: dict[str, Any]
    if said["is_share"]:
        shown = {name: says.share(cell) for name, cell in figures.items()}
    else:
        shown = {name: says.plain(cell, places) for name, cell in figures.items()}
        shown["mean"] = says.figure(figures["mean"], of, places)
    yield says.finding("estimate", "fact", of=of, weight=0.5, **shown)


def left_out(says: Says) -> Iterator[Finding]:
    if "left_out" in says.seen.derived:
        of = says.seen.indicator(str(says.seen.said.get("value") or says.seen.said.get("y") or ""))
        count = says.plain(says.seen.worked_out("left_out"), 0)
        yield says.finding("missing", "doubt", role="doubt", weight=0.7, of=of, left_out=count)
