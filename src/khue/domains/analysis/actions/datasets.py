"""Bringing data: read in a process apart, profiled, looked at for personal data, kept as Parquet."""

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from khue.domains.analysis import reading
from khue.domains.analysis.engine import Engine, Result, Source
from khue.domains.analysis.models import Analysis, Dataset, DatasetState, Table
from khue.domains.analysis.permissions import can_bring, check_can_change
from khue.domains.analysis.profile import ColumnProfile, TableProfile, profile
from khue.domains.analysis.provinces.matching import plain
from khue.domains.analysis.queries.tables import profile_of
from khue.domains.analysis.queries.wording import unreadable
from khue.domains.analysis.reading.names import plain_name
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import DataClass
from khue.kernel import jobs
from khue.kernel.errors import NotAllowed, UserError
from khue.kernel.stored import on_disk

LOAD = "analysis.load"
MANY_SHARE = frozenset({"person", "address"})
# values of a column that the detectors look at
LOOKED_AT = 60


class Unusable(UserError):
    """The file could not become data; nothing was kept."""


def begin(
    *,
    by: Actor,
    title: str,
    file: "File[bytes]",
    file_name: str,
    origin: str = "",
    data_class: int = DataClass.INTERNAL,
    is_shared: bool = False,
    is_generated: bool = False,
    slug: str = "",
) -> Dataset:
    """A dataset whose file waits to be read by `load`. Raises NotAllowed."""
    if not can_bring(by):
        raise NotAllowed(_("Your account has no role here, so it can bring no data."))
    made = Dataset(
        organisation_id=by.organisation_id,
        owner_id=by.person_id,
        slug=slug or free_slug(by.organisation_id, title),
        title=title.strip()[:200],
        origin=origin.strip(),
        is_shared=is_shared,
        is_generated=is_generated,
        data_class=data_class,
        brought_class=data_class,
        file_name=file_name[:300],
    )
    made.file.save(f"{made.pk}{Path(file_name).suffix[:10]}", file, save=False)
    made.save()
    return made


def load_later(dataset: Dataset) -> None:
    jobs.later(LOAD, one_at_a_time=LOAD, dataset=str(dataset.pk))


