"""Procedures come into the library: each becomes a document to search and a structure to look up."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from khue.domains.knowledge import api as knowledge
from khue.domains.procedures import portal
from khue.domains.procedures.actions import names
from khue.domains.procedures.models import Channel, Form, Procedure
from khue.domains.procedures.portal import wording
from khue.domains.procedures.portal.records import records
from khue.domains.procedures.portal.shapes import Channel as PortalChannel
from khue.domains.procedures.rules import days, plain
from khue.kernel import copying

KIND = "procedure"
BATCH = 250
FORMS = {"Trực tuyến": Form.ONLINE, "Trực tiếp": Form.IN_PERSON, "Dịch vụ bưu chính": Form.POST}
LONGEST_HEADING = 200
LABELS = {
    "code": {"vi": "Mã thủ tục", "en": "Procedure code", "fr": "Code de la procédure"},
    "time": {"vi": "Thời hạn", "en": "Time limit", "fr": "Délai"},
    "fee": {"vi": "Phí, lệ phí", "en": "Fee", "fr": "Frais"},
    "agency": {"vi": "Cơ quan thực hiện", "en": "Agency", "fr": "Service compétent"},
    "level": {"vi": "Cấp thực hiện", "en": "Level", "fr": "Niveau"},
}


@dataclass(frozen=True)
class Refused:
    line: int
    reason: str


@dataclass(frozen=True)
class Ingested:
    """`replaced` counts those of `added` that took the place of an older text of the same code."""

    added: int = 0
    replaced: int = 0
    duplicates: int = 0
    refused: tuple[Refused, ...] = ()
    documents: tuple[UUID, ...] = ()

    def __add__(self, other: "Ingested") -> "Ingested":
        return Ingested(
            self.added + other.added,
            self.replaced + other.replaced,
            self.duplicates + other.duplicates,
            self.refused + other.refused,
            self.documents + other.documents,
        )


@dataclass(frozen=True)
class _Read:
    line: int
    procedure: portal.Procedure
    key: str


def ingest(
    path: Path, *, collection: UUID, by: knowledge.By, progress: Callable[[int], None] | None = None
) -> Ingested:
    """Adds the records of a file (JSON lines, `.gz` allowed) to a collection, a batch a transaction.

    A record that is there already is passed over; one whose text has changed replaces the older. `progress` is told
    how many lines are done. Raises UnreadableRecords for a file of another kind, NotAllowed, Collection.DoesNotExist.
    """
    lines = records(path)
    total = Ingested()
    while batch := list(islice(lines, BATCH)):
        total += _ingest_batch(batch, collection, by)
        if progress:
            progress(batch[-1][0])
    return total


def _ingest_batch(batch: Sequence[tuple[int, dict[str, Any]]], collection: UUID, by: knowledge.By) -> Ingested:
    read = list(_read(batch))
    good = [one for one in read if isinstance(one, _Read)]
    with transaction.atomic():
        added = knowledge.add_documents(collection, [_document(one) for one in good], by=by)
        new = [(one.procedure, item.document_id) for one, item in zip(good, added, strict=True) if not item.duplicate]
        replaced = _delete_older([procedure.code for procedure, _ in new], collection, by)
        _store(new)
        if new:
            transaction.on_commit(names.embed_later)
    return Ingested(
        added=len(new),
        replaced=replaced,
        duplicates=len(good) - len(new),
        refused=tuple(one for one in read if isinstance(one, Refused)),
        documents=tuple(item.document_id for item in added),
    )


def _read(batch: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[_Read | Refused]:
    for line, record in batch:
        try:
            procedure = portal.parse(record)
        except portal.NotAProcedure as error:
            yield Refused(line, str(error))
            continue
        digest = hashlib.sha256(json.dumps(record, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        yield _Read(line, procedure, f"{procedure.code}:{digest}")


def _document(read: _Read) -> knowledge.NewDocument:
    procedure = read.procedure
    return knowledge.NewDocument(
        title=procedure.name,
        blocks=tuple(_blocks(procedure)),
        kind=KIND,
        language="vi",
        facts=tuple(_facts(procedure)),
        codes=tuple(filter(None, (procedure.code, procedure.decision))),
        key=read.key,
    )


def _blocks(procedure: portal.Procedure) -> Iterator[knowledge.Block]:
    name = " ".join(procedure.name.split())
    short = name if len(name) <= LONGEST_HEADING else f"{name[:LONGEST_HEADING].rsplit(' ', 1)[0]}…"
    yield knowledge.Block(name, "heading", 1, label=short)
    for section in portal.sections(procedure):
        yield knowledge.Block.heading(section.title, 2)
        yield from (knowledge.Block(line) for line in section.lines)


def _facts(procedure: portal.Procedure) -> Iterator[dict[str, Any]]:
    values = {
        "code": procedure.code,
        "time": wording.together(wording.time(channel) for channel in procedure.channels),
        "fee": wording.together(wording.fee(fee) for channel in procedure.channels for fee in channel.fees),
        "agency": wording.together(procedure.agencies),
        "level": ", ".join(procedure.levels),
    }
    return ({"label": LABELS[name], "value": value} for name, value in values.items() if value)


def _delete_older(codes: Sequence[str], collection: UUID, by: knowledge.By) -> int:
    """Before the new rows are stored, so that only older ones carry these codes."""
    older = Procedure.objects.filter(code__in=codes, document__collection_id=collection)
    documents = list(older.values_list("document_id", flat=True))
    knowledge.delete_documents(documents, by=by)
    return len(documents)


def _store(new: Sequence[tuple[portal.Procedure, UUID]]) -> None:
    rows = [_row(procedure, document_id) for procedure, document_id in new]
    copying.copy(rows)
    copying.copy(
        [
            _channel(row, position, channel)
            for row, (procedure, _) in zip(rows, new, strict=True)
            for position, channel in enumerate(procedure.channels)
        ]
    )


def _row(procedure: portal.Procedure, document_id: UUID) -> Procedure:
    return Procedure(
        document_id=document_id,
        code=procedure.code,
        name=procedure.name,
        plain=plain(f"{procedure.code} {procedure.name} {procedure.decision}"),
        decision=procedure.decision,
        sector=procedure.sector,
        levels=list(procedure.levels),
        agencies=list(procedure.agencies),
        ministry=procedure.ministry,
        url=procedure.url if procedure.url.startswith("https://") else "",
        structure=json.loads(json.dumps(dataclasses.asdict(procedure), cls=DjangoJSONEncoder)),
        lost=sum(procedure.lost.values()),
    )


def _channel(row: Procedure, position: int, channel: PortalChannel) -> Channel:
    """Several fees on one way to apply have no one amount: their texts stand together."""
    only = channel.fees[0] if len(channel.fees) == 1 else None
    return Channel(
        procedure=row,
        position=position,
        form=FORMS[channel.form],
        time_text=channel.time,
        time_value=channel.time_value,
        time_unit=channel.time_unit,
        time_days=days(channel.time_value, channel.time_unit),
        fee_text="; ".join(fee.text for fee in channel.fees),
        fee_note="; ".join(filter(None, (fee.note for fee in channel.fees))),
        fee_amount=only.amount if only else None,
        fee_currency=only.currency if only else "",
        description=channel.description,
    )
