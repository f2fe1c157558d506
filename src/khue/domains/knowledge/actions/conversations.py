"""What people do with their conversations, besides asking."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.models import Conversation, Exchange
from khue.domains.people.api import Actor
from khue.kernel.errors import NotAllowed, UserError


class EmptyTitle(UserError):
    pass


def _own(by: Actor, conversation: Conversation) -> None:
    if conversation.owner_id != by.person_id:
        raise NotAllowed(_("This conversation belongs to somebody else."))


def rename(*, by: Actor, conversation: Conversation, title: str) -> None:
    _own(by, conversation)
    if not title.strip():
        raise EmptyTitle(_("Give the conversation a name; it keeps its old one until then."))
    conversation.title = title.strip()[:300]
    conversation.save(update_fields=["title", "updated_at"])


@transaction.atomic
def delete(*, by: Actor, conversation: Conversation) -> None:
    """Questions and answers go for good; the record of the model calls stays, without their content."""
    _own(by, conversation)
    conversation.delete()


def rate(*, by: Actor, exchange: Exchange, rating: int | None, reason: str = "") -> None:
    """`rating` is +1, -1, or None to take it back."""
    _own(by, exchange.conversation)
    if rating not in {1, -1, None}:
        raise ValueError(rating)
    exchange.rating = rating
    exchange.rating_reason = reason.strip() if rating else ""
    exchange.save(update_fields=["rating", "rating_reason", "updated_at"])
