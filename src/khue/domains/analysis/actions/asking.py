"""A question in a person's words → SQL, rows, chart, a sentence; and the step that keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from khue.domains.analysis import charts
from khue.domains.analysis.actions import steps
from khue.domains.analysis.engine import QueryFailed, Result
from khue.domains.analysis.models import Analysis, Dataset, Example, Step
from khue.domains.analysis.permissions import check_can_change
from khue.domains.analysis.queries import reading, sql_words, tables, titles
from khue.domains.analysis.queries.wording import refused
from khue.domains.analysis.sql import asking
from khue.domains.analysis.sql.check import Checked, Refused, check
from khue.domains.analysis.sql.examples import nearest
from khue.domains.analysis.sql.prompt import Pair, Turns
from khue.domains.analysis.sql.schema import Schema
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel import jobs
from khue.kernel.errors import UserError

EMBED = "analysis.embed"
LONGEST_QUESTION = 500
TOKENS = 240


class NotAnswered(UserError):
    """`missing` names what the columns do not hold; `tries` are (SQL, what was wrong)."""

    def __init__(self, message: str, *, missing: Sequence[str] = (), tries: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.missing = tuple(missing)
        self.tries = tuple(tries)


@dataclass(frozen=True)
class Answer:
    """`checked`: the statement was understood as one that only reads known columns before it ran; `words` is that
    statement in words; `by`: "pattern" where ordinary code wrote it, else the model."""

    sql: str
    words: str
    result: Result
    chart: dict[str, Any]
    reading: str
    checked: bool
    by: str
    ledger: tuple[str, ...] = ()
    tries: tuple[tuple[str, str], ...] = ()


class Watch:
    """Hears how far a question is; may raise to end it."""

    def stage(self, stage: str) -> None: ...

    def place(self, place: gateway.Place) -> None: ...

    def piece(self, text: str) -> None: ...


@dataclass
class _Model:
    """The gateway as `asking.Write`; keeps the calls."""

    caller: Caller
    data_class: DataClass
    watch: Watch
    ledger: list[str] = field(default_factory=list)

    def __call__(self, turns: Turns, temperature: float, seed: int) -> str:
        made = [gateway.Turn(role, text) for role, text in turns]  # type: ignore[arg-type]
        options = gateway.Options(max_tokens=TOKENS, temperature=temperature, seed=seed, stop=(";\n", "\n\n"))
        with gateway.chat(made, caller=self.caller, data_class=self.data_class, options=options) as stream:
            for place in stream.wait():
                self.watch.place(place)
            for piece in stream:
                self.watch.piece(piece)
            reply = stream.text()
        self.ledger.append(str(reply.ledger_id))
        return reply.text


def answer(*, by: Actor, datasets: Sequence[Dataset], question: str, watch: Watch = Watch()) -> Answer:
    """Raises NotAnswered, GatewayError."""
    named = tables.of_datasets(datasets)
    if not named:
        raise NotAnswered(_("There is no table to ask yet: the data are still being read, or could not be."))
    schema = tables.schema(named)
    level = DataClass(max(one.data_class for one in datasets))
    caller = Caller(by.person_id, by.organisation_id, "analysis", "question to data")
    model = _Model(caller, level, watch)
    watch.stage("columns")
    with tables.opened(named) as engine:
        try:
            examples = similar(datasets, question, caller, level)
            asked = asking.ask(
                question[:LONGEST_QUESTION], schema, write=model, run=engine.query, examples=examples, tell=watch.stage
            )
        except Refused as problem:
            raise NotAnswered(refused(problem)) from problem
    tries = tuple((one.sql, f"{one.fault} {one.detail}".strip()) for one in asked.tries)
    if asked.missing:
        raise NotAnswered(_missing(asked.missing, schema), missing=asked.missing)
    if asked.checked is None or asked.result is None:
        raise NotAnswered(_no_sql(asked), tries=tries)
    return _answered(asked.checked, asked.result, schema, asked.by, model.ledger, tries)


def _answered(
    checked: Checked,
    result: Result,
    schema: Schema,
    by: str,
    ledger: Sequence[str] = (),
    tries: Sequence[tuple[str, str]] = (),
) -> Answer:
    choice = charts.choose(result)
    called = titles.of_result(result, schema, checked.sql)
    return Answer(
        sql=checked.sql,
        words=sql_words.said(checked.tree, schema),
        result=result,
        chart=charts.spec(choice, result, titles=called) if choice else {},
        reading=reading.sentence(result, choice, called),
        checked=True,
        by=by,
        ledger=tuple(ledger),
        tries=tuple(tries),
    )


def _missing(missing: Sequence[str], schema: Schema) -> str:
    there = ", ".join(dict.fromkeys(column.title for _, column in schema.columns()[:40]))
    return _("These data cannot answer this. Not in them: %(missing)s. Their columns are: %(there)s.") % {
        "missing": ", ".join(f"“{one}”" for one in missing),
        "there": there,
    }


def _no_sql(asked: asking.Asked) -> str:
    last = asked.tries[-1] if asked.tries else None
    if last and last.fault in {"slow", "heavy", "crashed"}:
        return steps.wording(QueryFailed(last.fault))  # type: ignore[arg-type]
    return _(
        "No statement could be written that these tables can run, and so there is no figure. Name the columns in your "
        "question, or write the SQL yourself."
    )


def similar(datasets: Sequence[Dataset], question: str, caller: Caller, level: DataClass) -> list[Pair]:
    """Approved pairs like the question; none where no vectors can be had."""
    found = [one for one in Example.objects.filter(dataset__in=list(datasets))[:300] if one.embedding is not None]
    if not found:
        return []
    try:
        vector = gateway.embed([question], kind="query", caller=caller, data_class=level)[0]
    except gateway.GatewayError:
        return []
    pairs = [Pair(one.question, one.sql) for one in found]
    return nearest(vector, pairs, np.array([one.embedding for one in found], np.float32))


def ask(*, by: Actor, analysis: Analysis, question: str, watch: Watch = Watch()) -> Step:
    """Asks and keeps the step. Raises NotAllowed, NotAnswered, StepFailed, GatewayError."""
    check_can_change(by, analysis)
    given = answer(by=by, datasets=list(analysis.datasets.all()), question=question, watch=watch)
    return _kept(by, analysis, given, question)


def run(*, by: Actor, analysis: Analysis, sql: str, question: str = "") -> Step:
    """SQL that a person wrote or edited, checked as the model's is. Raises NotAllowed, NotAnswered, StepFailed."""
    check_can_change(by, analysis)
    named = tables.of_analysis(analysis)
    schema = tables.schema(named)
    try:
        checked = check(sql, schema)
        with tables.opened(named) as engine:
            result = engine.query(checked.sql)
    except Refused as problem:
        raise NotAnswered(refused(problem)) from problem
    except QueryFailed as problem:
        raise steps.StepFailed(steps.wording(problem), problem.detail) from problem
    return _kept(by, analysis, _answered(checked, result, schema, "person"), question)


