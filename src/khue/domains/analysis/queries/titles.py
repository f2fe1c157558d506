"""What columns are called on pages: by their headings in the data, never by their names in SQL."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from khue.domains.analysis.engine import Result
from khue.domains.analysis.models import Step
from khue.domains.analysis.queries import labels, tables
from khue.domains.analysis.sql.outputs import TIMES, Output, outputs
from khue.domains.analysis.sql.schema import Schema

# a name that nobody gave for reading: avg_wait, tong, sum(so_ho_so)
_MACHINE = re.compile(r"[a-z_][a-z0-9_]*(\(.*\))?$", re.I | re.S)
# in the facts of a method, what names a column, and what names a group by its value
_COLUMNS = ("value", "x", "y", "group")
_GROUPS = ("highest", "lowest", "treated", "best", "worst")


def of_schema(schema: Schema) -> dict[str, str]:
    return {column.name: column.title or column.name for _table, column in schema.columns()}


def of_result(result: Result, schema: Schema, sql: str = "") -> dict[str, str]:
    """By the headings of the data; what was worked out of a column by that and what was done; two that would be called
    alike keep their names."""
    known = of_schema(schema)
    made = outputs(sql) if sql else []
    of = dict(zip(result.names, made, strict=True)) if len(made) == len(result.names) else {}
    found = {name: _title(name, of.get(name), known) for name in result.names}
    often = Counter(found.values())
    return {name: title if often[title] == 1 else name for name, title in found.items()}


def of_step(step: Step, schema: Schema | None = None) -> dict[str, str]:
    """`schema`: that of its worksheet, where it is known already."""
    schema = schema or tables.schema(tables.of_analysis(step.analysis))
    if step.kind == "sql":
        return of_result(step.table, schema, step.sql)
    known = of_schema(schema)
    return known | {name: labels.column(name, known) for name in step.table.names}


def _title(name: str, output: Output | None, known: Mapping[str, str]) -> str:
    if name in known or output is None or not _MACHINE.match(name):
        return known.get(name, name)
    if output.made in TIMES:
        return {
            "year": _("Year"), "quarter": _("Quarter"), "month": _("Month"), "week": _("Week"), "day": _("Day"),
        }[output.made]  # fmt: skip
    title = known.get(output.column, "")
    if not title:
        return _("Number of rows") if output.made == "count" and not output.alias else name
    return _made(output.made, title) or name


def _made(made: str, title: str) -> str:
    said = {
        "plain": "%(title)s", "mean": _("%(title)s, mean"), "sum": _("%(title)s, sum"), "low": _("%(title)s, lowest"),
        "high": _("%(title)s, highest"), "median": _("%(title)s, median"),
        "distinct": _("%(title)s, how many different"), "count": _("%(title)s, how many known"),
    }  # fmt: skip
    return said.get(made, "") % {"title": title}


# What methods say ---------------------------------------------------------------------------------


def told(facts: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The facts of a method with columns by their headings, and yes and no in words."""
    found = {name: value for name, value in facts.items() if name not in {"facts", "cautions"}}
    found |= {name: known.get(found[name], found[name]) for name in _COLUMNS if isinstance(found.get(name), str)}
    if isinstance(facts.get("facts"), Mapping):
        found["facts"] = told(facts["facts"], known)
    if "cautions" in facts:
        found["cautions"] = [{**one, "facts": headed(one["facts"], known)} for one in facts["cautions"]]
    for name in _GROUPS:
        if found.get(name) in {"True", "False"}:
            found[name] = _answer(labels.value(found[name]), found.get("group"))
    return found


def headed(values: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    return {name: known.get(value, value) if isinstance(value, str) else value for name, value in values.items()}


def _answer(said: str, group: Any) -> str:
    return f"{group}: {said}" if group else said


def in_tables(facts: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The table of other choices has columns of the data in its cells. Elsewhere cells are values, which may happen to
    be written as a column is."""
    shown = [
        {**one, "rows": [[known.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
                         for row in one["rows"]]} if one["name"] == "choices" else one
        for one in facts.get("tables", [])
    ]  # fmt: skip
    return {**facts, **({"tables": shown} if shown else {})}
