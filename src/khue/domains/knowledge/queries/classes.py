"""Documents whose class stands above their collection's, as a steward sees them."""

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from khue.domains.knowledge.models import Document
from khue.domains.people.api import Actor
from khue.domains.stewardship.api import Raised
from khue.gateway.classes import DataClass

KIND = "document"


def raised(by: Actor) -> QuerySet[Document]:
    """In the organisation and below it, readable by the steward: those to decide about first, the settled last."""
    waiting = _raised(by).filter(pk__in=Document.objects.visible_to(by).values("pk")).select_related("collection")
    return waiting.order_by(F("settled_class").desc(nulls_first=True), "-created_at", "pk")


def closed(by: Actor) -> int:
    """Raised ones in collections that only their owners may read."""
    return _raised(by).exclude(pk__in=Document.objects.visible_to(by).values("pk")).count()


def _raised(by: Actor) -> QuerySet[Document]:
    above = Q(data_class__gt=F("collection__data_class")) | Q(settled_class__isnull=False)
    return Document.objects.filter(above, collection__organisation__in=by.branch, collection__scratch=False)


def one(by: Actor, document_id: UUID) -> Raised | None:
    found = raised(by).filter(pk=document_id).first()
    return as_raised(found) if found else None


def as_raised(document: Document) -> Raised:
    return Raised(
        kind=KIND,
        id=document.pk,
        title=document.title,
        place=document.collection.name,
        organisation_id=document.collection.organisation_id,
        url=reverse("knowledge:document", args=[document.pk]),
        floor=DataClass(document.collection.data_class),
        current=DataClass(document.data_class),
        demanded=document.demanded_class,
        found=document.found,
        marking=document.marking,
        is_seen=bool(document.looked),
        is_settled=document.settled_class is not None,
        at=document.created_at,
        brought_by=frozenset(each for each in (document.added_by_id, document.collection.owner_id) if each),
    )
