"""What the model is shown: the tables first, because they stay the same from question to question and are kept by the
runtime, then examples that are like the question, values that it names, the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khue.domains.analysis.sql.linking import Linked
from khue.domains.analysis.sql.schema import Schema, described

SYSTEM = (
    "You write DuckDB SQL. Answer the question with ONE SELECT over the tables below. Return what is asked for, no "
    "more. Use only these tables and columns, and values exactly as they are written there. Write only the SQL.\n"
    "- which X has the highest average Y: SELECT x FROM t GROUP BY x ORDER BY avg(y) DESC LIMIT 1\n"
    "- Xs whose average Y is above 5: SELECT x FROM t GROUP BY x HAVING avg(y) > 5\n"
    "- which X has the highest share of yes in b: SELECT x FROM t GROUP BY x ORDER BY avg(b::INT) DESC LIMIT 1\n"
    "- by year, over the years, qua các năm, par an: SELECT year, … GROUP BY year ORDER BY year\n"
    "- what percentage: 100.0 * count(*) FILTER (WHERE …) / count(*)\n"
    "- a yes/no column b: WHERE b, or WHERE NOT b for late, not done, not passed\n"
    "- A per B above 30: WHERE a * 1.0 / b > 30\n"
)
MAY_BE_MISSING = "- what is asked for stands in no column: SELECT 'missing: …'\n"
FENCE = re.compile(r"```(?:sql)?\s*(.*?)(?:```|$)", re.S | re.I)


@dataclass(frozen=True)
class Pair:
    """A question and the SQL that a person approved for it."""

    question: str
    sql: str


Turns = list[tuple[str, str]]
# shows by an example what no rule makes a small model do
NOT_THERE: Turns = [
    ("user", "What is the average shoe size in each province?"),
    ("assistant", "SELECT 'missing: shoe size'"),
    ("user", "Cỡ giày trung bình theo năm"),
    ("assistant", "SELECT 'missing: cỡ giày'"),
]
MISSING = re.compile(r"^\s*SELECT\s+'missing:\s*([^']{1,80})'\s*$", re.I)


def turns(
    question: str,
    schema: Schema,
    *,
    made: Sequence[Pair] = (),
    examples: Sequence[Pair] = (),
    links: Sequence[Linked] = (),
    most: int = 0,
) -> Turns:
    """As (role, text). `made` is the same for each question and so comes first; `most`: how many rows it wants."""
    system = ("system", f"{SYSTEM}{MAY_BE_MISSING}\n{described(schema)}")
    return [system, *_asked(made), *NOT_THERE, *_asked(examples), ("user", question + _named(links, most))]


def _asked(pairs: Sequence[Pair]) -> Turns:
    return [turn for one in pairs for turn in (("user", one.question), ("assistant", one.sql))]


def _named(links: Sequence[Linked], most: int) -> str:
    said = [one.condition for one in links[:6]] + ([f"LIMIT {most}"] if most else [])
    return f"\n-- named here: {', '.join(said)}" if said else ""


def repair(before: Turns, sql: str, problem: str) -> Turns:
    """The same, with what was wrong."""
    return [*before, ("assistant", sql), ("user", f"That fails: {problem[:300]}\nWrite it right. Only the SQL.")]


def insisting(before: Turns) -> Turns:
    """The same without the way out, for what was called missing and is there: told so, a small model says it again."""
    system, *rest = [turn for turn in before if turn not in NOT_THERE]
    return [("system", system[1].replace(MAY_BE_MISSING, "")), *rest]


def missing(sql: str) -> str:
    """What the model says is not there; empty where it wrote a statement."""
    found = MISSING.match(sql)
    return found[1].strip() if found else ""


def statement(text: str) -> str:
    """The first statement of what the model wrote."""
    fenced = FENCE.search(text)
    bare = (fenced[1] if fenced else text).strip()
    begun = re.search(r"\b(WITH|SELECT)\b", bare, re.I)
    bare = bare[begun.start() :] if begun else bare
    return bare.split(";\n")[0].split("\n\n")[0].rstrip("; \n")
