"""A question becomes a result: written by the model, mended, checked, run; repaired from the error at most twice."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp

from khue.domains.analysis.engine import QueryFailed, Result, digest
from khue.domains.analysis.sql import prompt
from khue.domains.analysis.sql.absent import holding, is_foreign
from khue.domains.analysis.sql.check import Checked, Refused, check
from khue.domains.analysis.sql.linking import Linked, how_many, links, years
from khue.domains.analysis.sql.mending import headed, mended, unknown_values
from khue.domains.analysis.sql.pairs import made
from khue.domains.analysis.sql.prompt import Pair, Turns, missing, statement
from khue.domains.analysis.sql.schema import Schema

# (turns, temperature, seed) → what the model wrote
Write = Callable[[Turns, float, int], str]
Run = Callable[[str], Result]
Stage = Literal["columns", "writing", "checking", "running", "repairing"]
REPAIRS = 2
UNGROUPED = re.compile(r'column "(.+?)" must appear in the GROUP BY clause')


@dataclass(frozen=True)
class Ways:
    """What takes part; benchmarks/text_to_sql.py says what each gains."""

    links: bool = True
    mending: bool = True
    made: bool = True
    # whether it may say that something is missing
    missing: bool = True
    repairs: int = REPAIRS
    votes: int = 1


@dataclass(frozen=True)
class Try:
    sql: str
    fault: str
    detail: str = ""


@dataclass(frozen=True)
class Asked:
    """`checked` and `result` are None where no statement could be had; `tries` says what went wrong on the way."""

    checked: Checked | None
    result: Result | None
    tries: tuple[Try, ...] = ()
    votes: int = 1
    by: str = "model"
    missing: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        return self.result is not None


@dataclass
class _Work:
    question: str
    schema: Schema
    run: Run
    ways: Ways
    tell: Callable[[Stage], None]
    named: list[Linked] = field(default_factory=list)


def ask(
    question: str,
    schema: Schema,
    *,
    write: Write,
    run: Run,
    examples: Sequence[Pair] = (),
    ways: Ways = Ways(),
    tell: Callable[[Stage], None] = lambda stage: None,
) -> Asked:
    """`tell` hears how far it is. Raises Refused with "person" where the question asks for a person's row."""
    named = links(question, schema) if ways.links else []
    work = _Work(question, schema, run, ways, tell, named)
    turns = prompt.turns(
        question, schema, made=made(schema) if ways.made else (), examples=examples,
        links=[*named, *years(question, schema)] if ways.links else [], most=how_many(question) if ways.links else 0,
    )  # fmt: skip
    turns = turns if ways.missing else prompt.insisting(turns)
    first = _written(work, turns, write, 0.0, 1)
    if ways.votes < 2:
        return first
    others = [_written(work, turns, write, 0.7, seed) for seed in range(2, ways.votes + 1)]
    return _most([first, *others])


def _written(work: _Work, turns: Turns, write: Write, temperature: float, seed: int) -> Asked:
    tries: list[Try] = []
    doubted: Asked | None = None
    for attempt in range(work.ways.repairs + 1):
        work.tell("repairing" if attempt else "writing")
        sql = statement(write(turns, temperature if not attempt else 0.0, seed))
        if absent := missing(sql):
            there = holding(absent, work.schema)
            if there is None:
                return doubted or Asked(None, None, tuple(tries), missing=(absent,))
            tries.append(Try(sql, "there", there))
            turns = prompt.insisting(turns)
            continue
        try:
            checked, result = _ran(work, sql)
        except Refused as refusal:
            if refusal.code == "person":
                raise
            if refusal.code == "column" and not attempt and is_foreign(refusal.detail, work.schema):
                return Asked(None, None, (Try(sql, refusal.code, refusal.detail),), missing=(refusal.detail,))
            tries.append(Try(sql, refusal.code, refusal.detail))
        except QueryFailed as problem:
            tries.append(Try(sql, problem.fault, problem.detail))
            if problem.fault != "sql":
                break
        else:
            doubt = _doubt(work, sql, checked, result) if attempt < work.ways.repairs and not doubted else None
            if doubt is None:
                is_worse = doubted is not None and is_empty(result)
                return doubted if doubted and is_worse else Asked(checked, result, tuple(tries))
            tries.append(doubt)
            doubted = Asked(checked, result, tuple(tries[:-1]))
        if len(tries) > 1 and tries[-1].sql == tries[-2].sql:
            break
        turns = prompt.repair(turns, sql, _said(tries[-1], work.schema))
    return doubted or Asked(None, None, tuple(tries))


