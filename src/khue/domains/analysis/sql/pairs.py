"""Questions with their SQL made from the tables themselves: they stand before those that a person approved, are the
same for every question, and so cost a prompt nothing once it is kept."""

from collections.abc import Iterator
from itertools import islice

from khue.domains.analysis.profile.columns import ColumnProfile
from khue.domains.analysis.sql.prompt import Pair
from khue.domains.analysis.sql.schema import Schema, SchemaTable, name_in_sql

MOST = 6
MOST_GROUPS = 60
# years that reach further are those of birth or building
LONGEST_SERIES = 40


def made(schema: Schema) -> list[Pair]:
    """One of each pattern that the columns allow, in turn in the three languages."""
    found = [*islice(_joined(schema), 1), *(pair for table in schema.tables for pair in _of_table(table))]
    first: dict[str, Pair] = {}
    for pair in found:
        first.setdefault(_pattern(pair.sql), pair)
    return list(first.values())[:MOST]


def _pattern(sql: str) -> str:
    return " ".join(word for word in sql.split() if word.isupper() or "(" in word)[:60]


def _of_table(table: SchemaTable) -> Iterator[Pair]:
    of, what = name_in_sql(table.name), table.title.lower()
    groups, amounts = _groups(table), _of_role(table, "measure")
    times = [one for one in _of_role(table, "time") if one.type in {"date", "datetime"}]
    years = [one for one in _of_role(table, "time") if one.type == "integer" and (one.minimum or 0) > 1900]
    years = [one for one in years if one.maximum - one.minimum < LONGEST_SERIES]
    truths = [one for one in table.profile.columns if one.type == "boolean"]
    if groups:
        one = groups[0]
        name, value = name_in_sql(one.name), str(one.values[0][0])
        if "'" not in value:
            yield Pair(f"{what}: {value}?", f"SELECT count(*) FROM {of} WHERE {name} = '{value}'")
    if groups and amounts:
        name, amount = name_in_sql(groups[0].name), name_in_sql(amounts[0].name)
        yield Pair(
            f"3 {groups[0].title.lower()}: {amounts[0].title.lower()} trung bình cao nhất",
            f"SELECT {name} FROM {of} GROUP BY {name} ORDER BY avg({amount}) DESC LIMIT 3",
        )
        yield Pair(
            f"Which {groups[0].title.lower()} have an average {amounts[0].title.lower()} above {_round(amounts[0])}?",
            f"SELECT {name} FROM {of} GROUP BY {name} HAVING avg({amount}) > {_round(amounts[0])}",
        )
    if times:
        name = name_in_sql(times[0].name)
        year = str(times[0].maximum)[:4]
        yield Pair(
            f"{what} by month in {year}",
            f"SELECT month({name}), count(*) FROM {of} WHERE year({name}) = {year} GROUP BY 1 ORDER BY 1",
        )
    if years and amounts:
        name, amount = name_in_sql(years[0].name), name_in_sql(amounts[0].name)
        yield Pair(
            f"{amounts[0].title} trung bình qua các năm",
            f"SELECT {name}, avg({amount}) FROM {of} GROUP BY {name} ORDER BY {name}",
        )
    if truths and groups:
        name, truth = name_in_sql(groups[-1].name), name_in_sql(truths[0].name)
        yield Pair(
            f"Part de « {truths[0].title.lower()} » par {groups[-1].title.lower()}, en pourcentage",
            f"SELECT {name}, 100.0 * count(*) FILTER (WHERE {truth}) / count(*) FROM {of} GROUP BY {name}",
        )


def _round(amount: ColumnProfile) -> str:
    """Its mean by two digits."""
    return f"{float(f'{amount.mean or 0:.2g}'):g}"


def _groups(table: SchemaTable) -> list[ColumnProfile]:
    columns = [*_of_role(table, "place"), *_of_role(table, "category")]
    return [one for one in columns if one.type == "text" and one.values and one.distinct <= MOST_GROUPS]


def _of_role(table: SchemaTable, role: str) -> list[ColumnProfile]:
    return [one for one in table.profile.columns if one.role == role and not one.personal]


def _joined(schema: Schema) -> Iterator[Pair]:
    """An amount of one table by a group of another that shares a key."""
    for left in schema.tables:
        for right in schema.tables:
            keys = [one.name for one in right.profile.columns if left.column(one.name) and one.role == "identifier"]
            groups, amounts = _groups(right), _of_role(left, "measure")
            if left is right or not keys or not groups or not amounts:
                continue
            key, group, amount = (name_in_sql(name) for name in (keys[0], groups[0].name, amounts[0].name))
            if left.column(groups[0].name) or right.column(amounts[0].name):
                continue
            yield Pair(
                f"Average {amounts[0].title.lower()} by {groups[0].title.lower()}",
                f"SELECT b.{group}, avg(a.{amount}) FROM {name_in_sql(left.name)} a "
                f"JOIN {name_in_sql(right.name)} b USING ({key}) GROUP BY b.{group}",
            )
