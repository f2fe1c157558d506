"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from khue.domains.assistants.actions import visits
from khue.domains.assistants.models import Assistant, Message, Run, TestQuestion, Version, Visit
from khue.domains.assistants.permissions import can_change
from khue.domains.people.api import actor


def visible(request: HttpRequest, assistant_id: UUID) -> Assistant:
    return get_object_or_404(Assistant.objects.visible_to(actor(request)), pk=assistant_id)


def changeable(request: HttpRequest, assistant_id: UUID) -> Assistant:
    found = visible(request, assistant_id)
    if not can_change(actor(request), found):
        raise Http404
    return found


def run_of(assistant: Assistant, run_id: UUID) -> Run:
    return get_object_or_404(Run.objects.select_related("version"), pk=run_id, version__assistant=assistant)


def version_of(assistant: Assistant, number: int) -> Version:
    return get_object_or_404(assistant.versions, number=number)


def question_of(assistant: Assistant, question_id: UUID) -> TestQuestion:
    return get_object_or_404(assistant.questions, pk=question_id)


def published(slug: str) -> Assistant:
    try:
        return visits.published(slug)
    except Assistant.DoesNotExist:
        raise Http404 from None


def visit_of(assistant: Assistant, visit_id: UUID) -> Visit:
    """Its id has 74 random bits and is shown to nobody but who began it."""
    return get_object_or_404(Visit.objects.select_related("version"), pk=visit_id, assistant=assistant)


def message_of(assistant: Assistant, message_id: UUID) -> Message:
    found = Message.objects.select_related("visit__version", "visit__assistant")
    return get_object_or_404(found, pk=message_id, visit__assistant=assistant)