def _doubt(work: _Work, sql: str, checked: Checked, result: Result) -> Try | None:
    """A statement that runs and is hardly what was meant: it finds nothing, or passes over a value that was named."""
    if is_empty(result):
        return Try(sql, "nothing")
    unused = [one for one in work.named if one.value not in _texts(checked)]
    return Try(sql, "unused", unused[0].condition) if len(unused) == 1 and _is_certain(unused[0], work.schema) else None


def is_empty(result: Result) -> bool:
    return all(value is None for row in result.rows for value in row)


def _texts(checked: Checked) -> set[str]:
    return {literal.this for literal in checked.tree.find_all(exp.Literal) if literal.is_string}


def _is_certain(one: Linked, schema: Schema) -> bool:
    """A name of a thing, not a word that happens to be a value too, and of one column only."""
    columns = [column for _, column in schema.columns() if any(str(value) == one.value for value, _ in column.values)]
    return len({column.name for column in columns}) == 1 and (" " in one.words or columns[0].role == "place")


def _ran(work: _Work, sql: str) -> tuple[Checked, Result]:
    work.tell("checking")
    put_right = headed(mended(sql, work.schema, work.question), work.schema) if work.ways.mending else sql
    checked = check(put_right, work.schema)
    if work.ways.mending and (strange := unknown_values(checked.sql, work.schema)):
        column, value = strange[0]
        raise Refused("value", f"{column}={value}")
    work.tell("running")
    return checked, work.run(checked.sql)


def _said(one: Try, schema: Schema) -> str:
    """The fault as the model understands it."""
    if one.fault == "column":
        holder = [table.name for table in schema.tables if table.column(one.detail)]
        if holder:
            return f"{one.detail} is a column of {holder[0]}: JOIN {holder[0]}"
        there = ", ".join(f"{table.name}.{column.name}" for table, column in schema.columns()[:40])
        return f"there is no column {one.detail}. Columns: {there}"
    if one.fault == "table":
        return f"there is no table {one.detail}. Tables: {', '.join(table.name for table in schema.tables)}"
    if one.fault == "value":
        column, _, value = one.detail.partition("=")
        found = next((held for _, held in schema.columns() if held.name == column), None)
        there = ", ".join(f"'{known}'" for known, _ in found.values[:12]) if found else ""
        return f"{column} is never '{value}'. Its values: {there}"
    if one.fault == "nothing":
        return "it runs but finds nothing. Look at the values and at the dates of the columns again"
    if one.fault == "unused":
        return f"it does not look at {one.detail}, which the question names"
    if one.fault in {"several", "writes", "empty", "source"}:
        return "only one SELECT over the tables is allowed"
    if ungrouped := UNGROUPED.search(one.detail):
        return f"with GROUP BY write sum({ungrouped[1]}) or avg({ungrouped[1]}), or leave GROUP BY out"
    return one.detail.split("\n\n")[0] or one.fault


def _most(answers: Sequence[Asked]) -> Asked:
    """The result that most of them give; the first, where none does twice."""
    given = [(one, digest((), sorted(one.result.rows, key=repr))) for one in answers if one.result is not None]
    if not given:
        return answers[0]
    counted = Counter(key for _, key in given)
    best, votes = counted.most_common(1)[0]
    chosen = next(one for one, key in given if key == best)
    return Asked(chosen.checked, chosen.result, answers[0].tries, votes)