def load(dataset: Dataset) -> Dataset:
    """Reads the file. Raises Unusable; the dataset then says why."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with on_disk(dataset.file) as path:
                dataset.file_digest = _digest(path)
                read = reading.read(path, dataset.file_name, Path(folder))
        except reading.Unreadable as problem:
            words = unreadable(problem)
            Dataset.objects.filter(pk=dataset.pk).update(state=DatasetState.FAILED, error=words)
            raise Unusable(words) from problem
        keep(dataset, read)
    return dataset


def keep(dataset: Dataset, read: reading.Read) -> None:
    """Profiles what was read and puts it in the place of what was there."""
    before = [(table.file.storage, table.file.name) for table in dataset.tables.all()]
    _keep(dataset, _profiled(dataset, read.tables), read)
    _remove(before)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _profiled(dataset: Dataset, tables: Sequence[reading.ReadTable]) -> list[tuple[Table, Path]]:
    names = _table_names(dataset.slug, [table.title for table in tables])
    sources = [Source(name, str(table.path)) for name, table in zip(names, tables, strict=True)]
    made = []
    with Engine(sources, seconds=300) as engine:
        for position, (name, table) in enumerate(zip(names, tables, strict=True)):
            seen = _with_personal(profile(engine.query, name, table.titles))
            one = Table(
                dataset=dataset,
                position=position,
                name=name,
                title=table.title[:300] if len(tables) > 1 else dataset.title,
                rows=seen.rows,
                profile=seen.as_json() | {"remarks": [asdict(remark) for remark in table.remarks]},
                digest=_digest(table.path),
            )
            made.append((one, table.path))
    return made


def _table_names(slug: str, titles: Sequence[str]) -> list[str]:
    """The dataset's name; with the sheet's where there are several."""
    base = plain_name(slug.replace("-", " ")) or "bang"
    if len(titles) == 1:
        return [base]
    wanted = [f"{base}_{plain_name(title)}"[:55].strip("_") for title in titles]
    return [name if wanted.count(name) == 1 else f"{name}_{at}" for at, name in enumerate(wanted, 1)]


# Personal data -----------------------------------------------------------------------------------


def _with_personal(seen: TableProfile) -> TableProfile:
    return replace(seen, columns=tuple(_looked_at(column, seen.rows) for column in seen.columns))


def _looked_at(column: ColumnProfile, rows: int) -> ColumnProfile:
    """Fails closed: a column that could not be looked at is taken for personal."""
    values = _shown_to_detectors(column)
    if not values:
        return column
    try:
        seen = gateway.inspect("\n".join(f"{column.title}: {value}" for value in values))
    except gateway.DetectorFailed:
        return replace(column, personal=("unseen",))
    enough = {kind: 0.5 if kind in {"person", "address"} else 0.2 for kind in seen.found}
    often = {kind for kind, count in seen.found.items() if count >= max(2, len(values) * enough[kind])}
    if column.distinct * 2 < rows - column.missing:
        often -= MANY_SHARE  # names of places and offices, which return row after row
    return replace(column, personal=tuple(sorted(often | _named(column, set(seen.found)))))


def _named(column: ColumnProfile, found: set[str]) -> set[str]:
    """By the heading, where the values alone say less: "Họ và tên", "Số định danh"."""
    words = plain(column.title)
    for heading, kind in HEADINGS.items():
        if any(f" {one} " in f" {words} " for one in heading.split("|")) and column.type in {"text", "integer"}:
            return {kind}
    return found & {"cccd", "cmnd", "bank_account", "card"}


HEADINGS = {
    "ho va ten|ho ten|full name|nom et prenom|nom complet|ten cong dan|ten nguoi": "person",
    "cccd|cmnd|so dinh danh|can cuoc|citizen id|national id|numero d identite": "cccd",
    "so dien thoai|dien thoai|phone|telephone|mobile|sdt": "phone",
    "email|e mail|courriel|thu dien tu": "email",
    "dia chi|home address|adresse": "address",
    "so tai khoan|bank account|iban": "bank_account",
    "ngay sinh|date of birth|birth date|date de naissance": "birth_date",
}


def _shown_to_detectors(column: ColumnProfile) -> list[str]:
    is_long_number = column.type == "integer" and column.role == "identifier"
    if column.type == "text" or is_long_number:
        given = [str(value) for value, _ in column.values[:LOOKED_AT]]
        return given or [str(value) for value in (column.minimum, column.maximum) if value is not None]
    if column.type == "date" and "sinh" in plain(column.title).split():
        return [str(column.minimum)]
    return []


def found_in(profiles: Sequence[TableProfile]) -> dict[str, int]:
    """{type: columns} of all tables."""
    found: dict[str, int] = {}
    for seen in profiles:
        for column in seen.columns:
            for kind in column.personal:
                found[kind] = found.get(kind, 0) + 1
    return found


# Keeping -----------------------------------------------------------------------------------------


@transaction.atomic
def _keep(dataset: Dataset, made: Sequence[tuple[Table, Path]], read: reading.Read) -> None:
    dataset.tables.all().delete()
    for table, path in made:
        with path.open("rb") as file:
            table.file.save(f"{table.pk}.parquet", File(file), save=False)
        table.save()
    dataset.found = found_in([TableProfile.of_json(profile_of(table)) for table, _ in made])
    floor = DataClass.CONFIDENTIAL if dataset.found else DataClass.PUBLIC
    dataset.data_class = max(dataset.brought_class, floor)
    dataset.remarks = [asdict(remark) for remark in read.remarks]
    dataset.state, dataset.error = DatasetState.READY, ""
    dataset.save()


def from_result(
    *,
    by: Actor,
    title: str,
    result: Result,
    origin: str,
    data_class: int,
    remarks: Sequence[Mapping[str, Any]] = (),
) -> Dataset:
    """A new dataset of the rows of a result; looked at for personal data like any other. Raises Unusable."""
    columns = {column.name: [row[at] for row in result.rows] for at, column in enumerate(result.columns)}
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        pq.write_table(pa.table(columns), file.name)
        made = begin(
            by=by, title=title, file=File(file), file_name=f"{slugify(title) or 'data'}.parquet", origin=origin,
            data_class=data_class,
        )  # fmt: skip
    return load(made)


def replace_with(before: Dataset, made: Dataset) -> None:
    """The one of before keeps its name and place and gets the tables of the new one, which goes."""
    with transaction.atomic():
        old = [(table.file.storage, table.file.name or "") for table in before.tables.all()]
        before.tables.all().delete()
        names = _table_names(before.slug, [table.title for table in made.tables.all()])
        for table, name in zip(made.tables.all(), names, strict=True):
            # the name by which steps and SQL know it
            Table.objects.filter(pk=table.pk).update(dataset=before, name=name)
        kept = ("state", "error", "data_class", "brought_class", "found", "file", "file_name", "file_digest", "remarks")
        for name in kept:
            setattr(before, name, getattr(made, name))
        before.origin = made.origin or before.origin
        before.save()
        made.delete()
    for storage, name in old:
        storage.delete(name)


def delete(*, by: Actor | None, dataset: Dataset) -> None:
    """With its tables; worksheets keep their steps. Raises NotAllowed."""
    check_can_change(by, dataset)
    kept = [dataset.file, *(table.file for table in dataset.tables.all())]
    files = [(file.storage, file.name) for file in kept if file]
    dataset.delete()
    transaction.on_commit(lambda: _remove(files))


def forget(organisation_ids: Collection[UUID]) -> None:
    """Data and worksheets of these organisations, for good."""
    Analysis.objects.filter(organisation__in=organisation_ids).delete()
    for dataset in Dataset.objects.filter(organisation__in=organisation_ids):
        delete(by=None, dataset=dataset)


def _remove(files: Iterable[tuple[Storage, str | None]]) -> None:
    for storage, name in files:
        if name:
            storage.delete(name)


def free_slug(organisation_id: UUID, title: str) -> str:
    slug = (plain_name(title).replace("_", "-") or "data")[:50].strip("-")
    taken = set(
        Dataset.objects.filter(organisation_id=organisation_id, slug__startswith=slug).values_list("slug", flat=True)
    )
    return next(name for name in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)
