"""What the columns of an answer were made of: which column of the data, and what was made of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

_MADE: dict[type[exp.Expr], str] = {
    exp.Avg: "mean", exp.Sum: "sum", exp.Min: "low", exp.Max: "high", exp.Median: "median", exp.Count: "count",
    exp.Year: "year", exp.Month: "month", exp.Quarter: "quarter", exp.Day: "day", exp.Week: "week",
}  # fmt: skip
_AROUND = (exp.Alias, exp.Paren, exp.Round, exp.Cast, exp.TryCast, exp.TsOrDsToDate)
TIMES = ("year", "month", "quarter", "day", "week")


@dataclass(frozen=True)
class Output:
    """`made`: plain, mean, sum, low, high, median, count, distinct (the number of different values), year, month,
    quarter, day, week, or "other" for what is none of these. `column` is empty where there is none or are several;
    `alias` is what the statement calls it."""

    column: str
    made: str
    alias: str = ""


def outputs(sql: str) -> list[Output]:
    """One for each column of the result, in their order; none where that cannot be said."""
    tree = _tree(sql)
    if not isinstance(tree, exp.Select) or any(isinstance(one, exp.Star) for one in tree.expressions):
        return []
    inner = _inner(tree)
    return [_output(one, inner) for one in tree.expressions]


def is_part(sql: str) -> bool:
    """It keeps only the first rows."""
    tree = _tree(sql)
    return tree is not None and tree.args.get("limit") is not None


def _tree(sql: str) -> exp.Expr | None:
    try:
        return sqlglot.parse_one(sql, dialect="duckdb")
    except SqlglotError:
        return None


def _inner(tree: exp.Select) -> dict[str, Output]:
    """By name, what statements inside it give."""
    found: dict[str, Output] = {}
    for select in tree.find_all(exp.Select):
        if select is not tree:
            found |= {one.alias_or_name.casefold(): _output(one, {}) for one in select.expressions if one.alias_or_name}
    return found


def _output(one: exp.Expr, inner: Mapping[str, Output]) -> Output:
    alias = one.alias if isinstance(one, exp.Alias) else ""
    made, one = _parted(_bare(one))
    one = _bare(one)
    if made == "count" and isinstance(one, exp.Distinct):
        made, one = "distinct", one.expressions[0] if len(one.expressions) == 1 else one
    if not isinstance(one, exp.Column):
        return Output("", made if made == "count" else "other", alias)
    below = inner.get(one.name.casefold())
    if below and below.made != "plain":
        return Output(below.column, below.made if made == "plain" else made, alias)
    return Output(one.name, made, alias)


def _bare(one: exp.Expr) -> exp.Expr:
    while isinstance(one, _AROUND):
        one = one.this
    return one


def _parted(one: exp.Expr) -> tuple[str, exp.Expr]:
    """What is made, and of what."""
    if isinstance(one, exp.DateTrunc | exp.TimestampTrunc):
        return "plain", one.this
    if isinstance(one, exp.Extract):
        return _time(one.this.name), one.expression
    if isinstance(one, exp.Anonymous) and one.name.casefold() in {"date_part", "datepart"}:
        return _time(one.expressions[0].name), one.expressions[-1]
    if isinstance(one, exp.TimeToStr):
        return ("year" if one.args["format"].name == "%Y" else "plain"), one.this
    return (_MADE[type(one)], one.this) if type(one) in _MADE else ("plain", one)


def _time(part: str) -> str:
    return part.casefold() if part.casefold() in TIMES else "other"
