"""Data made safe to be shown. What comes out keeps the class of what it was made of: only a data steward's signed
decision lets it fall, and only what came out here can fall."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
from django.db import transaction
from django.utils.translation import gettext as _

from khue.domains.analysis.actions import datasets
from khue.domains.analysis.actions.steps import wording
from khue.domains.analysis.disclosure import rows
from khue.domains.analysis.disclosure.rows import Plan
from khue.domains.analysis.disclosure.tables import MANNERS, TablePlan, safe_table
from khue.domains.analysis.engine import Engine, QueryFailed, Result
from khue.domains.analysis.models import Dataset, Release, ReleaseKind, Table
from khue.domains.analysis.permissions import check_can_change
from khue.domains.analysis.queries import tables
from khue.domains.analysis.queries.faults import explain
from khue.domains.analysis.statistics import source as reading
from khue.domains.analysis.statistics.result import table as plain_table
from khue.domains.analysis.stepping import Unfit
from khue.domains.people.api import Actor
from khue.gateway.api import DataClass
from khue.kernel.errors import UserError

# what noise may cost altogether for the same people
MOST_BUDGET = 10.0


class NotReleased(UserError):
    """Nothing was made."""


@dataclass(frozen=True)
class Safe:
    frame: pd.DataFrame
    before: dict[str, Any]
    after: dict[str, Any]
    changes: list[dict[str, Any]]


def make(*, by: Actor, dataset: Dataset, table: Table, kind: str, plan: Mapping[str, Any], title: str = "") -> Release:
    """Raises NotAllowed, NotReleased. Not inside a transaction: it may take a while."""
    check_can_change(by, dataset)
    spent = _spent(dataset) + (float(plan["epsilon"]) if plan.get("manner") == "noise" else 0.0)
    if spent > MOST_BUDGET:
        raise NotReleased(
            _("The budget for noise on these people is spent: %(spent)s of %(most)s. Nothing was made.")
            % {"spent": round(spent, 2), "most": MOST_BUDGET}
        )
    safe = _safe(table, kind, plan)
    found = plain_table("", list(map(str, safe.frame.columns)), _cells(safe.frame))
    made = datasets.from_result(
        by=by,
        title=title or _("%(title)s (released)") % {"title": dataset.title},
        result=Result(reading.rows(found).columns, found.rows),
        origin=_("Made from “%(title)s” by disclosure control. %(origin)s")
        % {"title": dataset.title, "origin": dataset.origin},
        data_class=dataset.data_class,
    )
    return _kept(by, dataset, table, made, kind, plan, safe, spent)


@transaction.atomic
def _kept(
    by: Actor,
    dataset: Dataset,
    table: Table,
    made: Dataset,
    kind: str,
    plan: Mapping[str, Any],
    safe: Safe,
    spent: float,
) -> Release:
    Dataset.objects.filter(pk=made.pk).update(is_generated=dataset.is_generated, is_shared=dataset.is_shared)
    return Release.objects.create(
        source=dataset,
        source_title=dataset.title,
        source_digest=table.digest,
        dataset=made,
        by_id=by.person_id,
        kind=kind,
        plan=dict(plan),
        before=safe.before,
        after=safe.after,
        changes=safe.changes,
        budget_spent=spent,
        demanded_class=dataset.data_class,
    )


def _spent(dataset: Dataset) -> float:
    """Of all tables with noise made from the same data: each had added its own to what was spent."""
    noisy = Release.objects.filter(source=dataset, plan__manner="noise")
    return max((release.budget_spent for release in noisy), default=0.0)


def _safe(table: Table, kind: str, plan: Mapping[str, Any]) -> Safe:
    try:
        frame = _whole(table)
        return _rows(frame, plan) if kind == ReleaseKind.ROWS else _table(frame, plan)
    except Unfit as unfit:
        raise NotReleased(explain(unfit.code, unfit.values)) from unfit
    except QueryFailed as problem:
        raise NotReleased(wording(problem)) from problem


def _whole(table: Table) -> pd.DataFrame:
    named = tables.Named(table.name, table)
    names = [column["name"] for column in table.profile["columns"]]
    with tables.opened([named]) as engine:
        return _read(engine, table.name, names)


def _read(engine: Engine, name: str, names: list[str]) -> pd.DataFrame:
    frame, _sql = reading.frame(engine.query, name, names)
    return frame


def rows_plan(plan: Mapping[str, Any]) -> Plan:
    return Plan(
        quasi=tuple(plan.get("quasi", ())),
        sensitive=tuple(plan.get("sensitive", ())),
        drop=tuple(plan.get("drop", ())),
        k=int(plan.get("k") or 5),
        l=int(plan.get("l") or 1),
        top={name: float(share) for name, share in (plan.get("top") or {}).items()},
        rounded={name: float(base) for name, base in (plan.get("rounded") or {}).items()},
    )


def table_plan(plan: Mapping[str, Any]) -> TablePlan:
    manner = str(plan.get("manner") or "suppression")
    return TablePlan(
        by=tuple(plan.get("by", ())),
        count=str(plan.get("count") or ""),
        least=int(plan.get("least") or 5),
        manner=manner if manner in MANNERS else "suppression",
        epsilon=float(plan.get("epsilon") or 1.0),
        base=int(plan.get("base") or 5),
    )


def _rows(frame: pd.DataFrame, plan: Mapping[str, Any]) -> Safe:
    found = rows.release(frame, rows_plan(plan))
    changes = [rows.as_json(change) for change in found.changes]
    # in another order than they were: where a row stood tells nothing
    mixed = found.frame.sample(frac=1)
    return Safe(mixed, found.before.as_json(), found.after.as_json(), changes)


def _table(frame: pd.DataFrame, plan: Mapping[str, Any]) -> Safe:
    found = safe_table(frame, table_plan(plan))
    return Safe(found.frame, found.before, found.after, list(found.changes))


def _cells(frame: pd.DataFrame) -> list[list[Any]]:
    found: list[list[Any]] = frame.astype("object").where(frame.notna(), None).to_numpy().tolist()
    return found


# What a steward decides --------------------------------------------------------------------------


def settle(release_id: UUID, data_class: DataClass | None) -> DataClass:
    """Within the transaction of the signed decision; None takes it back. → the class that the data have now."""
    release = Release.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=release_id)
    made = release.dataset
    made.settled_class = data_class
    made.data_class = release.demanded_class if data_class is None else data_class
    made.save(update_fields=["settled_class", "data_class", "updated_at"])
    return DataClass(made.data_class)
