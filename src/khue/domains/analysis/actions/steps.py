"""Steps of a worksheet: each is run, told and kept, and can be run again."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.domains.analysis import charts, stepping
from khue.domains.analysis.engine import QueryFailed, Result, digest
from khue.domains.analysis.models import Analysis, Step
from khue.domains.analysis.permissions import check_can_change
from khue.domains.analysis.queries import tables, titles
from khue.domains.analysis.stepping import Kind, Outcome, Unfit
from khue.domains.people.api import Actor
from khue.kernel.errors import UserError


class StepFailed(UserError):
    """Nothing was kept. `detail` is what the database said, for who knows SQL."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


def take(
    *,
    by: Actor | None,
    analysis: Analysis,
    kind: str,
    parameters: Mapping[str, Any],
    question: str = "",
    words: str = "",
    ledger: Sequence[Mapping[str, Any]] = (),
    chart: Mapping[str, Any] | None = None,
    result: Result | None = None,
) -> Step:
    """Runs a step and keeps it at the end of the worksheet; `words` replace those of its kind, `chart` that of its
    outcome; with `result` it has been run already. Raises NotAllowed, StepFailed. Not inside a transaction: it may take
    a while."""
    check_can_change(by, analysis)
    named = tables.of_analysis(analysis)
    started = time.monotonic()
    found, known = stepping.kind(kind), titles.of_schema(tables.schema(named))
    outcome = Outcome(result, sql=parameters["sql"]) if result else outcome_of(found, named, parameters)
    step = Step(
        analysis=analysis,
        kind=kind,
        by_id=by.person_id if by else None,
        question=question,
        parameters=dict(parameters),
        inputs=[{"table": one.name, "digest": one.table.digest} for one in named],
        language=get_language() or "vi",
        data_class=data_class(analysis),
        ledger=list(ledger),
        took_ms=round((time.monotonic() - started) * 1000),
    )
    _fill(step, outcome)
    step.chart = dict(chart) if chart is not None else _chart(outcome, known)
    step.words = words or found.tell(outcome.result, titles.told(outcome.facts, known))
    _keep(step)
    return step


def data_class(analysis: Analysis) -> int:
    """The highest of its datasets."""
    return max((one.data_class for one in analysis.datasets.all()), default=0)


def _chart(outcome: Outcome, known: Mapping[str, str]) -> dict[str, Any]:
    """That of its kind, else the one that fits its rows."""
    choice = None if outcome.chart else charts.choose(outcome.result)
    return charts.spec(choice, outcome.result, titles=known) if choice else outcome.chart


def outcome_of(kind: Kind, named: list[tables.Named], parameters: Mapping[str, Any]) -> Outcome:
    """Runs it and keeps nothing. Raises StepFailed."""
    try:
        with tables.opened(named) as opened:
            return stepping.run(kind, opened.query, parameters)
    except Unfit as unfit:
        known = titles.of_schema(tables.schema(named))
        raise StepFailed(kind.explain(unfit.code, titles.headed(unfit.values, known))) from unfit
    except QueryFailed as problem:
        raise StepFailed(wording(problem), problem.detail) from problem


def wording(problem: QueryFailed) -> str:
    return {
        "sql": _("The database could not run this. The question may name something that the data do not hold."),
        "slow": _("This took too long and was stopped. Ask for less at a time: one year, one province."),
        "heavy": _("This needs more memory than one question may take. Ask for less at a time, or for a summary."),
        "crashed": _("The database stopped while working on this. Nothing was lost; ask in another way."),
        "not_reading": _("Only one statement that reads can be run here. Nothing was changed."),
    }[problem.fault]


def _fill(step: Step, outcome: Outcome) -> None:
    step.result = outcome.result.as_json() | {"is_cut": outcome.result.is_cut}
    step.facts, step.sql = outcome.facts, outcome.sql
    step.digest = digest(outcome.result.columns, outcome.result.rows)


@transaction.atomic
def _keep(step: Step) -> None:
    Analysis.objects.select_for_update().get(pk=step.analysis_id)
    last = Step.objects.filter(analysis=step.analysis_id).aggregate(last=Max("position"))["last"] or 0
    step.position = last + 1
    step.save()
    step.analysis.save(update_fields=["updated_at"])


@dataclass(frozen=True)
class Rerun:
    """`is_same`: the digest of the result is the one that was kept; `changed` names tables that are others now."""

    outcome: Outcome
    is_same: bool
    changed: tuple[str, ...]


def rerun(step: Step) -> Rerun:
    """Runs it again on the tables as they are now, and keeps nothing. Raises StepFailed."""
    named = tables.of_analysis(step.analysis)
    outcome = outcome_of(stepping.kind(step.kind), named, step.parameters)
    now = {one.name: one.table.digest for one in named}
    changed = tuple(one["table"] for one in step.inputs if now.get(one["table"]) != one["digest"])
    return Rerun(outcome, digest(outcome.result.columns, outcome.result.rows) == step.digest, changed)


def redraw(*, by: Actor | None, step: Step, choice: charts.Choice, edit: charts.Edit = charts.Edit()) -> None:
    """Raises NotAllowed."""
    check_can_change(by, step.analysis)
    titles = step.chart.get("usermeta", {}).get("titles", {})
    step.chart = charts.spec(choice, step.table, titles=titles, edit=edit)
    step.save(update_fields=["chart", "updated_at"])


@dataclass(frozen=True)
class Difference:
    """`row` counts from 1; a missing row has None for all its values."""

    row: int
    column: str
    before: Any
    now: Any


def differences(before: Result, now: Result, *, most: int = 200) -> list[Difference]:
    """Cells that are others now, row by row."""
    found: list[Difference] = []
    for at in range(max(len(before.rows), len(now.rows))):
        old = before.rows[at] if at < len(before.rows) else (None,) * len(before.columns)
        new = now.rows[at] if at < len(now.rows) else (None,) * len(now.columns)
        for name, one, other in zip(before.names, old, new, strict=False):
            if digest((), [[one]]) != digest((), [[other]]):
                found.append(Difference(at + 1, name, one, other))
        if len(found) >= most:
            break
    return found[:most]
