"""A forecast as a step of a worksheet. It takes seconds to minutes: never within a request."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from khue.domains.analysis.engine.result import Column, Result
from khue.domains.analysis.forecasting import scenarios
from khue.domains.analysis.forecasting.forecast import Forecast, Path, forecast
from khue.domains.analysis.forecasting.series import Name, read
from khue.domains.analysis.statistics import source
from khue.domains.analysis.stepping.outcome import Outcome, Query

WHOLE = "∑"
MOST_HISTORY = 400


def run(query: Query, parameters: Mapping[str, Any]) -> Outcome:
    """`parameters`: table, time, value, by (list), horizon, combine ("sum" or "mean"), adds_up, scenarios."""
    by = source.texts(parameters, "by")
    combine = parameters.get("combine") or "sum"
    time, value = str(parameters["time"]), str(parameters["value"])
    rows, sql = source.frame(query, parameters["table"], [time, value, *by])
    panel = read(rows, time=time, value=value, by=by, combine=combine)
    found = forecast(
        panel,
        horizon=int(parameters["horizon"]),
        adds_up=bool(by) and combine == "sum" and parameters.get("adds_up", True) is not False,
        scenarios=scenarios.read(list(parameters.get("scenarios") or [])),
    )
    return Outcome(_result(found), _facts(found, value), sql, _chart(found))


def _result(found: Forecast) -> Result:
    names = found.panel.by
    columns = [Column(name, "text") for name in names]
    columns += [Column("period", "text")]
    columns += [Column(name, "number") for name in ("forecast", "low", "high", "low80", "high80", "naive")]
    columns += [Column(name, "number") for name in found.scenarios]
    return Result(tuple(columns), tuple(row for path in found.paths for row in _rows(found, path)))


def _rows(found: Forecast, path: Path) -> list[tuple[Any, ...]]:
    low, high = path.bounds[0.95]
    low80, high80 = path.bounds[0.80]
    numbers = [path.mean, low, high, low80, high80, path.naive]
    numbers += [path.mean * factors for factors in found.scenarios.values()]
    label = named(path.name, len(found.panel.by))
    return [
        (*label, str(period), *row) for period, row in zip(found.periods, np.array(numbers).T.tolist(), strict=True)
    ]


def named(name: Name, depth: int) -> tuple[str, ...]:
    """With ∑ where a level is added up."""
    return (*name, *[WHOLE] * (depth - len(name)))[:depth]


def _facts(found: Forecast, value: str) -> dict[str, Any]:
    panel = found.panel
    first = found.paths[0]
    whole = named(first.name, len(panel.by))
    history = zip(map(str, panel.periods[-MOST_HISTORY:]), _history(found)[-MOST_HISTORY:].tolist(), strict=True)
    return {
        "value": value,
        "frequency": panel.frequency,
        "season": panel.season,
        "periods": len(panel.periods),
        "first": str(panel.periods[0]),
        "last": str(panel.periods[-1]),
        "until": str(found.periods[-1]),
        "filled": panel.filled,
        "series": len(found.paths),
        "adds_up": found.adds_up,
        "tests": [_test(path, len(panel.by)) for path in found.paths],
        "shown": list(whole),
        "history": [list(point) for point in history],
        "end": _end(first),
        "scenarios": {name: float(first.mean[-1] * factors[-1]) for name, factors in found.scenarios.items()},
    }


def _end(path: Path) -> dict[str, float]:
    low, high = path.bounds[0.95]
    return {"mean": float(path.mean[-1]), "low": float(low[-1]), "high": float(high[-1])}


def _history(found: Forecast) -> Any:
    first = found.paths[0]
    if first.name in found.panel.values:
        return found.panel.values[first.name]
    return np.sum(list(found.panel.values.values()), axis=0)


def _test(path: Path, depth: int) -> dict[str, Any]:
    tested = path.tested
    return {
        "name": list(named(path.name, depth)),
        "model": path.model,
        "mase": {name: round(tested.mase(name), 4) for name in sorted(tested.errors)},
        "mae": {name: round(tested.mae(name), 6) for name in sorted(tested.errors)},
        "origins": len(tested.origins),
        "steps": tested.horizon,
        "coverage": path.coverage,
        "calendar": path.holidays,
    }


def _chart(found: Forecast) -> dict[str, Any]:
    x = {"field": "period", "type": "ordinal", "title": None}
    y = {"field": "forecast", "type": "quantitative", "scale": {"zero": False}}
    only = [{"filter": {"field": name, "equal": WHOLE}} for name in found.panel.by] if found.adds_up else []
    spec: dict[str, Any] = {
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.2},
                "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
            },
            {"mark": {"type": "line", "point": True}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "line", "strokeDash": [4, 4], "opacity": 0.7},
                "encoding": {"x": x, "y": {**y, "field": "naive"}},
            },
        ]
    }
    if only:
        return {"transform": only, **spec}
    if len(found.paths) > 1:
        spec["layer"][1]["encoding"]["color"] = {"field": found.panel.by[0], "type": "nominal"}
        spec["layer"] = [spec["layer"][1]]
    return spec
