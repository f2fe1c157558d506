"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from khue.domains.drafting.models import Draft
from khue.domains.drafting.permissions import can_change
from khue.domains.people.api import actor


def visible(request: HttpRequest, draft_id: UUID) -> Draft:
    found = Draft.objects.visible_to(actor(request)).select_related("owner", "holder", "organisation")
    return get_object_or_404(found, pk=draft_id)


def changeable(request: HttpRequest, draft_id: UUID) -> Draft:
    found = visible(request, draft_id)
    if not can_change(actor(request), found):
        raise Http404
    return found
