"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest

from khue.domains.knowledge.models import Collection, Conversation, Document, Exchange
from khue.domains.knowledge.queries import conversations, library
from khue.domains.people.api import actor


def own_conversation(request: HttpRequest, conversation_id: UUID) -> Conversation:
    try:
        return conversations.one(actor(request), conversation_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def own_exchange(request: HttpRequest, exchange_id: UUID) -> Exchange:
    try:
        return conversations.exchange(actor(request), exchange_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def readable_collection(request: HttpRequest, collection_id: UUID) -> Collection:
    try:
        return library.collection(actor(request), collection_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def readable_document(request: HttpRequest, document_id: UUID) -> Document:
    try:
        return library.document(actor(request), document_id)
    except ObjectDoesNotExist:
        raise Http404 from None
