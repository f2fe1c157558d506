"""A step's chart as it is drawn. That of a method gets its words, in the language of whoever looks, its size and its
colours here: the method itself, which also runs where there is no Khuê, says only which columns stand where."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from khue.domains.analysis import charts
from khue.domains.analysis.engine import Result
from khue.domains.analysis.models import Step
from khue.domains.analysis.queries import labels, titles
from khue.domains.analysis.sql.schema import Schema

_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?([T ]00:00:00)?$")
# what stands for the value itself on an axis, in the tables of methods
_OF_VALUE = {"mean", "line", "expected", "forecast", "naive", "low", "high", "y", "estimate"}
Chart = dict[str, Any]


def drawn(step: Step, result: Result, schema: Schema | None = None) -> Chart:
    """With the data of `result`, which may be a part of the step's own."""
    if charts.choice_of(step.chart):
        return charts.with_data(step.chart, result)
    called = titles.of_step(step, schema)
    said = step.facts.get("facts", step.facts)
    value = called.get(said.get("value", ""), "")
    chart = {**charts.dress(step.chart), **step.chart}
    if "layer" in chart:
        chart["layer"] = [dict(one) for one in chart["layer"]]
    for unit in _units(chart):
        unit["encoding"] = {
            channel: _titled(channel, one, called, value) for channel, one in unit["encoding"].items()
        }  # fmt: skip
    _one_title(chart)
    _told_apart(chart)
    _dated(chart, result)
    return charts.with_data(chart, result if "transform" in chart else _in_words(result))


def _units(chart: Chart) -> Iterator[Chart]:
    yield from chart.get("layer", [chart])


def _titled(channel: str, one: Mapping[str, Any], called: Mapping[str, str], value: str) -> Chart:
    if "field" not in one or "title" in one or channel in {"x2", "y2"}:
        return dict(one)
    name = one["field"].replace("\\", "")
    title = value if name in _OF_VALUE and value else labels.column(name, called)
    return {**one, "title": None if channel == "strokeDash" or name == "group" else title}


def _one_title(chart: Chart) -> None:
    """Layers share their axes: the title is that of the first line or point."""
    for channel in ("x", "y"):
        mains = [unit for unit in _units(chart) if unit["mark"]["type"] in {"line", "point"}]
        found = next(
            (u["encoding"][channel]["title"] for u in mains if "title" in u["encoding"].get(channel, {})), None
        )
        for unit in _units(chart):
            if channel in unit["encoding"]:
                unit["encoding"][channel]["title"] = found


def _told_apart(chart: Chart) -> None:
    """Lines of several columns, each by what it is called."""
    lines = [unit for unit in chart.get("layer", []) if unit["mark"]["type"] == "line"]
    if len(lines) < 2 or any("color" in unit["encoding"] for unit in lines):
        return
    for unit in lines:
        name = unit["encoding"]["y"]["field"].replace("\\", "")
        unit["encoding"]["color"] = {"datum": labels.column(name), "title": None}


def _dated(chart: Chart, result: Result) -> None:
    for unit in _units(chart):
        x = unit["encoding"].get("x", {})
        if x.get("type") != "ordinal":
            continue
        values = result.column(x["field"]) if x["field"] in result.names else ()
        if len(values) > 12 and all(_DAY.match(str(value)) for value in values):
            axis = {"format": "%m/%Y", "labelOverlap": True, "labelAngle": 0}
            unit["encoding"]["x"] = {**x, "type": "temporal", "scale": {"type": "utc"}, "axis": axis}
        else:
            unit["encoding"]["x"] = {**x, "axis": {"labelAngle": 0, "labelOverlap": True}}


def _in_words(result: Result) -> Result:
    rows = (tuple(labels.value(one) if isinstance(one, str) else one for one in row) for row in result.rows)
    return Result(result.columns, tuple(rows), result.is_cut)
