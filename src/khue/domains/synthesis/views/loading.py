"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from khue.domains.people.api import actor
from khue.domains.synthesis.models import Owned
from khue.domains.synthesis.permissions import can_change

O = TypeVar("O", bound=Owned)  # noqa: E741


def visible(request: HttpRequest, kind: type[O], pk: UUID) -> O:
    found: O = get_object_or_404(kind.objects.visible_to(actor(request)), pk=pk)
    return found


def changeable(request: HttpRequest, kind: type[O], pk: UUID) -> O:
    found = visible(request, kind, pk)
    if not can_change(actor(request), found):
        raise Http404
    return found


def is_part(request: Any) -> bool:
    return bool(request.htmx)
