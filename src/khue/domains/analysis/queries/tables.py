"""Tables as SQL knows them: their names in a worksheet, and the files that hold them."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile

from khue.domains.analysis.engine import Engine, Source
from khue.domains.analysis.models import Analysis, Dataset, DatasetState, Table
from khue.domains.analysis.sql.schema import Schema


@dataclass(frozen=True)
class Named:
    """A table by the name that it has in SQL: its own, unless two datasets of a worksheet have one of the same name."""

    name: str
    table: Table


def profile_of(table: Table) -> dict[str, Any]:
    """profile.TableProfile as JSON, without the reader's remarks that stand beside it."""
    return {key: value for key, value in table.profile.items() if key != "remarks"}


def of_datasets(datasets: Iterable[Dataset]) -> list[Named]:
    tables = Table.objects.filter(dataset__in=list(datasets), dataset__state=DatasetState.READY)
    ordered = tables.select_related("dataset").order_by("dataset__created_at", "position")
    named: dict[str, Named] = {}
    for table in ordered:
        name = next(n for n in _names(table.name) if n.casefold() not in named)
        named[name.casefold()] = Named(name, table)
    return list(named.values())


def of_analysis(analysis: Analysis) -> list[Named]:
    return of_datasets(analysis.datasets.all())


def schema(named: Iterable[Named]) -> Schema:
    """As a statement is checked against it."""
    return Schema.of([(one.name, one.table.title, profile_of(one.table)) for one in named])


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{n}" for n in range(2, 1000))


@contextmanager
def opened(named: Iterable[Named], **limits: Any) -> Iterator[Engine]:
    """An engine over these tables; `limits` as of engine.Engine."""
    with Engine([Source(one.name, str(local(one.table.file, one.table.digest))) for one in named], **limits) as engine:
        yield engine


def local(file: FieldFile, digest: str) -> Path:
    """Where it lies on this machine; from a storage elsewhere it is fetched once and kept by its digest."""
    try:
        return Path(file.path)
    except NotImplementedError:
        kept = Path(settings.KHUE_CACHE) / "tables" / f"{digest}.parquet"
        if not kept.exists():
            _fetch(file, kept)
        return kept


def _fetch(file: FieldFile, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with file.open("rb") as stored, tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as coming:
        shutil.copyfileobj(stored, coming)
    Path(coming.name).replace(kept)
