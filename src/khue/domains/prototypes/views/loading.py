"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from khue.domains.people.api import actor
from khue.domains.prototypes.models import State, Tool, Turn, Version
from khue.domains.prototypes.permissions import can_change


def visible(request: HttpRequest, tool_id: UUID) -> Tool:
    return get_object_or_404(Tool.objects.visible_to(actor(request)).select_related("head", "published"), pk=tool_id)


def usable(request: HttpRequest, tool_id: UUID) -> Tool:
    return get_object_or_404(Tool.objects.open_to(actor(request)).select_related("head", "published"), pk=tool_id)


def changeable(request: HttpRequest, tool_id: UUID) -> Tool:
    found = visible(request, tool_id)
    if not can_change(actor(request), found):
        raise Http404
    return found


def turn_of(tool: Tool, turn_id: UUID) -> Turn:
    return get_object_or_404(Turn.objects.select_related("tool", "before", "version"), pk=turn_id, tool=tool)


def version_of(tool: Tool, number: int) -> Version:
    return get_object_or_404(tool.versions.select_related("tool"), number=number)


def linked(link: str) -> Tool:
    """Whoever has the link may open it; a retired tool has no page any more."""
    found = get_object_or_404(Tool.objects.select_related("head", "published").exclude(link=""), link=link)
    if found.state == State.RETIRED or not (found.published or found.head):
        raise Http404
    return found
