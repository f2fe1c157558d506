"""What the console and other domains may do with data."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.utils.translation import gettext as _

from khue.domains.analysis import stepping
from khue.domains.analysis.actions import asking, datasets, demo, releases, steps
from khue.domains.analysis.actions.asking import Answer
from khue.domains.analysis.actions.datasets import Unusable
from khue.domains.analysis.actions.releases import NotReleased
from khue.domains.analysis.models import Dataset, DatasetState, ReleaseKind, Table
from khue.domains.analysis.profile import ColumnProfile, TableProfile
from khue.domains.analysis.profile import named as column_named
from khue.domains.analysis.queries import tables
from khue.domains.analysis.queries.releases import as_json as release_as_json
from khue.domains.analysis.queries.releases import proposed_roles
from khue.domains.analysis.queries.shown import dataset_as_json
from khue.domains.people.api import Actor
from khue.gateway.api import DataClass

__all__ = [
    "Answer",
    "DatasetRef",
    "NoSuchDataset",
    "NotReleased",
    "Unusable",
    "ask",
    "datasets_of",
    "forecast",
    "load",
    "load_demo",
    "release",
    "rows_of",
]


class NoSuchDataset(LookupError):
    pass


@dataclass(frozen=True)
class DatasetRef:
    """`profile` is what `khue data load --json` prints."""

    id: UUID
    name: str
    title: str
    data_class: DataClass
    profile: dict[str, Any]


def load(
    path: Path, *, by: Actor, name: str, origin: str = "", data_class: DataClass = DataClass.INTERNAL
) -> DatasetRef:
    """A dataset of this name; one of the same name and owner is replaced. Raises Unusable, NotAllowed."""
    before = Dataset.objects.filter(organisation_id=by.organisation_id, slug=name, owner_id=by.person_id).first()
    with path.open("rb") as file:
        made = datasets.begin(
            by=by, title=name, file=File(file), file_name=path.name, origin=origin, data_class=data_class
        )
    try:
        datasets.load(made)
    except Unusable:
        datasets.delete(by=by, dataset=made)
        raise
    if before:
        datasets.replace_with(before, made)
        made = before
    return DatasetRef(made.pk, made.slug, made.title, DataClass(made.data_class), dataset_as_json(made))


def load_demo(*, by: Actor) -> int:
    """The demonstration's data, made by a seeded generator and called so; what is there already is left alone."""
    return demo.load(by=by)


def ask(name: str, question: str, *, by: Actor) -> Answer:
    """As on the page, without keeping a step. Raises NoSuchDataset, UserError."""
    found = Dataset.objects.visible_to(by).filter(slug=name).first()
    if found is None:
        raise NoSuchDataset(name)
    return asking.answer(by=by, datasets=[found], question=question)


def forecast(
    name: str, *, by: Actor, time: str, value: str, horizon: int, places: Sequence[str] = (), combine: str = "sum"
) -> dict[str, Any]:
    """As on the page, without keeping a step; columns go by their names or headings, `places` from the largest down.
    Raises NoSuchDataset, Unusable, StepFailed."""
    found = _visible(name, by)
    named = tables.of_datasets([found])
    if not named:
        raise Unusable(_("There is no table to work on yet: the data are still being read, or could not be."))
    columns = _columns(named[0].table)
    parameters = {
        "table": named[0].name, "time": _column(columns, time), "value": _column(columns, value),
        "by": [_column(columns, one) for one in places], "horizon": horizon, "combine": combine,
    }  # fmt: skip
    kind = stepping.kind("forecast")
    outcome = steps.outcome_of(kind, named, parameters)
    return {
        "columns": list(outcome.result.names),
        "rows": [list(row) for row in outcome.result.rows],
        "tests": outcome.facts["tests"],
        "adds_up": outcome.facts["adds_up"],
        "reading": kind.tell(outcome.result, outcome.facts),
    }


def release(
    name: str,
    *,
    by: Actor,
    k: int,
    l: int = 1,  # noqa: E741 - the measure's own name
    quasi: Sequence[str] | None = None,
    sensitive: Sequence[str] | None = None,
    drop: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Rows made safe as new data; what a column is, where nothing is said, follows from what it holds. Raises
    NoSuchDataset, NotReleased."""
    found = _visible(name, by)
    table = found.tables.first()
    if table is None:
        raise Unusable(_("There is no table to work on yet: the data are still being read, or could not be."))
    columns = _columns(table)
    said = {"quasi": quasi, "sensitive": sensitive, "drop": drop}
    roles = {role: names and [_column(columns, one) for one in names] for role, names in said.items()}
    plan = {"k": k, "l": l, **proposed_roles(columns, **roles)}
    made = releases.make(by=by, dataset=found, table=table, kind=ReleaseKind.ROWS, plan=plan)
    return release_as_json(made)


def _columns(table: Table) -> tuple[ColumnProfile, ...]:
    return TableProfile.of_json(tables.profile_of(table)).columns


def _column(columns: Sequence[ColumnProfile], said: str) -> str:
    if found := column_named(columns, said):
        return found
    there = ", ".join(column.name for column in columns[:40])
    raise Unusable(
        _("There is no column “%(name)s”. The columns are: %(names)s.") % {"name": said[:60], "names": there}
    )


def _visible(name: str, by: Actor) -> Dataset:
    found = Dataset.objects.visible_to(by).filter(slug=name).first()
    if found is None:
        raise NoSuchDataset(name)
    return found


def datasets_of(by: Actor) -> list[DatasetRef]:
    """Those that are ready and that the person may read, the latest first; without their profiles."""
    found = Dataset.objects.visible_to(by).filter(state=DatasetState.READY)[:100]
    return [DatasetRef(one.pk, one.slug, one.title, DataClass(one.data_class), {}) for one in found]


def rows_of(dataset_id: UUID, *, by: Actor, most: int) -> dict[str, Any]:
    """The first table as {"title", "columns", "rows"}, no more than so many rows, values as JSON. Raises
    NoSuchDataset."""
    found = Dataset.objects.visible_to(by).filter(pk=dataset_id, state=DatasetState.READY).first()
    named = tables.of_datasets([found])[:1] if found else []
    if not found or not named:
        raise NoSuchDataset(str(dataset_id))
    with tables.opened(named) as engine:
        result = engine.query(f'SELECT * FROM "{named[0].name}"', rows=most)
    return {"title": found.title, "columns": list(result.names), "rows": [list(row) for row in result.rows]}
