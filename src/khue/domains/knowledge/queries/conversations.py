"""Reads of conversations: only the owner's own."""

from uuid import UUID

from django.db.models import Count, QuerySet

from khue.domains.knowledge.models import Conversation, Exchange
from khue.domains.people.api import Actor


def of(actor: Actor) -> QuerySet[Conversation]:
    """The person's conversations, the latest first, each with `questions`, the number of its questions."""
    return (
        Conversation.objects.filter(owner_id=actor.person_id, tool="ask")
        .annotate(questions=Count("exchanges"))
        .order_by("-updated_at")
    )


def one(actor: Actor, conversation_id: UUID) -> Conversation:
    """Raises Conversation.DoesNotExist for anything that is not the person's own."""
    return Conversation.objects.prefetch_related("exchanges", "collections").get(
        pk=conversation_id, owner_id=actor.person_id, tool="ask"
    )


def exchange(actor: Actor, exchange_id: UUID) -> Exchange:
    """Raises Exchange.DoesNotExist for anything that is not the person's own."""
    own = Exchange.objects.filter(conversation__owner_id=actor.person_id, conversation__tool="ask")
    return own.select_related("conversation").get(pk=exchange_id)
