"""Words and addresses of a conversation with an assistant."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from khue.domains.assistants.models import Channel, Message
from khue.domains.procedures import api as procedures

register = template.Library()


def _address(message: Message, name: str) -> str:
    """A builder's trial has addresses of its own."""
    if message.visit.channel == Channel.PREVIEW:
        return reverse(f"assistants:try-{name}", args=[message.visit.assistant_id, message.pk])
    address = reverse(f"assistants-open:{name}", args=[message.visit.assistant.slug, message.pk])
    return f"{address}?lang={get_language()}"  # no cookie says it


@register.simple_tag
def stream_url(message: Message) -> str:
    return _address(message, "stream")


@register.simple_tag
def state_url(message: Message) -> str:
    return _address(message, "state")


@register.simple_tag
def part_url(message: Message, name: str) -> str:
    """Where "rate" and "person" go."""
    return _address(message, name)


@register.filter
def as_card(kept: Mapping[str, Any]) -> procedures.Card:
    return procedures.restored_card(kept)
