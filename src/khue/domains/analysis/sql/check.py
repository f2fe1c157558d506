"""What may run: one statement that reads known columns of known tables, by functions that only compute.

What runs is written anew from what was understood, without comments, so that nothing runs that was not looked at. The
engine is locked down besides (khue.domains.analysis.engine.child); this here is so that a refusal says why.
"""

import logging
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from khue.domains.analysis.sql.functions import ALLOWED
from khue.domains.analysis.sql.schema import Schema

LONGEST = 8000
# what it says of statements that it does not know is said by the refusal
logging.getLogger("sqlglot").setLevel(logging.ERROR)
Code = Literal[
    "empty", "long", "signs", "unreadable", "several", "writes", "function", "source", "table", "column", "recursive",
    "person", "value",
]  # fmt: skip


class Refused(Exception):
    """`detail` is the name or the words that it is about."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Checked:
    """`sql` is what runs; `tree` what it means, `columns` what it reads, as (table, column)."""

    sql: str
    tree: exp.Query
    columns: frozenset[tuple[str, str]]


def check(sql: str, schema: Schema) -> Checked:
    """Raises Refused."""
    tree = _read(sql)
    _only_reads(tree)
    _only_computes(tree)
    _known_tables(tree, schema)
    qualified = _qualified(tree, schema)
    _no_person(qualified, schema)
    return Checked(tree.sql(dialect="duckdb", comments=False), tree, _columns(qualified))


def _read(sql: str) -> exp.Query:
    text = sql.strip().rstrip(";").strip()
    if not text:
        raise Refused("empty")
    if len(text) > LONGEST:
        raise Refused("long")
    for sign in text:
        if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn"} and sign not in "\n\r\t":
            raise Refused("signs", f"U+{ord(sign):04X}")
    try:
        read = sqlglot.parse(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as problem:
        raise Refused("unreadable", str(problem).splitlines()[0][:200]) from problem
    statements = [one for one in read if one is not None]
    if len(statements) != 1:
        raise Refused("several" if statements else "empty")
    if not isinstance(statements[0], exp.Query):
        raise Refused("writes", type(statements[0]).__name__.upper())
    return statements[0]


FORBIDDEN = (
    exp.DDL, exp.DML, exp.Command, exp.Copy, exp.Attach, exp.Detach, exp.Pragma, exp.Set, exp.Into, exp.Use, exp.Kill,
    exp.Transaction, exp.Commit, exp.Rollback, exp.Describe, exp.Summarize, exp.Show, exp.LoadData, exp.Merge,
    exp.Lock, exp.Parameter, exp.Placeholder, exp.SessionParameter, exp.Drop, exp.Alter, exp.Analyze, exp.Cache,
)  # fmt: skip


# texts with escapes of their own, which two programs may read in two ways
SPECIAL_TEXTS = (
    exp.ByteString,
    exp.HexString,
    exp.BitString,
    exp.UnicodeString,
    exp.RawString,
    exp.National,
    exp.Heredoc,
)


def _only_reads(tree: exp.Query) -> None:
    for node in tree.walk():
        if isinstance(node, SPECIAL_TEXTS):
            raise Refused("unreadable", node.sql(dialect="duckdb")[:60])
        if isinstance(node, FORBIDDEN) and not isinstance(node, exp.Query):
            raise Refused("writes", type(node).__name__.upper())
        if isinstance(node, exp.With) and node.args.get("recursive"):
            raise Refused("recursive")


def _only_computes(tree: exp.Query) -> None:
    for node in tree.find_all(exp.Func):
        if isinstance(node, exp.Connector):
            continue
        name = node.name if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc) else type(node).sql_name()
        if name.upper() not in ALLOWED:
            raise Refused("function", name.lower())


def _known_tables(tree: exp.Query, schema: Schema) -> None:
    """By scope: a name of a WITH counts only where it can be seen."""
    known = {table.name.casefold() for table in schema.tables}
    defined = {cte.alias.casefold() for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or table.args.get("db") or table.args.get("catalog"):
            raise Refused("source", table.sql(dialect="duckdb")[:100])
        if table.name.casefold() not in known | defined:
            raise Refused("table", table.name)
    for node in tree.find_all(exp.Unnest, exp.Lateral, exp.Values, exp.TableFromRows):
        if not isinstance(node, exp.Values):
            raise Refused("source", node.sql(dialect="duckdb")[:100])


def _qualified(tree: exp.Query, schema: Schema) -> exp.Query:
    try:
        return qualify(
            tree.copy(), schema=schema.as_sqlglot(), dialect="duckdb", quote_identifiers=False, identify=False
        )
    except SqlglotError as problem:
        raise Refused("column", _named(str(problem))) from problem
    except RecursionError as problem:
        raise Refused("long") from problem


def _named(message: str) -> str:
    """The column in sqlglot's words: "Column 'x' could not be resolved …"."""
    parts = message.split("'")
    return parts[1] if len(parts) > 2 else message.split("\n")[0][:100]


def _columns(qualified: exp.Query) -> frozenset[tuple[str, str]]:
    found = set()
    for scope in traverse_scope(qualified):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table):
                found.add((source.name, column.name))
    return frozenset(found)


# Whom the data are about ------------------------------------------------------------------------


def _no_person(qualified: exp.Query, schema: Schema) -> None:
    """Columns that hold personal data may be counted and tested for being there, nothing else."""
    personal = _personal(schema)
    if not personal:
        return
    for scope in traverse_scope(qualified):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            held = personal.get(source.name.casefold(), ()) if isinstance(source, exp.Table) else ()
            if column.name.casefold() in held and not _only_counted(column):
                raise Refused("person", column.name)


def _personal(schema: Schema) -> Mapping[str, Collection[str]]:
    found = {
        table.name.casefold(): {one.name.casefold() for one in table.profile.columns if one.personal}
        for table in schema.tables
    }
    return {table: columns for table, columns in found.items() if columns}


def _only_counted(column: exp.Column) -> bool:
    parent = column.parent
    if isinstance(parent, exp.Distinct):
        parent = parent.parent
    if isinstance(parent, exp.Count | exp.ApproxDistinct):
        return True
    return isinstance(parent, exp.Is) and isinstance(parent.expression, exp.Null)
