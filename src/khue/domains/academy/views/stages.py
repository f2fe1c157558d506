"""A stage of a team: its canvas, what was made, its gate. Everything works without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.academy.actions import canvases as actions
from khue.domains.academy.actions import notices
from khue.domains.academy.actions.canvases import Written
from khue.domains.academy.course.sprint import Stage
from khue.domains.academy.forms.sprints import FileForm
from khue.domains.academy.models import Artefact, Entry
from khue.domains.academy.permissions.sprints import can_mentor, can_read, is_member
from khue.domains.academy.queries import rooms
from khue.domains.academy.queries import sprints as queries
from khue.domains.people.api import actor
from khue.kernel.errors import NotAllowed, UserError


def entry_or_404(request: HttpRequest, entry_id: UUID) -> Entry:
    """One of a sprint that the person sees; 403 when it is another team's."""
    by = actor(request)
    found = get_object_or_404(
        Entry.objects.select_related("sprint__activity__version", "sprint__cohort__version", "team", "problem").filter(
            sprint__in=queries.seen_by(by)
        ),
        pk=entry_id,
    )
    if not can_read(by, found):
        raise PermissionDenied
    return found


def _stage_or_404(entry: Entry, key: str) -> Stage:
    stage = entry.sprint.plan.stage(key)
    if stage is None:
        raise Http404
    return stage


@require_GET
def stage(request: HttpRequest, entry_id: UUID, key: str) -> HttpResponse:
    entry = entry_or_404(request, entry_id)
    plan = _stage_or_404(entry, key)
    notices.seen(by=actor(request), things=[entry.pk])
    return render(request, "academy/stages/stage.html", _page(request, entry, plan))


def _page(
    request: HttpRequest, entry: Entry, plan: Stage, written: dict[str, tuple[Written, str]] | None = None
) -> dict[str, Any]:
    """`written`: field → what became of it and what was sent, after a form that met other writers."""
    by, written = actor(request), written or {}
    texts = queries.texts(entry, plan.key)
    steps = queries.steps(entry)
    here = next(step for step in steps if step.stage.key == plan.key)
    member = is_member(by, entry)
    fields = []
    for field in plan.canvas:
        there = texts.get(field.key)
        met, sent = written.get(field.key, (None, ""))
        conflict = met if met and met.is_conflict else None
        fields.append(
            {
                "field": field,
                "version": there.version if there else 0,
                "text": sent if conflict else (there.text if there else ""),
                "there": there,
                "conflict": conflict,
            }
        )
    return {
        "entry": entry,
        "sprint": entry.sprint,
        "stage": plan,
        "here": here,
        "steps": steps,
        "ahead": queries.ahead(steps),
        "fields": fields,
        "member": member,
        "hand": rooms.hand_up(by.person_id, entry.sprint.cohort_id) if member else None,
        "stuck_at": f"activity:{entry.sprint.activity_id}",
        "writes": member and here.is_open,
        "mentors_it": can_mentor(by, entry),
        "artefacts": entry.artefacts.filter(stage=plan.key).select_related("added_by"),
        "file_form": FileForm(),
        "things": queries.own_things(by.person_id) if member and here.is_open else [],
    }


@require_POST
def save(request: HttpRequest, entry_id: UUID, key: str) -> HttpResponse:
    """The fields that the form names in `field`, each with `base-…` and `text-…`. JSON for a script."""
    entry = entry_or_404(request, entry_id)
    plan = _stage_or_404(entry, key)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    given = {
        name: (_number(request.POST.get(f"base-{name}", "")), request.POST.get(f"text-{name}", ""))
        for name in request.POST.getlist("field")
    }
    try:
        written = actions.write(by=actor(request), entry_id=entry.pk, stage=key, given=given)
    except NotAllowed:
        raise
    except UserError as refusal:
        if wants_json:
            return JsonResponse({"refused": str(refusal)}, status=409)
        messages.error(request, str(refusal))
        return redirect("academy:sprint-stage", entry.pk, key)
    if wants_json:
        return JsonResponse({"fields": [_told(one) for one in written]})
    met = {one.field: (one, given[one.field][1].replace("\r\n", "\n")) for one in written}
    if any(one.is_conflict for one in written):
        return render(request, "academy/stages/stage.html", _page(request, entry, plan, met), status=409)
    messages.success(request, _("Saved."))
    return redirect("academy:sprint-stage", entry.pk, key)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _told(one: Written) -> dict[str, Any]:
    told = {"field": one.field, "version": one.version, "text": one.text, "by": one.by}
    return told | {"conflict": one.is_conflict}


