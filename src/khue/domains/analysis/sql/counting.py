"""How many rows stand behind each row of an answer: the same statement, counting.

Only what can be counted with certainty is: one table, plain groups, aggregates that tell of all rows of a group and not
of a single one (no smallest, no largest, no list).
"""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

COUNTED = "_behind"
OF_ALL = (
    exp.Count, exp.Sum, exp.Avg, exp.Median, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop,
    exp.ApproxDistinct, exp.Corr, exp.CovarPop, exp.CovarSamp,
)  # fmt: skip
# a part of the group decides about these: their own value says how many there are
OF_A_PART = (exp.Case, exp.If, exp.Filter)
TOO_MUCH = (exp.Join, exp.Window, exp.Subquery, exp.CTE, exp.Distinct, exp.SetOperation, exp.Unnest)


@dataclass(frozen=True)
class Counting:
    """`sql` gives the keys and, last, the count; `keys` are the places of the keys in the answer's columns; `counts`
    those of columns that themselves count people."""

    sql: str
    keys: tuple[int, ...]
    counts: tuple[int, ...]


def counting(sql: str) -> Counting | None:
    """None where it cannot be said."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except (SqlglotError, RecursionError):
        return None
    if not isinstance(tree, exp.Select) or not _is_plain(tree):
        return None
    keys = _keys(tree)
    values = [at for at in range(len(tree.expressions)) if keys is None or at not in keys]
    if keys is None or not all(_is_of_all(tree.expressions[at]) for at in values):
        return None
    counts = tuple(at for at in values if _is_count(tree.expressions[at].unalias()))
    return Counting(_rewritten(tree, keys), keys, counts)


def _is_plain(tree: exp.Select) -> bool:
    source = tree.args.get("from_") or tree.args.get("from")
    if source is None or not isinstance(source.this, exp.Table):
        return False
    within_count = [one for one in tree.find_all(exp.Distinct) if not isinstance(one.parent, exp.Count)]
    others = [one for one in tree.find_all(*TOO_MUCH) if not isinstance(one, exp.Distinct)]
    return not within_count and not others and tree.expressions != [exp.Star()]


def _keys(tree: exp.Select) -> tuple[int, ...] | None:
    """Places of the columns that say which group a row is; None where a group is not shown by its row."""
    group = tree.args.get("group")
    if group is None:
        return () if all(one.find(exp.AggFunc) for one in tree.expressions) else None
    plain = tuple(at for at, one in enumerate(tree.expressions) if not one.find(exp.AggFunc))
    if group.args.get("all"):
        return plain
    if any(group.args.get(name) for name in ("grouping_sets", "cube", "rollup", "totals")):
        return None
    found = [_place(tree, one) for one in group.expressions]
    return None if None in found or set(found) != set(plain) else plain


def _place(tree: exp.Select, one: exp.Expression) -> int | None:
    if isinstance(one, exp.Literal) and one.is_int:
        return int(one.name) - 1
    said = one.sql(dialect="duckdb").casefold()
    for at, shown in enumerate(tree.expressions):
        if said in {shown.unalias().sql(dialect="duckdb").casefold(), (shown.alias or "").casefold()}:
            return at
        if isinstance(one, exp.Column) and one.name.casefold() == shown.alias_or_name.casefold():
            return at
    return None


def _is_of_all(shown: exp.Expression) -> bool:
    """Made of aggregates over whole groups and numbers; what depends on a part of a group must itself be a count."""
    found = list(shown.find_all(exp.AggFunc, exp.Anonymous, exp.AnonymousAggFunc))
    if not found or not all(isinstance(one, OF_ALL) for one in found):
        return False
    return not shown.find(*OF_A_PART) or _is_count(shown.unalias())


def _is_count(shown: object) -> bool:
    """How many people of the group: COUNT, or a sum of ones."""
    if isinstance(shown, exp.Filter):
        return isinstance(shown.this, exp.Count)
    if isinstance(shown, exp.Count):
        return not isinstance(shown.this, exp.Distinct)
    return isinstance(shown, exp.Sum) and isinstance(shown.this, exp.Case | exp.If)


def _rewritten(tree: exp.Select, keys: tuple[int, ...]) -> str:
    made = tree.copy()
    for name in ("order", "limit", "offset", "having", "qualify"):
        made.set(name, None)
    named = [exp.alias_(made.expressions[at].unalias(), f"_k{at}") for at in keys]
    made.set("group", exp.Group(expressions=[exp.Literal.number(n + 1) for n in range(len(keys))]) if keys else None)
    made.set("expressions", [*named, exp.alias_(exp.Count(this=exp.Star()), COUNTED)])
    return made.sql(dialect="duckdb", comments=False)
