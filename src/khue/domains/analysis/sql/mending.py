"""What ordinary code puts right in a statement: names and values that are almost those of the tables."""

import re
from collections.abc import Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from khue.domains.analysis.profile.columns import ColumnProfile
from khue.domains.analysis.provinces.matching import plain
from khue.domains.analysis.sql.linking import _other_names
from khue.domains.analysis.sql.schema import Schema, SchemaTable

# how the heading of a column of numbers of things begins, and how people ask for such a number
NUMBER_OF = re.compile(r"^(?:tong so|so luong|so|number of|total|nombre d(?:e|es)?|nb|no of)\s+(?P<things>.+)$")
ASKED_FOR = r"\b(?:so luong|so|bao nhieu|number of|how many|total|nombre de|nombre d|combien de|combien d)\s+"


def mended(sql: str, schema: Schema, question: str = "") -> str:
    """The statement with names and values as the tables write them, with the column of numbers that the question names
    instead of a number of rows, with parts of dates taken of the column of dates, and with what it ranks by; unchanged
    where it cannot be read."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except (SqlglotError, RecursionError):
        return sql
    if not isinstance(tree, exp.Query):
        return sql
    _tables(tree, schema)
    _columns(tree, schema)
    _joins(tree, schema)
    _values(tree, schema)
    _amounts(tree, schema, question)
    _dates(tree, schema)
    _ranked(tree)
    return tree.sql(dialect="duckdb")


def headed(sql: str, schema: Schema) -> str:
    """What is worked out of one column and has no name of its own is called as the heading of that column."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except (SqlglotError, RecursionError):
        return sql
    if not isinstance(tree, exp.Select):
        return sql
    titles = {column.name: column.title for _, column in schema.columns()}
    taken = {plain(one.alias_or_name) for one in tree.expressions}
    for one in tree.expressions:
        of = {column.name for column in one.find_all(exp.Column)}
        title = titles.get(next(iter(of)), "") if len(of) == 1 else ""
        if isinstance(one, exp.Sum | exp.Avg | exp.Min | exp.Max | exp.Median) and title and plain(title) not in taken:
            taken.add(plain(title))
            one.replace(exp.alias_(one.copy(), title, quoted=True))
    return tree.sql(dialect="duckdb")


def _tables(tree: exp.Query, schema: Schema) -> None:
    known = {plain(table.name): table.name for table in schema.tables}
    defined = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        right = known.get(plain(table.name))
        if right and table.name not in defined and table.name != right:
            table.set("this", exp.to_identifier(right, quoted=not right.isidentifier()))


def _columns(tree: exp.Query, schema: Schema) -> None:
    names = {column.name for _, column in schema.columns()}
    known: dict[str, str] = {}
    for _, column in schema.columns():
        known |= {plain(column.name): column.name, plain(column.title): column.name}
    known |= {plain(name).replace(" ", ""): name for name in names}
    known |= _times(schema)
    aliases = {alias.alias for alias in tree.find_all(exp.Alias)}
    for named in tree.find_all(exp.Column):
        if named.name in names or named.name in aliases:
            continue
        right = known.get(plain(named.name)) or known.get(plain(named.name).replace(" ", ""))
        if right:
            named.set("this", exp.to_identifier(right))


def _times(schema: Schema) -> dict[str, str]:
    """ "year" where the column is "nam": the one column of whole years, or of months, by its name in any language."""
    found: dict[str, str] = {}
    for words in (("nam", "year", "annee"), ("thang", "month", "mois"), ("quy", "quarter", "trimestre")):
        there = {c.name for _, c in schema.columns() if c.type == "integer" and plain(c.name) in words}
        if len(there) == 1:
            found |= dict.fromkeys(words, there.pop())
    return found


def _joins(tree: exp.Query, schema: Schema) -> None:
    """A plain SELECT that uses a column of a table which it does not read, where one key leads there; and names of
    tables that were never given."""
    if not isinstance(tree, exp.Select) or len(list(tree.find_all(exp.Select))) != 1:
        return
    read = {table.alias_or_name: table.name for table in tree.find_all(exp.Table)}
    there = [table for table in schema.tables if table.name in read.values()]
    for column in tree.find_all(exp.Column):
        if column.table and column.table not in read:
            column.set("table", None)
        elsewhere = [table for table in schema.tables if table not in there and table.column(column.name)]
        if column.table or len(elsewhere) != 1 or any(table.column(column.name) for table in there):
            continue
        if key := next((k for table in there for k in _keys(table, elsewhere[0])), None):
            tree.join(exp.to_table(elsewhere[0].name), using=[key], copy=False)
            there.append(elsewhere[0])
            _qualify_all(tree, there)


def _keys(left: SchemaTable, right: SchemaTable) -> list[str]:
    return [one.name for one in right.profile.columns if one.role == "identifier" and left.column(one.name)]


