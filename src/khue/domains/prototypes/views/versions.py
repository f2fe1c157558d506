"""Versions of a tool: side by side, gone back to, explained."""

import base64
import difflib
import json
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor
from khue.domains.prototypes.actions import explaining, tools
from khue.domains.prototypes.models import Version
from khue.domains.prototypes.permissions import can_change
from khue.domains.prototypes.queries import checks
from khue.domains.prototypes.views.loading import changeable, usable, version_of, visible
from khue.domains.prototypes.writing import paths
from khue.kernel.errors import UserError
from khue.ui.streaming import sse


@require_GET
def history(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    """All versions with their pictures; two of them (?a=1&b=2) compared."""
    found = visible(request, tool_id)
    numbers = [request.GET.get(name, "") for name in ("a", "b")]
    pair = [version_of(found, int(number)) for number in numbers if number.isdigit()]
    context = {
        "tool": found,
        "versions": found.versions.defer("html").select_related("made_by"),
        "may_change": can_change(actor(request), found),
        "pair": pair if len(pair) == 2 else [],
        "difference": compared(*pair) if len(pair) == 2 else [],
    }
    return render(request, "prototypes/versions.html", context)


def compared(old: Version, new: Version) -> list[tuple[str, str]]:
    """Lines as (sign, text): parameters by their names where both are of one pattern, else the code."""
    if old.pattern and old.pattern == new.pattern:
        changed = paths.changed(old.source["parameters"], new.source["parameters"])
        rows = [
            (sign, f"{path}: {value}")
            for path, was, now in changed
            for sign, value in (("-", was), ("+", now))
            if value is not None
        ]
        styles = difflib.ndiff(old.source.get("extra", "").splitlines(), new.source.get("extra", "").splitlines())
        return rows + [(line[0], line[2:]) for line in styles if line[0] in "+-"]
    lines = difflib.unified_diff(tools.code_of(old).splitlines(), tools.code_of(new).splitlines(), lineterm="", n=2)
    return [(line[0] if line[0] in "+-" else " ", line[1:]) for line in list(lines)[2:] if not line.startswith("@@")]


@require_POST
def go_back(request: HttpRequest, tool_id: UUID, number: int) -> HttpResponse:
    found = changeable(request, tool_id)
    try:
        made = tools.go_back(by=actor(request), tool=found, version=version_of(found, number))
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Version %(number)s is as the one that you chose.") % {"number": made.number})
    return redirect("prototypes:studio", found.pk)


@require_GET
def picture(request: HttpRequest, tool_id: UUID, number: int) -> HttpResponse:
    held = version_of(usable(request, tool_id), number)
    if not held.picture:
        raise Http404
    if held.picture_by == "browser":
        response = HttpResponse(base64.b64decode(held.picture), content_type="image/png")
    else:
        response = HttpResponse(held.picture, content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_GET
def explain(request: HttpRequest, tool_id: UUID, number: int) -> HttpResponse:
    """Piece by piece, with what each does; the words come from the parts' own, the model's follow where it runs."""
    found = visible(request, tool_id)
    held = version_of(found, number)
    context = {
        "tool": found,
        "version": held,
        "pieces": explaining.pieces(held),
        "findings": checks.findings(held.findings),
    }
    return render(request, "prototypes/explain.html", context)


@require_GET
def explain_stream(request: HttpRequest, tool_id: UUID, number: int) -> HttpResponseBase:
    found = visible(request, tool_id)
    brake = knowledge.Brake()
    return sse(_told(request, version_of(found, number), brake), on_leave=brake.pull)


def _told(request: HttpRequest, held: Version, brake: knowledge.Brake) -> Iterator[tuple[str, str]]:
    try:
        for event in explaining.stream(version=held, by=actor(request), brake=brake):
            if isinstance(event, explaining.Told):
                yield "told", json.dumps({"number": event.number, "text": event.text})
    except UserError as refusal:
        yield "refused", str(refusal)
    yield "finished", ""
