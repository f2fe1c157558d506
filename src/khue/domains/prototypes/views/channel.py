"""The narrow channel of a tool, on the side of the page: what the person who uses it may read."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.people.api import actor
from khue.domains.prototypes.actions import asking, handing
from khue.domains.prototypes.queries import channel
from khue.domains.prototypes.views.loading import changeable, usable
from khue.domains.prototypes.views.telling import refusals_told
from khue.kernel.errors import UserError
from khue.kernel.identifiers import identifier


@require_POST
def choose(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    by = actor(request)
    wanted = identifier(request.POST.get("dataset", ""))
    dataset = wanted if wanted in {one for one, _title in channel.datasets(by)} else None
    assistant = request.POST.get("assistant", "")
    with refusals_told(request):
        handing.channel(
            by=by, tool=found, dataset=dataset, assistant=assistant if assistant in channel.assistants(by) else ""
        )
        messages.success(request, _("Kept."))
    return redirect("prototypes:studio", found.pk)


@require_GET
def dataset(request: HttpRequest, tool_id: UUID) -> JsonResponse:
    """Rows as the person who uses the tool may read them."""
    try:
        return JsonResponse(channel.rows(usable(request, tool_id), actor(request)))
    except LookupError:
        return JsonResponse({"detail": _("This tool has no data that you may read.")}, status=404)


@require_POST
def ask(request: HttpRequest, tool_id: UUID) -> JsonResponse:
    found = usable(request, tool_id)
    try:
        question = str(json.loads(request.body[:10_000])["question"])
        return JsonResponse({"answer": asking.answer(tool=found, question=question)})
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"detail": _("Write a question first.")}, status=400)
    except UserError as refusal:
        return JsonResponse({"detail": str(refusal)}, status=400)
