"""Writes about documents that come as files."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation

from khue.domains.knowledge.actions import adding, classes
from khue.domains.knowledge.actions.adding import Added, NewDocument
from khue.domains.knowledge.actions.refusals import Duplicate, Refused, check_size, refused
from khue.domains.knowledge.models import Collection, Document, DocumentStatus, DocumentText, Passage
from khue.domains.knowledge.permissions import By, check_can_change_collection
from khue.domains.knowledge.reading import titles
from khue.domains.knowledge.reading.blocks import ReadDocument, Reading, Unreadable
from khue.domains.knowledge.reading.sandbox import Sandbox
from khue.kernel import jobs
from khue.kernel.stored import on_disk

READ = "knowledge.read"


@dataclass(frozen=True)
class Brought:
    """What came of one file. `replaces_name`: another document of this name, with other content, was there before."""

    added: tuple[Added, ...]
    passages: int = 0
    replaces_name: bool = False


def upload(*, by: By, collection: Collection, file: "UploadedFile[bytes]") -> Document:
    """Keeps the file and has it read in the background. Raises Duplicate, Refused.

    A file that could not be read before may be brought again: it is read again.
    """
    check_can_change_collection(by, collection)
    check_size(file.size or 0)
    digest = _digest(file)
    name = Path(file.name or "?").name
    known = collection.documents.filter(sha256=digest).first()
    if known is not None and known.status != DocumentStatus.FAILED:
        raise Duplicate(known.title)
    document = known or _waiting(by, collection, name, digest, file.size or 0)
    document.status, document.error = DocumentStatus.WAITING, ""
    with transaction.atomic():
        _save_with_file(document, file)
        transaction.on_commit(lambda: jobs.later(READ, document=str(document.pk)))
    return document


def read(document_id: UUID) -> None:
    """Reads a waiting document's file; a failure is kept with the document, in the language of who brought it."""
    document = Document.objects.select_related("collection", "added_by").filter(pk=document_id).first()
    if document is None or document.status == DocumentStatus.READY:
        return
    with Sandbox() as sandbox, translation.override(_language(document)):
        try:
            with _local(document) as path:
                reading = sandbox.read(path, document.file_name)
            _keep(document, reading)
        except (Unreadable, Refused) as refusal:
            problem = refused(refusal) if isinstance(refusal, Unreadable) else refusal
            _refuse(document, problem)


def _refuse(document: Document, problem: Refused) -> None:
    """The row stays to say why; of a state secret the file does not."""
    document.status, document.error = DocumentStatus.FAILED, str(problem)
    file = document.file if problem.code == "state_secret" else None
    with transaction.atomic():
        if file:
            Document.objects.filter(pk=document.pk).update(file="")
            transaction.on_commit(lambda: file.delete(save=False))
        document.save(update_fields=["status", "error", "updated_at"])


def bring(*, by: By, collection: Collection, path: Path, sandbox: Sandbox) -> Brought:
    """Reads a file at once and keeps it. Raises Duplicate, Refused; then nothing is stored."""
    check_can_change_collection(by, collection)
    check_size(path.stat().st_size)
    with path.open("rb") as raw:
        digest = _digest(File(raw))
    known = collection.documents.filter(sha256=digest).first()
    if known is not None and known.status == DocumentStatus.READY:
        return Brought((Added(known.pk, True),))
    try:
        reading = sandbox.read(path, path.name)
    except Unreadable as refusal:
        raise refused(refusal) from refusal
    document = known or _waiting(by, collection, path.name, digest, path.stat().st_size)
    same_name = collection.documents.filter(file_name=document.file_name).exclude(pk=document.pk).exists()
    if reading.several:
        return replace(_add_several(document, reading), replaces_name=same_name)
    rows = _read_in(document, reading)
    with transaction.atomic(), path.open("rb") as raw:
        _save_with_file(document, File(raw))
        _store_text(rows)
    return Brought((Added(document.pk, False),), len(rows.passages), same_name)


