"""The methods as steps of a worksheet: parameters name a table and its columns."""

from collections.abc import Mapping
from typing import Any

from khue.domains.analysis.statistics import source
from khue.domains.analysis.statistics.composite import Recipe
from khue.domains.analysis.statistics.composite import composite as composite_of
from khue.domains.analysis.statistics.correlation import correlation as correlation_of
from khue.domains.analysis.statistics.effects import difference_in_differences, interrupted_series
from khue.domains.analysis.statistics.groups import compare
from khue.domains.analysis.statistics.inequality import inequality as inequality_of
from khue.domains.analysis.statistics.survey import survey as survey_of
from khue.domains.analysis.statistics.trend import trend as trend_of
from khue.domains.analysis.stepping.outcome import Outcome, Query

Parameters = Mapping[str, Any]


def _read(query: Query, parameters: Parameters, *roles: str) -> tuple[Any, dict[str, Any], str]:
    chosen: dict[str, Any] = {role: str(parameters.get(role) or "") for role in roles}
    frame, sql = source.frame(query, parameters["table"], list(chosen.values()))
    return frame, chosen, sql


def groups(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "value", "group")
    return source.outcome(compare(frame, **chosen), sql)


def trend(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "value", "time")
    return source.outcome(trend_of(frame, **chosen), sql)


def correlation(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "x", "y", "group")
    return source.outcome(correlation_of(frame, **chosen), sql)


def composite(query: Query, parameters: Parameters) -> Outcome:
    """`dimensions` and `weights` as {name: …} where they are said."""
    indicators = tuple(source.texts(parameters, "indicators"))
    unit = str(parameters.get("unit") or "")
    recipe = Recipe(
        indicators,
        scale=parameters.get("scale") or "minmax",
        aggregate=parameters.get("aggregate") or "mean",
        weights={name: float(weight) for name, weight in (parameters.get("weights") or {}).items()},
        dimensions=parameters.get("dimensions") or {},
        reversed_=frozenset(source.texts(parameters, "reversed")),
        missing=parameters.get("missing") or "leave_out",
    )
    frame, sql = source.frame(query, parameters["table"], [unit, *indicators])
    return source.outcome(composite_of(frame, unit=unit, recipe=recipe), sql)


def inequality(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "value", "weight", "group")
    return source.outcome(inequality_of(frame, **chosen), sql)


def survey(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "value", "weight", "group", "stratum", "cluster")
    return source.outcome(survey_of(frame, **chosen), sql)


def did(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "value", "time", "group", "unit")
    said = {name: str(parameters.get(name) or "") for name in ("start", "treated")}
    return source.outcome(difference_in_differences(frame, **chosen, **said), sql)


def its(query: Query, parameters: Parameters) -> Outcome:
    frame, chosen, sql = _read(query, parameters, "value", "time")
    return source.outcome(interrupted_series(frame, **chosen, start=str(parameters.get("start") or "")), sql)
