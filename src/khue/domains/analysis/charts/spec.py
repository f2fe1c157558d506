"""A choice as Vega-Lite, in colours that stay apart for who does not see red and green (Okabe and Ito)."""

from collections.abc import Mapping, Sequence
from typing import Any

from khue.domains.analysis.charts.choosing import Choice
from khue.domains.analysis.charts.editing import Edit, edited
from khue.domains.analysis.engine.result import Result
from khue.domains.analysis.provinces import OLD, PROVINCES, match
from khue.domains.analysis.provinces.matching import code_of_before
from khue.domains.analysis.provinces.tiles import BEFORE

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 3]]
INK, LINE, MAIN = "#56605F", "#C9C2B4", "#1F6F63"
FONT = "Be Vietnam Pro, Arial, sans-serif"
CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelColor": INK, "titleColor": INK, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE,
             "gridOpacity": 0.5, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
             "labelLimit": 220, "titlePadding": 12},
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "orient": "bottom"},
    "header": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12},
    "title": {"color": INK, "fontSize": 14},
    "range": {"category": COLOURS, "symbol": SHAPES},
}  # fmt: skip
WIDTH = 620


def spec(
    choice: Choice, result: Result, *, titles: Mapping[str, str] | None = None, edit: Edit = Edit()
) -> dict[str, Any]:
    """Without data. `titles`: what columns are called on axes; `usermeta` keeps the choice and what was edited."""
    called = {name: (titles or {}).get(name, name) for name in result.names}
    body = {
        "line": _line, "multiples": _multiples, "ranking": _ranking, "grouped": _grouped, "part": _part,
        "relation": _relation, "distribution": _distribution, "map": _map, "map_before": _map,
    }[choice.kind](choice, result, called)  # fmt: skip
    meta = {"khue": choice.as_json(), "edit": edit.as_json(), "titles": called}
    return {"$schema": SCHEMA, "config": CONFIG, "usermeta": meta, **edited(body, choice, edit, MAIN)}


def dress(body: Mapping[str, Any]) -> dict[str, Any]:
    """Size, font and colours for a chart that a method made."""
    units = body.get("layer", [body])
    is_list = any(unit["encoding"].get("y", {}).get("type") == "nominal" for unit in units)
    size = {"width": 460, "height": {"step": 30}} if is_list else {"width": WIDTH, "height": 300}
    return {"$schema": SCHEMA, "config": {**CONFIG, "mark": {"color": MAIN}}, **size}


def choice_of(chart: Mapping[str, Any]) -> Choice | None:
    """None for a chart that was not chosen here."""
    stored = chart.get("usermeta", {}).get("khue")
    return Choice(**stored) if stored else None


def edit_of(chart: Mapping[str, Any]) -> Edit:
    return Edit.of_json(chart.get("usermeta", {}).get("edit", {}))


