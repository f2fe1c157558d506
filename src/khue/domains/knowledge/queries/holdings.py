"""What a tool may choose from the library, and whether that has changed since."""

import hashlib
from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Count, Max, Q

from khue.domains.knowledge.models import Collection, Document, DocumentStatus, Passage
from khue.domains.knowledge.models.document import DocumentQuerySet
from khue.domains.knowledge.permissions import By
from khue.gateway.classes import DataClass


@dataclass(frozen=True)
class DocumentRef:
    id: UUID
    title: str
    collection: str
    data_class: DataClass
    changed_at: datetime
    kind: str
    language: str = ""
    codes: tuple[str, ...] = ()
    # label and value in Vietnamese
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Holdings:
    """`fingerprint` changes with any document that comes, goes or is read anew; `highest` is the highest class."""

    documents: int
    highest: DataClass
    changed_at: datetime | None
    fingerprint: str


def documents(
    by: By, *, ids: Some[UUID] = (), titles: Some[str] = (), words: str = "", limit: int = 30
) -> list[DocumentRef]:
    """By id, by exact title, or by words of the title; the latest first."""
    found = _readable(by).filter(status=DocumentStatus.READY)
    if ids or titles:
        found = found.filter(Q(pk__in=list(ids)) | Q(title__in=list(titles)))
    else:
        for word in words.split()[:8]:
            found = found.filter(Q(title__icontains=word) | Q(codes__icontains=word))
    rows = found.select_related("collection").order_by("-updated_at")[:limit]
    return [_ref(row) for row in rows]


def _ref(row: Document) -> DocumentRef:
    return DocumentRef(
        id=row.pk,
        title=row.title,
        collection=row.collection.name,
        data_class=DataClass(row.data_class),
        changed_at=row.updated_at,
        kind=row.kind,
        language=row.language,
        codes=tuple(row.codes),
        facts=tuple((fact["label"]["vi"], fact["value"]) for fact in row.facts),
    )


def sample(
    by: By,
    *,
    collections: Some[UUID] = (),
    documents: Some[UUID] = (),
    kind: str = "",
    order: Literal["sha256", "updated_at", "-updated_at"] = "sha256",
    limit: int = 20,
) -> list[DocumentRef]:
    """Some of these documents; by their digest, the same ones every time."""
    found = _readable(by).filter(_wanted(collections, documents, kind), status=DocumentStatus.READY)
    return [_ref(row) for row in found.select_related("collection").order_by(order)[:limit]]


def headings(by: By, document_id: UUID, *, limit: int = 3) -> list[str]:
    """The innermost headings of a document's passages."""
    passages = _readable(by).filter(pk=document_id).values_list("passages__heading", flat=True)
    found = [heading.rsplit(" › ", 1)[-1] for heading in passages.order_by("passages__position") if heading]
    return list(dict.fromkeys(found))[:limit]


def texts(by: By, document_id: UUID, *, limit: int = 12) -> list[str]:
    """Its first passages."""
    passages = _readable(by).filter(pk=document_id).order_by("passages__position")
    return [text for text in passages.values_list("passages__text", flat=True)[:limit] if text]


def saying(
    by: By,
    words: Some[str],
    *,
    collections: Some[UUID] = (),
    documents: Some[UUID] = (),
    kind: str = "",
    limit: int = 300,
) -> list[tuple[DocumentRef, str]]:
    """Passages with one of the words, each with its document; the newest documents first."""
    readable = _readable(by).filter(_wanted(collections, documents, kind), status=DocumentStatus.READY)
    wanted = Q()
    for word in words:
        wanted |= Q(text__icontains=word)
    found = Passage.objects.filter(wanted, document__in=readable.order_by().values("pk"))
    rows = found.select_related("document__collection").order_by("-document__updated_at", "position")[:limit]
    return [(_ref(row.document), row.text) for row in rows]


def _wanted(collections: Some[UUID], documents: Some[UUID], kind: str) -> Q:
    wanted = Q(collection__in=list(collections)) | Q(pk__in=list(documents))
    return wanted | Q(kind=kind) if kind else wanted


def holdings(by: By, *, collections: Some[UUID] = (), documents: Some[UUID] = (), kind: str = "") -> Holdings:
    """Of these collections and documents together; of all of a `kind` besides, if one is named."""
    found = _readable(by).filter(_wanted(collections, documents, kind)).order_by()
    facts = found.aggregate(
        count=Count("pk"), changed=Max("updated_at"), highest=Max("data_class"), floor=Max("collection__data_class")
    )
    said = f"{facts['count']} {facts['changed'].isoformat() if facts['changed'] else ''}"
    highest = DataClass(max(facts["highest"] or 0, facts["floor"] or 0))
    return Holdings(
        facts["count"], highest, facts["changed"], hashlib.sha256(said.encode()).hexdigest()[:32]
    )  # fmt: skip


def _readable(by: By) -> DocumentQuerySet:
    visible = Document.objects.visible_to(by) if by else Document.objects.all()
    return visible.usable()


def collections(by: By) -> list[tuple[Collection, int]]:
    """Those that the person may read, with how many documents are ready."""
    visible = Collection.objects.visible_to(by) if by else Collection.objects.all()
    ready = Count("documents", filter=Q(documents__status=DocumentStatus.READY))
    return [(one, one.ready) for one in visible.filter(scratch=False).annotate(ready=ready).order_by("name")]  # type: ignore[attr-defined]
