"""What the model is shown: the tables first, because they stay the same from question to question and are kept by the
runtime, then examples that are like the question, values that it names, the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khue.domains.analysis.sql.linking import Linked
from khue.domains.analysis.sql.schema import Schema, described, name_in_sql

SYSTEM = (
    "You write DuckDB SQL. Answer the question with ONE SELECT over the tables below. Return the column that is asked "
    "for first. Use only these tables and columns, and values exactly as they are written there. "
    "Write only the SQL, nothing else.\n\n"
)
FENCE = re.compile(r"```(?:sql)?\s*(.*?)(?:```|$)", re.S | re.I)


@dataclass(frozen=True)
class Pair:
    """A question and the SQL that a person approved for it."""

    question: str
    sql: str


Turns = list[tuple[str, str]]


def turns(question: str, schema: Schema, *, examples: Sequence[Pair] = (), links: Sequence[Linked] = ()) -> Turns:
    """As (role, text)."""
    shown: Turns = [("system", SYSTEM + described(schema))]
    for one in examples:
        shown += [("user", one.question), ("assistant", one.sql)]
    return [*shown, ("user", question + _named(links))]


def _named(links: Sequence[Linked]) -> str:
    said = [f"{name_in_sql(one.table)}.{name_in_sql(one.column)} = '{one.value}'" for one in links[:6]]
    return f"\n-- named here: {', '.join(said)}" if said else ""


def repair(before: Turns, sql: str, problem: str) -> Turns:
    """The same, with what was wrong."""
    return [*before, ("assistant", sql), ("user", f"That fails: {problem[:300]}\nWrite it right. Only the SQL.")]


def statement(text: str) -> str:
    """The first statement of what the model wrote."""
    fenced = FENCE.search(text)
    bare = (fenced[1] if fenced else text).strip()
    begun = re.search(r"\b(WITH|SELECT)\b", bare, re.I)
    bare = bare[begun.start() :] if begun else bare
    return bare.split(";\n")[0].split("\n\n")[0].rstrip("; \n")
