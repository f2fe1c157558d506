"""The studio: conversation at the left, the running tool at the right."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor
from khue.domains.prototypes.actions import calls, tools, turns
from khue.domains.prototypes.models import Tool, Turn, Version
from khue.domains.prototypes.permissions import can_change, can_review
from khue.domains.prototypes.queries import channel, checks
from khue.domains.prototypes.rules import MOST_REPAIRS, file_name, grave
from khue.domains.prototypes.views.framing import frame_url, framed
from khue.domains.prototypes.views.loading import changeable, turn_of, usable, version_of, visible
from khue.kernel.errors import UserError
from khue.ui.streaming import sse


@require_GET
def studio(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = visible(request, tool_id)
    return framed(request, render(request, "prototypes/studio.html", _context(request, found)))


def _context(request: HttpRequest, tool: Tool) -> dict[str, Any]:
    by = actor(request)
    head = tool.head
    return {
        "tool": tool,
        "head": head,
        "turns": tool.turns.select_related("version", "by"),
        "may_change": can_change(by, tool),
        "may_review": can_review(by, tool),
        "frame": frame_url(request),
        "most_repairs": MOST_REPAIRS,
        "code": tools.code_of(head) if head else "",
        "findings": checks.findings(head.findings) if head else [],
        "outcomes": head.outcomes if head else [],
        "datasets": channel.datasets(by),
        "assistants": channel.assistants(by),
        "review": head.reviews.first() if head else None,
        "feedback": tool.feedback.filter(settled_at=None)[:20],
        "uses": sum(tool.uses.values_list("count", flat=True)),
        "address": request.build_absolute_uri("/t/"),
    }


@require_POST
def say(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    """The turn as HTML for the page's script; without it, back to the studio."""
    found = changeable(request, tool_id)
    try:
        turn = turns.say(by=actor(request), tool=found, text=request.POST.get("text", ""))
    except UserError as refusal:
        return _refused(request, found, refusal)
    return _turn(request, turn)


@require_POST
def repair(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    """What went wrong in the running tool, as the page saw it; `itself`: no person pressed a button."""
    found = changeable(request, tool_id)
    try:
        turn = turns.repair(
            by=actor(request), tool=found, faults=request.POST.getlist("fault"), itself=bool(request.POST.get("itself"))
        )
    except UserError as refusal:
        return _refused(request, found, refusal)
    return _turn(request, turn)


def _turn(request: HttpRequest, turn: Turn) -> HttpResponse:
    if request.headers.get("X-Studio") != "1":
        return redirect("prototypes:studio", turn.tool_id)
    return render(request, "prototypes/_turn.html", {"turn": turn, "tool": turn.tool, "may_change": True})


def _refused(request: HttpRequest, tool: Tool, refusal: UserError) -> HttpResponse:
    if request.headers.get("X-Studio") != "1":
        messages.error(request, str(refusal))
        return redirect("prototypes:studio", tool.pk)
    return render(request, "prototypes/_refused.html", {"text": str(refusal)}, status=400)


@require_GET
def stream(request: HttpRequest, tool_id: UUID, turn_id: UUID) -> HttpResponseBase:
    """Server-sent events: `waiting`, `shown` (the tool so far, JSON), `piece` (code), `finished` (the turn as HTML)."""
    turn = turn_of(changeable(request, tool_id), turn_id)
    brake = knowledge.Brake()
    return sse(_events(request, turn, brake), on_leave=brake.pull)


def _events(request: HttpRequest, turn: Turn, brake: knowledge.Brake) -> Iterator[tuple[str, str]]:
    for event in turns.stream(turn=turn, by=actor(request), brake=brake):
        match event:
            case knowledge.Waiting():
                yield "waiting", render_to_string("prototypes/_place.html", {"place": event})
            case calls.Shown():
                yield "shown", json.dumps({"html": event.html, "title": event.title, "said": event.said})
            case calls.Piece():
                yield "piece", json.dumps(event.text)
            case turns.Settled():
                yield "finished", _whole(request, turn)


def _whole(request: HttpRequest, turn: Turn) -> str:
    return render_to_string("prototypes/_turn.html", {"turn": turn, "tool": turn.tool, "may_change": True}, request)


@require_GET
def state(request: HttpRequest, tool_id: UUID, turn_id: UUID) -> HttpResponse:
    """The turn as it stands now: after a stop, or a lost connection."""
    return HttpResponse(_whole(request, turn_of(visible(request, tool_id), turn_id)))


@require_GET
def version(request: HttpRequest, tool_id: UUID, number: int) -> JsonResponse:
    """A version to be run: as data, so that it is never a page of ours."""
    found = version_of(usable(request, tool_id), number)
    return JsonResponse(_as_json(found))


def _as_json(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "html": version.html,
        "tried": checks.tried(version),
        "examples": [one.data() for one in checks.examples_of(version)],
        "title": version.tool.title,
        # must be changed: the page asks for a repair, as it does for examples that fail
        "grave": bool(grave(version.findings)),
    }


@require_GET
def beside(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    """What stands below the tool: examples, findings, versions."""
    found = visible(request, tool_id)
    return render(request, "prototypes/_beside.html", _context(request, found))


@require_POST
def outcomes(request: HttpRequest, tool_id: UUID, number: int) -> HttpResponse:
    """What the examples gave in the frame → the list as HTML."""
    found = changeable(request, tool_id)
    held = version_of(found, number)
    try:
        given = json.loads(request.body[:300_000])
        rows = [one for one in given if isinstance(one, dict)]
    except (ValueError, TypeError):
        return HttpResponse(status=400)
    tools.note_outcomes(version=held, outcomes=rows)
    return render(request, "prototypes/_outcomes.html", {"outcomes": held.outcomes, "tool": found})


@require_POST
def examples(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    _told(
        request,
        lambda: tools.set_examples(by=actor(request), tool=found, text=request.POST.get("examples", "")),
        _("Kept."),
    )
    return redirect("prototypes:studio", found.pk)


@require_POST
def code(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    _told(
        request,
        lambda: tools.by_hand(by=actor(request), tool=found, code=request.POST.get("code", "")),
        _("A new version with your code."),
    )
    return redirect("prototypes:studio", found.pk)


def _told(request: HttpRequest, act: Any, done: str) -> None:
    try:
        act()
        messages.success(request, done)
    except UserError as refusal:
        messages.error(request, str(refusal))


@require_POST
def fork(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = usable(request, tool_id)
    held = found.head if can_change(actor(request), found) else (found.published or found.head)
    if held is None:
        return redirect("prototypes:studio", found.pk)
    made = tools.fork(by=actor(request), tool=found, version=held)
    messages.success(request, _("A copy of your own."))
    return redirect("prototypes:studio", made.pk)


@require_POST
def delete(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    try:
        tools.delete(by=actor(request), tool=found)
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("prototypes:studio", found.pk)
    messages.success(request, _("Deleted, with its versions."))
    return redirect("prototypes:list")


@require_GET
def export(request: HttpRequest, tool_id: UUID, number: int) -> HttpResponse:
    """One file that works without a network, from a disk."""
    found = usable(request, tool_id)
    held = version_of(found, number)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file_name(found.title))}"}
    return HttpResponse(held.html, content_type="application/octet-stream", headers=headers)
