"""Tables of a database elsewhere become data: copied once, with day and digest, and again when somebody asks."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.translation import gettext as _

from khue.domains.analysis import reading
from khue.domains.analysis.actions import datasets
from khue.domains.analysis.models import Dataset, DatasetState
from khue.domains.analysis.permissions import can_bring, check_can_change
from khue.domains.analysis.queries.wording import unreadable_database
from khue.domains.analysis.reading.names import column_names
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DatabaseFault, RemoteColumn
from khue.kernel import clock, jobs
from khue.kernel.errors import NotAllowed

COPY = "analysis.copy"
MOST_TABLES = 20


def permitted(by: Actor) -> list[gateway.Database]:
    """Those that the person's organisation may read."""
    if not can_bring(by) or by.organisation_id is None:
        return []
    return gateway.databases(people.organisation_slugs(by.organisation_id))


def tables_of(by: Actor, name: str) -> list[gateway.RemoteTable]:
    """Raises datasets.Unusable."""
    try:
        with gateway.opened_database(name, caller=_caller(by), lineage=_lineage(by)) as session:
            return session.tables()
    except DatabaseFault as fault:
        raise datasets.Unusable(unreadable_database(fault)) from fault


@transaction.atomic
def begin(
    *,
    by: Actor,
    database: gateway.Database,
    tables: Sequence[str],
    title: str,
    data_class: int,
    is_shared: bool = False,
    slug: str = "",
) -> Dataset:
    """A dataset that waits for `copy`. Raises NotAllowed, Unusable."""
    if database not in permitted(by):
        raise NotAllowed(_("Your organisation may not read this database."))
    if not 0 < len(tables) <= MOST_TABLES:
        raise datasets.Unusable(_("Choose between one and %(most)s tables.") % {"most": MOST_TABLES})
    brought = max(data_class, database.data_class)
    return Dataset.objects.create(
        organisation_id=by.organisation_id, owner_id=by.person_id,
        slug=slug or datasets.free_slug(by.organisation_id, title), title=title.strip()[:200],
        origin=database.title, is_shared=is_shared, data_class=brought, brought_class=brought,
        file_name=database.place[:300],
        source={"database": database.name, "title": database.title, "place": database.place, "tables": list(tables)},
    )  # fmt: skip


def copy_later(dataset: Dataset) -> None:
    jobs.later(COPY, one_at_a_time=COPY, dataset=str(dataset.pk))


@transaction.atomic
def refresh(*, by: Actor, dataset: Dataset) -> None:
    """Copies it again by a job; until that ends the copy of before is there. Raises NotAllowed."""
    check_can_change(by, dataset)
    if dataset.source and not dataset.source.get("refreshing"):
        _say(dataset, refreshing=True, fault="")
        transaction.on_commit(lambda: copy_later(dataset))


def copy(dataset: Dataset) -> Dataset:
    """Raises Unusable; the dataset then says why, and what was copied before stays."""
    owner = people.actor_of(dataset.owner_id) if dataset.owner_id else None
    with tempfile.TemporaryDirectory() as folder:
        try:
            read = _read(dataset, owner, Path(folder))
        except DatabaseFault as fault:
            words = unreadable_database(fault)
            _fail(dataset, words)
            raise datasets.Unusable(words) from fault
        dataset.source = {**dataset.source, "at": clock.now().isoformat(), "refreshing": False, "fault": ""}
        datasets.keep(dataset, read)
    return dataset


def _fail(dataset: Dataset, words: str) -> None:
    _say(dataset, refreshing=False, fault=words)
    if dataset.state == DatasetState.WAITING:
        Dataset.objects.filter(pk=dataset.pk).update(state=DatasetState.FAILED, error=words)


def _say(dataset: Dataset, **facts: Any) -> None:
    dataset.source = {**dataset.source, **facts}
    Dataset.objects.filter(pk=dataset.pk).update(source=dataset.source)


def _read(dataset: Dataset, owner: Actor | None, folder: Path) -> reading.Read:
    caller = Caller(dataset.owner_id, dataset.organisation_id, "analysis", "copy of a database")
    lineage = _lineage(owner) if owner else people.organisation_slugs(dataset.organisation_id)
    found = []
    with gateway.opened_database(dataset.source["database"], caller=caller, lineage=lineage) as session:
        for at, table in enumerate(dataset.source["tables"]):
            columns = session.columns(table)
            path = folder / f"{at}.parquet"
            found.append(_written(table, columns, session.rows(table, columns), path))
    return reading.Read(tuple(found))


ARROW = {
    "smallint": pa.int64(), "integer": pa.int64(), "bigint": pa.int64(), "real": pa.float64(),
    "double precision": pa.float64(), "numeric": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
    "timestamp without time zone": pa.timestamp("us"),
}  # fmt: skip


def _written(
    table: str, columns: Sequence[RemoteColumn], portions: Iterable[list[tuple[Any, ...]]], path: Path
) -> reading.ReadTable:
    """Portion by portion, so that a large table is never in memory as a whole."""
    names = column_names([column.name for column in columns])
    kinds = [ARROW.get(column.type, pa.string()) for column in columns]
    schema = pa.schema(list(zip(names, kinds, strict=True)))
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for portion in portions:
            rows += len(portion)
            values = zip(*portion, strict=True)
            arrays = [pa.array(list(column), kind) for column, kind in zip(values, kinds, strict=True)]
            writer.write_table(pa.table(arrays, schema=schema))
    titles = {name: column.comment or column.name for name, column in zip(names, columns, strict=True)}
    return reading.ReadTable(table.partition(".")[2], path, rows, titles)


def _lineage(by: Actor) -> tuple[str, ...]:
    return people.organisation_slugs(by.organisation_id) if by.organisation_id else ()


def _caller(by: Actor) -> Caller:
    return Caller(by.person_id, by.organisation_id, "analysis", "tables of a database")
