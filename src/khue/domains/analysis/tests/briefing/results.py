"""Results as worksheets hold them, small: a ranking of provinces, a course of years, an effect, a forecast."""

from typing import Any

from khue.domains.analysis.briefing.seen import Indicator, Seen
from khue.domains.analysis.engine import Column, Result

WAIT = Indicator("Thời gian chờ", "ngày", "mean")
FILES = Indicator("Số hồ sơ", "", "sum")


def table(*columns: tuple[str, Any], rows: list[tuple[Any, ...]]) -> Result:
    return Result(tuple(Column(name, kind) for name, kind in columns), tuple(rows))


def ranking(of: Indicator = WAIT, **more: Any) -> Seen:
    places = [("Lâm Đồng", 18.15), ("Hải Phòng", 18.12), ("Quảng Ninh", 17.67), ("Huế", 14.0), ("Đà Nẵng", 12.0),
              ("Tây Ninh", 10.12)]  # fmt: skip
    result = table(("tinh", "text"), ("cho", "number"), rows=more.pop("rows", places))
    facts = {"called": {"cho": of}, "kinds": {"tinh": "Tỉnh"}, "places": frozenset({"tinh"})} | more
    return Seen("s1", "sql", result, **facts)


def course(first: int = 300_000, last: int = 390_000, of: Indicator = FILES) -> Seen:
    rows = [(2019 + at, first + (last - first) * at // 6) for at in range(7)]
    return Seen("s2", "sql", table(("nam", "integer"), ("so", "integer"), rows=rows), called={"so": of})


def effect(size: float = -1.47, p: float = 1e-6, **cautions: Any) -> Seen:
    said = {
        "value": "cho", "treated": "có", "start": "2024", "effect": size, "low": size - 0.2, "high": size + 0.2, "p": p,
        "actual": 10.36, "expected": 10.36 - size, "units": 10,
    }  # fmt: skip
    facts = {"facts": said, "left_out": 0, "cautions": [{"name": name, "facts": {}} for name in cautions]}
    empty = table(("time", "text"), ("mean", "number"), rows=[])
    called = {"cho": Indicator("Thời gian giải quyết", "ngày")}
    return Seen("s3", "statistics.did", empty, facts, called)


def forecast(more: float = 1.1, mase: float = 0.6) -> Seen:
    history = [[f"2025-{at:02d}", 100.0] for at in range(1, 13)]
    rows = [(f"2026-{at:02d}", 100 * more, 90 * more, 110 * more) for at in range(1, 13)]
    facts = {
        "value": "so", "until": "2026-12", "history": history, "season": 12, "shown": [],
        "end": {"mean": 100 * more, "low": 90 * more, "high": 110 * more},
        "tests": [{"model": "ensemble", "mase": {"ensemble": mase, "naive": 1.0}}],
    }  # fmt: skip
    columns = (("period", "text"), ("forecast", "number"), ("low", "number"), ("high", "number"))
    return Seen("s4", "forecast", table(*columns, rows=rows), facts, {"so": Indicator("Số hồ sơ")})