def _qualify_all(tree: exp.Select, there: list[SchemaTable]) -> None:
    """Each column by the first table that has it, under the name that the statement gives to that."""
    called = {table.name: table.alias_or_name for table in tree.find_all(exp.Table)}
    for column in tree.find_all(exp.Column):
        if not column.table:
            holder = next((table for table in there if table.column(column.name)), None)
            if holder:
                column.set("table", exp.to_identifier(called[holder.name]))


def _values(tree: exp.Query, schema: Schema) -> None:
    """Texts that are compared with a column whose values are all known."""
    held = _held(schema)
    for literal in tree.find_all(exp.Literal):
        column = _compared_with(literal)
        if not literal.is_string or column is None:
            continue
        values = held.get(column.name.casefold())
        if values and literal.this not in values.values():
            right = _meant(literal.this, values)
            if right is not None:
                literal.replace(exp.Literal.string(right))


def _amounts(tree: exp.Query, schema: Schema, question: str) -> None:
    """ "Số hồ sơ" where that is a column: its sum, and not how many rows there are."""
    read = {table.name for table in tree.find_all(exp.Table)}
    rows = [one for one in tree.find_all(exp.Count) if isinstance(one.this, exp.Star)]
    named = {things: column for things, column in _numbers_of(schema, read).items()
             if re.search(rf"{ASKED_FOR}{things}\b", plain(question))}  # fmt: skip
    if not rows or not named:
        return
    column = named[max(named, key=len)]
    if column not in {one.name for one in tree.find_all(exp.Column)}:
        for one in rows:
            one.replace(exp.Sum(this=exp.column(column)))


def _dates(tree: exp.Query, schema: Schema) -> None:
    """The year or month of a measure is meant of the dates, where the tables that are read have one column of them."""
    read = {table.name for table in tree.find_all(exp.Table)}
    types = {column.name: column.type for table, column in schema.columns() if table.name in read}
    dates = [name for name, kind in types.items() if kind in {"date", "datetime"}]
    if len(dates) != 1:
        return
    for part in tree.find_all(exp.Year, exp.Quarter, exp.Month, exp.Week):
        if isinstance(part.this, exp.Column) and types.get(part.this.name, "date") not in {"date", "datetime"}:
            part.set("this", exp.column(dates[0]))


def _ranked(tree: exp.Query) -> None:
    """“The five provinces with the longest wait”: the wait is shown too."""
    order = tree.args.get("order")
    if not isinstance(tree, exp.Select) or not order or not tree.args.get("group") or tree.args.get("distinct"):
        return
    shown = {one.unalias().sql() for one in tree.expressions}
    for one in order.expressions:
        by = one.this
        if by.find(exp.AggFunc) and by.sql() not in shown:
            tree.select(by.copy(), copy=False)


def _numbers_of(schema: Schema, tables: set[str]) -> dict[str, str]:
    """What is counted → the column that holds the number."""
    found = {}
    for table, column in schema.columns():
        heading = NUMBER_OF.match(plain(re.sub(r"\(.*?\)", "", column.title)))
        if heading and column.role == "measure" and table.name in tables:
            found[heading["things"]] = column.name
    return found


def _held(schema: Schema) -> dict[str, dict[str, str]]:
    """By column: how a value is called → how the data write it."""
    held: dict[str, dict[str, str]] = {}
    for _, column in schema.columns():
        if column.type == "text" and column.values_complete:
            held.setdefault(column.name.casefold(), {}).update(_calls(column))
    return held


def _calls(column: ColumnProfile) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, _ in column.values:
        words = plain(str(value))
        names = {words, *_other_names(words)} if column.role == "place" else {words}
        found |= {name: str(value) for name in names} | {words.replace(" ", ""): str(value)}
    return found


def _meant(text: str, values: Mapping[str, str]) -> str | None:
    words = plain(text.strip("%"))
    if words in values or words.replace(" ", "") in values:
        return values.get(words) or values[words.replace(" ", "")]
    near = {value for name, value in values.items() if words and (name in words.split() or f" {name} " in f" {words} ")}
    return near.pop() if len(near) == 1 else None


def _compared_with(literal: exp.Literal) -> exp.Column | None:
    parent = literal.parent
    if isinstance(parent, exp.EQ | exp.NEQ):
        other = parent.left if parent.right is literal else parent.right
        return _column(other)
    if isinstance(parent, exp.In):
        return _column(parent.this)
    return None


def _column(node: exp.Expr) -> exp.Column | None:
    while isinstance(node, exp.Lower | exp.Upper | exp.Paren | exp.Trim):
        node = node.this
    return node if isinstance(node, exp.Column) else None


def unknown_values(sql: str, schema: Schema) -> list[tuple[str, str]]:
    """(column, value) of comparisons that no row can meet."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except (SqlglotError, RecursionError):
        return []
    held, found = _held(schema), []
    for literal in tree.find_all(exp.Literal):
        column = _compared_with(literal)
        if literal.is_string and column is not None and column.name.casefold() in held:
            values = held[column.name.casefold()]
            if literal.this not in values.values():
                found.append((column.name, literal.this))
    return found
