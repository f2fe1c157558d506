"""One document: read it at the quoted words, take the file along, delete it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.knowledge.actions import documents as document_actions
from khue.domains.knowledge.permissions import can_change_collection
from khue.domains.knowledge.queries import library
from khue.domains.knowledge.rules import PAGES
from khue.domains.knowledge.views.loading import readable_document
from khue.domains.people.api import Role, actor
from khue.gateway.classes import DataClass


@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """`?start=&end=` mark the quoted words (code points of the document's text); `?page=` turns the viewer's pages."""
    found = readable_document(request, document_id)
    start, end, number = (_whole(request.GET.get(name)) for name in ("start", "end", "page"))
    by = actor(request)
    held_back = found.data_class >= DataClass.SECRET
    may_settle = by.is_a(Role.STEWARD) and found.collection.organisation_id in by.branch
    shown = not held_back or may_settle
    context = {
        "document": found,
        "held_back": held_back,
        "may_settle": may_settle,
        "reading": library.reading(found, number=number or 1, at=None if number else start) if shown else None,
        "quote": (start, end),
        "own_page": PAGES.get(found.kind),
        "card": library.card(found) if found.facts else None,
        "may_change": can_change_collection(by, found.collection),
    }
    return render(request, "knowledge/documents/document.html", context)


def _whole(raw: str | None) -> int | None:
    return int(raw) if raw and raw.isdecimal() and len(raw) < 10 else None


@require_GET
def file(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Always as a download: a file from outside is never shown inside our pages."""
    found = readable_document(request, document_id)
    if not found.file or found.data_class >= DataClass.SECRET:
        raise Http404
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )


@require_POST
def delete(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = readable_document(request, document_id)
    document_actions.delete(by=actor(request), document=found)
    messages.success(request, _("“%(title)s” is deleted: text, index and file.") % {"title": found.title})
    return redirect("knowledge:collection", found.collection_id)