@require_GET
def pulse(request: HttpRequest, entry_id: UUID, key: str) -> HttpResponse:
    """What stands in the fields now, for the pages of the others."""
    entry = entry_or_404(request, entry_id)
    _stage_or_404(entry, key)
    found = queries.texts(entry, key).values()
    return JsonResponse(
        {"fields": [_told(Written(t.field, t.version, t.text, str(t.written_by or ""))) for t in found]}
    )


@require_POST
def add(request: HttpRequest, entry_id: UUID, key: str) -> HttpResponse:
    """A file, an address, or a thing of a tool."""
    by, entry = actor(request), entry_or_404(request, entry_id)
    given: dict[str, Any] = {"by": by, "entry_id": entry.pk, "stage": key}
    form = FileForm(request.POST, request.FILES)
    try:
        if thing := request.POST.get("thing"):
            kind, _colon, thing_id = thing.partition(":")
            actions.add_thing(**given, kind=kind, thing_id=thing_id)
        elif form.is_valid() and form.cleaned_data["file"]:
            file = form.cleaned_data["file"]
            name = form.cleaned_data["name"]
            actions.add_file(**given, name=name, octets=file.read(), file_name=file.name)
        elif form.is_valid():
            actions.add_link(**given, name=form.cleaned_data["name"], link=form.cleaned_data["link"])
        else:
            messages.error(request, _("Choose a file, or give an address."))
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("academy:sprint-stage", entry.pk, key)


@require_POST
def take_away(request: HttpRequest, entry_id: UUID, key: str, artefact_id: UUID) -> HttpResponse:
    entry = entry_or_404(request, entry_id)
    actions.take_away(by=actor(request), entry_id=entry.pk, artefact_id=artefact_id)
    return redirect("academy:sprint-stage", entry.pk, key)


@require_GET
def artefact(request: HttpRequest, entry_id: UUID, artefact_id: UUID) -> HttpResponse:
    entry = entry_or_404(request, entry_id)
    found = get_object_or_404(entry.artefacts.select_related("content"), pk=artefact_id, kind=Artefact.FILE)
    assert found.content is not None
    return download(bytes(found.content.octets), found.link)


def download(octets: bytes, name: str) -> HttpResponse:
    """Never shown in the page: what a team hands in may be anything."""
    answer = HttpResponse(octets, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def hand_in(request: HttpRequest, entry_id: UUID, key: str) -> HttpResponse:
    entry = entry_or_404(request, entry_id)
    try:
        work = actions.hand_in(
            by=actor(request), entry_id=entry.pk, stage=key, round=_number(request.POST.get("round", ""))
        )
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        waits = work.state == "waiting"
        messages.success(request, _("Your mentor is asked to look. Go on meanwhile.") if waits else _("Passed. Go on."))
    return redirect("academy:sprint-stage", entry.pk, key)


@require_POST
def gate(request: HttpRequest, entry_id: UUID, key: str) -> HttpResponse:
    entry = entry_or_404(request, entry_id)
    _stage_or_404(entry, key)
    try:
        actions.decide(
            by=actor(request),
            entry_id=entry.pk,
            stage=key,
            round=_number(request.POST.get("round", "")),
            met=request.POST.getlist("met"),
            note=request.POST.get("note", ""),
            passes=request.POST.get("word") == "pass",
        )
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("academy:sprint-stage", entry.pk, key)
    messages.success(request, _("The team sees your word at once."))
    return redirect("academy:sprint", entry.sprint_id)
