"""A statement in words, for who knows no SQL."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from sqlglot import exp

from khue.domains.analysis.sql.schema import Schema

AGGREGATES: dict[type[exp.Expr], str] = {
    exp.Sum: "sum", exp.Avg: "avg", exp.Min: "min", exp.Max: "max", exp.Median: "median", exp.Count: "count",
}  # fmt: skip


def said(tree: exp.Query, schema: Schema) -> str:
    """A few sentences; what is too nested to be told simply is shown as code."""
    told = _Told({column.name.casefold(): column.title for _, column in schema.columns()})
    selects = [tree] if isinstance(tree, exp.Select) else list(tree.find_all(exp.Select))
    return " ".join(told.select(select) for select in selects[:1]) + (
        " " + _("It builds on further statements; the SQL shows them.")
        if len(list(tree.find_all(exp.Select))) > 1
        else ""
    )


class _Told:
    def __init__(self, called: dict[str, str]) -> None:
        self._called = called

    def select(self, select: exp.Select) -> str:
        sentences = [_("Shows %(what)s from %(tables)s.") % {
            "what": self._list(select.expressions), "tables": ", ".join(_tables(select)),
        }]  # fmt: skip
        where, group, having = select.args.get("where"), select.args.get("group"), select.args.get("having")
        if where:
            sentences.append(_("Only rows where %(condition)s.") % {"condition": self.one(where.this)})
        if group and group.expressions:
            sentences.append(
                _("One row for each %(what)s.") % {"what": self._list(self._named(select, group.expressions))}
            )
        if having:
            sentences.append(_("Only groups where %(condition)s.") % {"condition": self.one(having.this)})
        order, limit = select.args.get("order"), select.args.get("limit")
        if order:
            sentences.append(self._order(select, order))
        if limit:
            sentences.append(_("At most %(count)s rows.") % {"count": limit.expression.sql(dialect="duckdb")})
        return " ".join(sentences)

    def _named(self, select: exp.Select, given: Sequence[exp.Expr]) -> list[exp.Expr]:
        """GROUP BY 1 means the first column."""
        named: list[exp.Expr] = []
        for one in given:
            if isinstance(one, exp.Literal) and one.is_int and 0 < int(one.this) <= len(select.expressions):
                named.append(select.expressions[int(one.this) - 1])
            else:
                named.append(one)
        return named

    def _order(self, select: exp.Select, order: exp.Order) -> str:
        parts = []
        for one in order.expressions:
            what = self._list(self._named(select, [one.this]))
            parts.append(
                (_("%(what)s, highest first") if one.args.get("desc") else _("%(what)s, lowest first")) % {"what": what}
            )
        return _("Ordered by %(what)s.") % {"what": "; ".join(parts)}

    def _list(self, given: Sequence[exp.Expr]) -> str:
        return ", ".join(self.one(one) for one in given)

    def one(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Alias):
            return self.one(node.this)
        if isinstance(node, exp.Paren):
            return f"({self.one(node.this)})"
        if isinstance(node, exp.Column):
            return f"“{self._called.get(node.name.casefold(), node.name)}”"
        if isinstance(node, exp.Star):
            return _("all columns")
        if isinstance(node, exp.Filter):
            return _("%(what)s among rows where %(condition)s") % {
                "what": self.one(node.this), "condition": self.one(node.expression.this),
            }  # fmt: skip
        if type(node) in AGGREGATES:
            return self._aggregate(node)
        return self._compared(node)

    def _aggregate(self, node: exp.Expr) -> str:
        kind, inner = AGGREGATES[type(node)], node.this
        if kind == "count":
            if isinstance(inner, exp.Distinct):
                return _("the number of different %(what)s") % {"what": self._list(inner.expressions)}
            return _("the number of rows") if isinstance(inner, exp.Star) else _("the number of values of %(what)s") % {
                "what": self.one(inner)}  # fmt: skip
        said = {
            "sum": _("the sum of %(what)s"),
            "avg": _("the mean of %(what)s"),
            "min": _("the lowest %(what)s"),
            "max": _("the highest %(what)s"),
            "median": _("the median of %(what)s"),
        }[kind]
        return said % {"what": self.one(inner)}

    def _compared(self, node: exp.Expr) -> str:
        if isinstance(node, exp.And):
            return _("%(one)s and %(other)s") % {"one": self.one(node.left), "other": self.one(node.right)}
        if isinstance(node, exp.Or):
            return _("%(one)s or %(other)s") % {"one": self.one(node.left), "other": self.one(node.right)}
        if isinstance(node, exp.Not) and isinstance(node.this, exp.Is):
            return _("%(what)s is there") % {"what": self.one(node.this.this)}
        if isinstance(node, exp.Not):
            return _("not %(what)s") % {"what": self.one(node.this)}
        if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
            return _("%(what)s is missing") % {"what": self.one(node.this)}
        signs = {exp.EQ: "=", exp.NEQ: "≠", exp.GT: ">", exp.GTE: "≥", exp.LT: "<", exp.LTE: "≤", exp.Add: "+",
                 exp.Sub: "−", exp.Mul: "×", exp.Div: "÷"}  # fmt: skip
        if type(node) in signs and isinstance(node, exp.Binary):
            return f"{self.one(node.left)} {signs[type(node)]} {self.one(node.right)}"
        if isinstance(node, exp.In) and node.expressions:
            return _("%(what)s is one of %(values)s") % {
                "what": self.one(node.this), "values": ", ".join(one.sql(dialect="duckdb") for one in node.expressions),
            }  # fmt: skip
        if isinstance(node, exp.Between):
            return _("%(what)s is from %(low)s to %(high)s") % {
                "what": self.one(node.this), "low": self.one(node.args["low"]), "high": self.one(node.args["high"]),
            }  # fmt: skip
        return node.sql(dialect="duckdb")


def _tables(select: exp.Select) -> list[str]:
    return list(dict.fromkeys(table.name for table in select.find_all(exp.Table)))