def _kept(by: Actor, analysis: Analysis, given: Answer, question: str) -> Step:
    parameters = {"sql": given.sql, "words": given.words, "by": given.by, "tries": [list(one) for one in given.tries]}
    return steps.take(
        by=by, analysis=analysis, kind="sql", parameters=parameters, question=question, words=given.reading,
        chart=given.chart, ledger=[{"id": one} for one in given.ledger], result=given.result,
    )  # fmt: skip


def approve(*, by: Actor, step: Step) -> Example:
    """The pair is shown to the model when something like it is asked, as soon as a job has made its vector. Raises
    NotAllowed."""
    check_can_change(by, step.analysis)
    dataset = step.analysis.datasets.order_by("created_at").first()
    assert dataset
    facts = {"sql": step.sql, "approved_by_id": by.person_id, "embedding": None}
    made = Example.objects.update_or_create(dataset=dataset, question=step.question, defaults=facts)[0]
    jobs.later(EMBED, example=str(made.pk))
    return made


def embed(example: Example) -> None:
    """Raises GatewayError."""
    dataset = example.dataset
    caller = Caller(example.approved_by_id, dataset.organisation_id, "analysis", "approved example")
    level = DataClass(dataset.data_class)
    example.embedding = gateway.embed([example.question], kind="query", caller=caller, data_class=level)[0]
    example.save(update_fields=["embedding", "updated_at"])
