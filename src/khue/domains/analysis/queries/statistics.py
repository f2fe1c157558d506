"""Statistics as kinds of steps: what each answers, how its result reads, what to be careful about."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.analysis.engine import Result
from khue.domains.analysis.queries.faults import explain
from khue.domains.analysis.stepping import Kind
from khue.ui.formats import number, percent

Facts = Mapping[str, Any]
SURE = 0.05


def figure(value: Any) -> str:
    """As many digits as a reader can use."""
    if value is None:
        return "–"
    size = abs(float(value))
    if 0 < float(value) < 0.0005:
        return f"< {number(0.001, 3)}"
    return number(float(value), 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 3)


def when(text: Any) -> str:
    """A day, a month or a year as it is said: 2022-01-01 among months is 01/2022."""
    year, *rest = str(text).split(" ")[0].split("-")
    if not rest or not all(part.isdigit() for part in (year, *rest)):
        return str(text)
    return "/".join([*reversed(rest[:1] if rest[1:] in ([], ["01"]) else rest), year])


def between(low: Any, high: Any) -> str:
    if low is None or high is None:
        return _("no interval")
    return _("95%% interval %(low)s to %(high)s") % {"low": figure(low), "high": figure(high)}


# Readings ----------------------------------------------------------------------------------------


def _groups(said: Facts) -> str:
    words = _("“%(value)s” is highest on average for %(highest)s (%(top)s) and lowest for %(lowest)s (%(bottom)s).") % {
        "value": said["value"],
        "highest": said["highest"],
        "top": figure(said["highest_mean"]),
        "lowest": said["lowest"],
        "bottom": figure(said["lowest_mean"]),
    }
    if said["p"] is None or said["p"] >= SURE:
        return f"{words} " + _("The groups differ no more than chance alone could make them.")
    if not said["pairs"]:
        return f"{words} " + _("The groups differ by more than chance.")
    counted = _("The groups differ by more than chance; %(apart)s of %(pairs)s pairs can be told apart.")
    return f"{words} " + counted % {"apart": said["told_apart"], "pairs": said["pairs"]}


def _trend(said: Facts) -> str:
    facts = {
        "value": said["value"],
        "first": when(said["first"]),
        "last": when(said["last"]),
        "slope": figure(abs(said["slope"])),
        "interval": between(said["low"], said["high"]),
    }
    if said["p"] is None or said["p"] >= SURE or said["low"] <= 0 <= said["high"]:
        return _("From %(first)s to %(last)s “%(value)s” has no trend that is more than chance (%(interval)s).") % facts
    if said["slope"] > 0:
        return _("From %(first)s to %(last)s “%(value)s” rose by %(slope)s a year (%(interval)s).") % facts
    return _("From %(first)s to %(last)s “%(value)s” fell by %(slope)s a year (change: %(interval)s).") % facts


def _correlation(said: Facts) -> str:
    facts = {"x": said["x"], "y": said["y"], "r": figure(said["r"]), "interval": between(said["low"], said["high"])}
    if said["p"] is None or said["p"] >= SURE:
        return _("“%(x)s” and “%(y)s” do not move together by more than chance (r = %(r)s, %(interval)s).") % facts
    if said["r"] > 0:
        return _("Where “%(x)s” is higher, “%(y)s” tends to be higher (r = %(r)s, %(interval)s).") % facts
    return _("Where “%(x)s” is higher, “%(y)s” tends to be lower (r = %(r)s, %(interval)s).") % facts


def _composite(said: Facts) -> str:
    words = _(
        "Of %(units)s, “%(best)s” comes first and “%(worst)s” last. With other weights “%(best)s” stands between "
        "rank %(low)s and rank %(high)s."
    ) % {
        "units": said["units"],
        "best": said["best"],
        "worst": said["worst"],
        "low": said["best_low"],
        "high": said["best_high"],
    }
    steady = _("Half of all move within %(places)s ranks or fewer.") % {"places": number(round(said["steady"]))}
    return f"{words} {steady}"


def _inequality(said: Facts) -> str:
    words = _(
        "The Gini index of “%(value)s” is %(gini)s (0: all the same, 1: one has everything). The upper tenth has "
        "%(top)s of the whole, the lower four tenths have %(bottom)s."
    ) % {
        "value": said["value"],
        "gini": figure(said["gini"]),
        "top": percent(said["top"]),
        "bottom": percent(said["bottom"]),
    }
    if said.get("between") is None:
        return words
    return f"{words} " + _("%(share)s of the inequality lies between the groups, the rest within them.") % {
        "share": percent(max(0.0, said["between"]))
    }


def _survey(said: Facts) -> str:
    show: Callable[[Any], str] = (lambda value: percent(value, 1)) if said["is_share"] else figure
    return _(
        "For everybody, “%(value)s” is estimated at %(mean)s (95%% interval %(low)s to %(high)s); the sample alone, "
        "without its weights, would say %(plain)s. The design makes it as sure as %(n)s people drawn at random."
    ) % {
        "value": said["value"],
        "mean": show(said["mean"]),
        "low": show(said["low"]),
        "high": show(said["high"]),
        "plain": show(said["unweighted"]),
        "n": number(round(said["n"] / max(said["effect"] or 1, 1e-9))),
    }


def _did(said: Facts) -> str:
    words = _(
        "From %(start)s on, “%(value)s” of “%(treated)s” was %(actual)s; had it changed as the others did, it would "
        "have been %(expected)s. The difference is %(effect)s (%(interval)s)."
    ) % {
        "start": when(said["start"]),
        "value": said["value"],
        "treated": said["treated"],
        "actual": figure(said["actual"]),
        "expected": figure(said["expected"]),
        "effect": figure(said["effect"]),
        "interval": between(said["low"], said["high"]),
    }
    if said["p"] is not None and said["p"] < SURE:
        return f"{words} " + _("That is more than chance.")
    return f"{words} " + _("That could be chance.")


def _its(said: Facts) -> str:
    words = _(
        "At %(start)s “%(value)s” moved by %(level)s at once (%(interval)s). Since then it was %(gap)s on average away "
        "from where the course before would have led."
    ) % {
        "start": when(said["start"]),
        "value": said["value"],
        "level": figure(said["level"]),
        "interval": between(said["low"], said["high"]),
        "gap": figure(said["gap"]),
    }
    if said["p"] is not None and said["p"] < SURE:
        return f"{words} " + _("The jump is more than chance.")
    return f"{words} " + _("The jump could be chance.")


# Cautions ----------------------------------------------------------------------------------------


def caution(name: str, facts: Facts) -> str:
    text = _CAUTIONS().get(name)
    if text is None:
        return ""
    shown = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in facts.items()}
    return text % shown


def _CAUTIONS() -> dict[str, str]:  # noqa: N802 - a table, in the active language
    return {
        "not_cause": _("This does not say why: something else may stand behind both."),
        "small_groups": _("Small groups say little: %(groups)s have fewer than %(least)s rows."),
        "many_comparisons": _("Among %(groups)s groups some always look striking; the pairs are corrected for that."),
        "few_points": _("There are only %(points)s; fewer than %(least)s make any result shaky."),
        "season_inside": _("There are several values a year: a season may look like a change."),
        "not_independent": _("Values that follow each other resemble each other: intervals may be too narrow."),
        "no_forecast": _("A line through the past is no forecast."),
        "one_row_carries": _("A single row carries much of it: without that row r would be %(without)s."),
        "not_straight": _("The relation is not a straight line; look at the chart before you use the figure."),
        "turns_within_groups": _("Within most groups it goes the other way: compare like with like."),
        "choices_make_ranks": _("Ranks follow from choices: what is counted, how it is scaled and weighted."),
        "unsure_ranks": _("%(count)s of %(units)s have no firm rank: other weights would move them far."),
        "units_left_out": _("%(count)s were left out because a value is missing."),
        "gaps_inside": _("%(count)s are ranked with a value missing."),
        "counted_twice": _("“%(first)s” and “%(second)s” say nearly the same, so it counts twice."),
        "not_unfair": _("Unequal is not the same as unfair: it depends on what should be equal."),
        "zeros": _("%(percent)s%% of the values are zero: make sure that they mean nothing, and not unknown."),
        "rows_not_people": _("Each row counts the same, however many people stand behind it."),
        "no_history": _("There are fewer than three times before, so nobody can see whether both ran alongside."),
        "not_alongside": _("Before the start the two groups did not run alongside, so the comparison is weak."),
        "no_units": _(
            "Without the column of places rows of one place count as independent: intervals may be too narrow."
        ),
        "few_units": _("Only %(count)s places in the smaller group; fewer than %(least)s make intervals unsure."),
        "what_else_changed": _("Whatever else changed at the same time is counted in."),
        "no_comparison": _("There is no comparison group: the course before is all that this rests on."),
        "sample_not_everybody": _("Weights mend what the sample took too little of, not whom it never reached."),
        "heavy_weights": _("The heaviest weight is %(times)s times the mean: a few answers decide much."),
        "few_clusters": _("Only %(count)s clusters; fewer than %(least)s make intervals unsure."),
    }


def _teller(read: Callable[[Facts], str]) -> Callable[[Result, Facts], str]:
    """The reading, then a line for each caution."""

    def tell(result: Result, facts: Facts) -> str:
        lines = [read(facts["facts"]), *(caution(one["name"], one["facts"]) for one in facts["cautions"])]
        if facts["left_out"]:
            count = facts["left_out"]
            left = ngettext(
                "%(count)s was left out for missing values.", "%(count)s were left out for missing values.", count
            )
            lines.append(left % {"count": number(count)})
        return "\n".join(line for line in lines if line)

    return tell


MODULES = tuple(
    f"khue.domains.analysis.statistics.{name}"
    for name in (
        "result", "columns", "source", "groups", "trend", "correlation", "composite", "inequality", "effects", "survey",
    )
)  # fmt: skip
NEEDS = ("pandas>=2.3", "scipy>=1.15", "statsmodels>=0.14")


def _kind(name: str, label: Any, read: Callable[[Facts], str]) -> Kind:
    return Kind(
        name=f"statistics.{name}",
        label=label,
        run=f"khue.domains.analysis.statistics.steps:{name}",
        tell=_teller(read),
        explain=explain,
        template="analysis/steps/_finding.html",
        modules=MODULES,
        needs=NEEDS,
    )


KINDS = (
    _kind("groups", gettext_lazy("Comparison of groups"), _groups),
    _kind("trend", gettext_lazy("Trend"), _trend),
    _kind("correlation", gettext_lazy("Correlation"), _correlation),
    _kind("composite", gettext_lazy("Composite index"), _composite),
    _kind("inequality", gettext_lazy("Inequality"), _inequality),
    _kind("did", gettext_lazy("Before and after, with others beside"), _did),
    _kind("its", gettext_lazy("Before and after, alone"), _its),
    _kind("survey", gettext_lazy("Survey with weights"), _survey),
)