def with_data(chart: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """The chart over the rows of a result; a map over its tiles."""
    choice = chart.get("usermeta", {}).get("khue", {})
    rows = [dict(zip(result.names, row, strict=True)) for row in result.rows]
    return {**chart, "data": {"values": TILES[choice["kind"]](rows, choice) if choice.get("kind") in TILES else rows}}


def _time(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    kind = next(column.type for column in result.columns if column.name == choice.x)
    if kind in {"date", "datetime"}:
        return _axis("x", choice.x, "temporal", called)
    return _axis("x", choice.x, "ordinal", called, axis={"labelAngle": 0, "labelOverlap": True})


def _axis(channel: str, name: str, kind: str, called: Mapping[str, str], **more: Any) -> dict[str, Any]:
    return {channel: {"field": _field(name), "type": kind, "title": called.get(name, name), **more}}


def _field(name: str) -> str:
    """Dots and brackets in a name are no path."""
    return name.replace("\\", "\\\\").replace(".", "\\.").replace("[", "\\[").replace("]", "\\]")


def _line(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    encoding = {**_time(choice, result, called), **_axis("y", choice.y, "quantitative", called, scale={"zero": False})}
    if choice.by:
        encoding |= _axis("color", choice.by, "nominal", called)
        encoding |= _axis("strokeDash", choice.by, "nominal", called, scale={"range": DASHES})
        encoding |= _axis("shape", choice.by, "nominal", called, legend=None)
        return {"width": WIDTH, "height": 300, "mark": {"type": "line", "point": {"size": 50}}, "encoding": encoding}
    mark = {"type": "line", "color": MAIN, "point": {"color": MAIN, "size": 50}}
    return {"width": WIDTH, "height": 300, "mark": mark, "encoding": encoding}


def _multiples(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    encoding = {**_time(choice, result, called), **_axis("y", choice.y, "quantitative", called, scale={"zero": False})}
    encoding["facet"] = {"field": _field(choice.by), "type": "nominal", "columns": 3, "title": called.get(choice.by)}
    return {"mark": {"type": "line", "color": MAIN, "point": True}, "width": 170, "height": 110, "encoding": encoding}


def _ranking(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    name = {"y": {"field": _field(choice.x), "type": "nominal", "title": None, "sort": None}}
    bars = {"mark": {"type": "bar", "color": MAIN, "cornerRadiusEnd": 3}, "encoding": {}}
    label = {"text": {"field": _field(choice.y), "type": "quantitative", "format": _form(result.column(choice.y))}}
    labels = {"mark": {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 12}, "encoding": label}
    encoding = {**name, **_axis("x", choice.y, "quantitative", called)}
    return {"width": 460, "height": {"step": 26}, "encoding": encoding, "layer": [bars, labels]}


def _form(values: Sequence[Any]) -> str:
    given = [abs(value) for value in values if isinstance(value, int | float)]
    if not given or all(float(value).is_integer() for value in given):
        return ",.0f"
    return ",.1f" if max(given) >= 20 else ",.2f"


def _grouped(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    encoding = {
        **_axis("y", choice.x, "nominal", called, sort=None),
        **_axis("x", choice.y, "quantitative", called),
        **_axis("color", choice.by, "nominal", called),
        "yOffset": {"field": _field(choice.by), "type": "nominal"},
    }
    return {"width": 460, "height": {"step": 12}, "mark": {"type": "bar"}, "encoding": encoding}


def _part(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    encoding = {
        **_axis("x", choice.y, "quantitative", called, stack="zero"),
        **_axis("color", choice.x, "nominal", called, sort=None),
    }
    return {"width": WIDTH, "height": 60, "mark": {"type": "bar", "stroke": "white"}, "encoding": encoding}


def _relation(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    encoding = {
        **_axis("x", choice.x, "quantitative", called, scale={"zero": False}),
        **_axis("y", choice.y, "quantitative", called, scale={"zero": False}),
    }
    mark: dict[str, Any] = {"type": "point", "filled": True, "size": 70, "opacity": 0.8}
    if choice.by:
        encoding |= _axis("color", choice.by, "nominal", called) | _axis("shape", choice.by, "nominal", called)
    else:
        mark["color"] = MAIN
    return {"width": WIDTH, "height": 380, "mark": mark, "encoding": encoding}


def _distribution(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    encoding = {
        **_axis("x", choice.x, "quantitative", called, bin={"maxbins": 24}),
        "y": {"aggregate": "count", "title": None},
    }
    return {"width": WIDTH, "height": 260, "mark": {"type": "bar", "color": MAIN}, "encoding": encoding}


# The map of tiles --------------------------------------------------------------------------------


def _map(choice: Choice, result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    """One tile for each of the 34 provinces, or of the 63 of before; the short name stands on it, so that colour is not
    alone."""
    place = {
        "x": {"field": "column", "type": "ordinal", "axis": None},
        "y": {"field": "line", "type": "ordinal", "axis": None},
    }
    title = called.get(choice.y, choice.y)
    colour = {"field": "value", "type": "quantitative", "title": title, "scale": {"scheme": "teals"},
              "legend": {"orient": "right", "gradientLength": 160}}  # fmt: skip
    there = {"condition": {"test": "isValid(datum.value)", **colour}, "value": "#E4DDD0"}
    dark = {"condition": {"test": "datum.dark", "value": "white"}, "value": "#1E2428"}
    form = _form(result.column(choice.y))
    label = {"type": "text", "fontSize": 11, "dy": -6, "fontWeight": "bold"}
    amount = {"type": "text", "fontSize": 10, "dy": 8}
    return {
        "width": {"step": 58},
        "height": {"step": 38},
        "encoding": place,
        "layer": [
            {"mark": {"type": "rect", "cornerRadius": 4, "stroke": "white"}, "encoding": {"color": there}},
            {"mark": label, "encoding": {"text": {"field": "short"}, "color": dark}},
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": amount,
                "encoding": {"text": {"field": "value", "type": "quantitative", "format": form}, "color": dark},
            },
        ],
    }


def _tiles(rows: Sequence[Mapping[str, Any]], choice: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Provinces of before stand in the tile of that to which they belong now: the mean of theirs."""
    found = match([str(row[choice["x"]]) for row in rows if row[choice["x"]] is not None]).of
    means = _means(rows, choice, {value: province.code for value, province in found.items()})
    return _shaded([(one.short, one.name, *one.at, means.get(one.code)) for one in PROVINCES])


def _tiles_before(rows: Sequence[Mapping[str, Any]], choice: Mapping[str, Any]) -> list[dict[str, Any]]:
    named = {str(row[choice["x"]]) for row in rows if row[choice["x"]] is not None}
    means = _means(rows, choice, {value: code for value in named if (code := code_of_before(value))})
    return _shaded([(short, OLD[code], x, y, means.get(code)) for code, (x, y, short) in BEFORE.items()])


TILES = {"map": _tiles, "map_before": _tiles_before}


def _means(rows: Sequence[Mapping[str, Any]], choice: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, float]:
    amounts: dict[str, list[float]] = {}
    for row in rows:
        code, value = codes.get(str(row[choice["x"]])), row[choice["y"]]
        if code and value is not None:
            amounts.setdefault(code, []).append(value)
    return {code: sum(values) / len(values) for code, values in amounts.items()}


def _shaded(tiles: Sequence[tuple[str, str, int, int, float | None]]) -> list[dict[str, Any]]:
    """`dark`: the colour is so deep that white is read on it."""
    known = [value for *_, value in tiles if value is not None]
    deep = min(known) + 0.55 * (max(known) - min(known)) if known else 0
    return [
        {"short": short, "name": name, "column": x, "line": y, "value": value,
         "dark": value is not None and value > deep}
        for short, name, x, y, value in tiles
    ]  # fmt: skip
