"""Words and addresses of a conversation with an assistant."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse

from khue.domains.assistants.models import Channel, Message

register = template.Library()
Row = Mapping[str, Any]


def _address(message: Message, name: str) -> str:
    """A builder's trial has addresses of its own."""
    if message.visit.channel == Channel.PREVIEW:
        return reverse(f"assistants:try-{name}", args=[message.visit.assistant_id, message.pk])
    return reverse(f"assistants-open:{name}", args=[message.visit.assistant.slug, message.pk])


@register.simple_tag
def stream_url(message: Message) -> str:
    return _address(message, "stream")


@register.simple_tag
def state_url(message: Message) -> str:
    return _address(message, "state")


@register.filter
def rows_first(card: Mapping[str, Any]) -> list[Row]:
    """What is asked for; all, where nothing in particular is."""
    rows: list[Row] = card["rows"]
    return [row for row in rows if row["kind"] in card["asked"]] or rows


@register.filter
def rows_rest(card: Mapping[str, Any]) -> list[Row]:
    first = rows_first(card)
    return [row for row in card["rows"] if row not in first]
