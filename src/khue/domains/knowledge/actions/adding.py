"""Documents that are already text: many at once, few queries."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from khue.domains.knowledge.actions import classes
from khue.domains.knowledge.models import Collection, Document, DocumentStatus, DocumentText, Passage
from khue.domains.knowledge.permissions import By, check_can_change_collection
from khue.domains.knowledge.reading import language as languages
from khue.domains.knowledge.reading import passages as reading
from khue.domains.knowledge.reading.blocks import Block
from khue.kernel import copying, jobs
from khue.kernel.models import uuid7

BATCH = 200
EMBED = "knowledge.embed"


@dataclass(frozen=True)
class NewDocument:
    """A document to add. `facts` as Document.facts; `codes` are names by which an exact question finds it.

    `key` is what makes it the same document when it comes again (default: kind, title and text); `language` empty
    means: find out; `data_class` is raised to the collection's and to what the text demands; `capitals` are lines of
    the file that may be a secrecy marking (reading.capitals).
    """

    title: str
    blocks: tuple[Block, ...]
    kind: str = "file"
    language: str = ""
    data_class: int = 0
    facts: tuple[dict[str, Any], ...] = ()
    codes: tuple[str, ...] = ()
    key: str = ""
    file_name: str = ""
    capitals: tuple[str, ...] = ()
    media_type: str = ""
    pages: int | None = None


@dataclass(frozen=True)
class Added:
    """One document of a call, in the order given. A duplicate names the document that was there before."""

    document_id: UUID
    duplicate: bool


@dataclass
class _Rows:
    documents: list[Document] = field(default_factory=list)
    texts: list[DocumentText] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def add_documents(*, by: By, collection: Collection, documents: Iterable[NewDocument]) -> list[Added]:
    """Stores text and passages of all that are not there yet, in one transaction; embedding follows in the background.

    Same key, or same kind, title and text: a duplicate, also within one call. Raises Refused, storing nothing, when one
    of them bears a secrecy marking.
    """
    check_can_change_collection(by, collection)
    return add_documents_of(by.person_id if by else None, collection, documents)


def add_documents_of(person_id: UUID | None, collection: Collection, documents: Iterable[NewDocument]) -> list[Added]:
    """For what has been allowed before: a file that waited, of someone who could bring it then."""
    new = list(documents)
    digests = [_digest(document) for document in new]
    added: list[Added] = []
    with transaction.atomic():
        known = dict(collection.documents.filter(sha256__in=digests).values_list("sha256", "id"))
        for start in range(0, len(new), BATCH):
            chunk = zip(new[start : start + BATCH], digests[start : start + BATCH], strict=True)
            added += _add_batch(person_id, collection, list(chunk), known)
        if any(not one.duplicate for one in added):
            transaction.on_commit(embed_later)
    return added


def _add_batch(
    person_id: UUID | None, collection: Collection, chunk: Sequence[tuple[NewDocument, str]], known: dict[str, UUID]
) -> list[Added]:
    rows = _Rows()
    added = []
    for new, digest in chunk:
        duplicate = digest in known
        if not duplicate:
            known[digest] = uuid7()
            _prepare(rows, new, _row(person_id, collection, new, digest, known[digest]))
        added.append(Added(known[digest], duplicate))
    store(rows.documents, rows.texts, rows.passages)
    return added


def _row(person_id: UUID | None, collection: Collection, new: NewDocument, digest: str, pk: UUID) -> Document:
    return Document(
        id=pk,
        collection=collection,
        added_by_id=person_id,
        kind=new.kind,
        title=new.title[:1000],
        data_class=collection.data_class,
        brought_class=int(new.data_class),
        status=DocumentStatus.READY,
        file_name=new.file_name[:500],
        media_type=new.media_type,
        sha256=digest,
        pages=new.pages,
        facts=list(new.facts),
        codes=list(new.codes),
        language=new.language,
    )


def _prepare(rows: _Rows, new: NewDocument, document: Document) -> None:
    body, passages = text_rows(document, new.blocks)
    classes.take_in(document, body.text, new.capitals)
    document.size = len(body.text.encode())
    rows.documents.append(document)
    rows.texts.append(body)
    rows.passages += passages


def text_rows(document: Document, blocks: Sequence[Block]) -> tuple[DocumentText, list[Passage]]:
    """The unsaved text and passages of a document; sets its language when it has none."""
    body, found = reading.body_and_passages(blocks)
    document.language = document.language or languages.detect(body)
    passages = [
        Passage(
            document=document,
            position=position,
            heading=passage.heading,
            text=passage.text,
            page=passage.page,
            start=passage.start,
            end=passage.end,
            sentences=[list(span) for span in passage.sentences],
        )
        for position, passage in enumerate(found)
    ]
    return DocumentText(document=document, text=body), passages


def embed_later(*, in_seconds: int | None = None) -> None:
    """After the commit, so that a job which waits already and starts at once finds the new passages."""
    try:
        with transaction.atomic():
            jobs.later(EMBED, one_at_a_time=EMBED, once_waiting=EMBED, in_seconds=in_seconds)
    except AlreadyEnqueued:
        return


def store(documents: list[Document], texts: list[DocumentText], passages: list[Passage]) -> None:
    for rows in (documents, texts, passages):
        copying.copy(rows)


def _digest(new: NewDocument) -> str:
    what = [new.kind, new.key] if new.key else [new.kind, new.title, [block.text for block in new.blocks]]
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()