def delete(*, by: By, document: Document) -> None:
    """With its text, passages, vectors and file. What the word index still holds is never shown: its hits are
    joined back to these tables."""
    check_can_change_collection(by, document.collection)
    with transaction.atomic():
        file = document.file
        document.delete()
        if file:
            transaction.on_commit(lambda: file.delete(save=False))


def _waiting(by: By, collection: Collection, name: str, digest: str, size: int) -> Document:
    return Document(
        collection=collection,
        added_by_id=by.person_id if by else None,
        title=Path(name).stem[:1000],
        data_class=collection.data_class,
        file_name=name[-500:],
        sha256=digest,
        size=size,
    )


def _save_with_file(document: Document, file: "File[bytes]") -> None:
    """Row and file together: without the row the file does not stay."""
    stored = ""
    try:
        with transaction.atomic():
            if not document.file:
                file.seek(0)
                document.file.save(_stored_name(document), file, save=False)
                stored = document.file.name or ""
            document.save()
    except IntegrityError as problem:
        document.file.storage.delete(stored)
        if "one_document_per_content" in str(problem):
            raise Duplicate(document.title) from problem
        raise


def _stored_name(document: Document) -> str:
    """The identifier and a harmless ending: a name from outside never becomes a path."""
    ending = Path(document.file_name).suffix.lower()
    return f"{document.pk}{ending if ending[1:].isalnum() and len(ending) < 10 else ''}"


@dataclass(frozen=True)
class _Rows:
    body: DocumentText
    passages: list[Passage]


def _keep(document: Document, reading: Reading) -> int:
    """Stores what was read; the number of passages."""
    if reading.several:
        return _replace_by_several(document, reading)
    rows = _read_in(document, reading)
    with transaction.atomic():
        document.save()
        _store_text(rows)
    return len(rows.passages)


def _read_in(document: Document, reading: Reading) -> _Rows:
    """What is to be stored of a file with one text; nothing is stored yet. Raises Refused for a state secret."""
    found = reading.documents[0]
    body, passages = adding.text_rows(document, found.blocks)
    document.title = titles.title(found, document.file_name)[:1000]
    classes.take_in(document, body.text, found.capitals)
    document.codes = titles.codes(found)
    document.pages = found.pages
    document.media_type = reading.media_type
    document.status = DocumentStatus.READY
    document.error = ""
    return _Rows(body, passages)


def _store_text(rows: _Rows) -> None:
    adding.store([], [rows.body], rows.passages)
    transaction.on_commit(adding.embed_later)


def _replace_by_several(document: Document, reading: Reading) -> int:
    with transaction.atomic():
        brought = _add_several(document, reading)
        file = document.file
        document.delete()
        transaction.on_commit(lambda: file.delete(save=False))
    return brought.passages


def _add_several(container: Document, reading: Reading) -> Brought:
    new = [_new_document(container, found, reading.media_type) for found in reading.documents if found.blocks]
    added = adding.add_documents_of(container.added_by_id, container.collection, new)
    fresh = [one.document_id for one in added if not one.duplicate]
    return Brought(tuple(added), Passage.objects.filter(document__in=fresh).count())


def _new_document(container: Document, found: ReadDocument, media_type: str) -> NewDocument:
    return NewDocument(
        title=found.title,
        blocks=found.blocks,
        file_name=f"{container.file_name} · {found.key}",
        capitals=found.capitals,
        media_type=media_type,
        codes=(found.key,) if not found.key.isdigit() else (),
    )


def _digest(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _local(document: Document) -> Iterator[Path]:
    """The stored file as a file of this machine, wherever it is stored."""
    if not document.file or not document.file.storage.exists(document.file.name or ""):
        raise Refused("gone")
    with on_disk(document.file) as path:
        yield path


def _language(document: Document) -> str:
    person = document.added_by
    return (person.language if person else "") or settings.LANGUAGE_CODE
