"""Minutes of meetings."""

import json
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.drafting import api as drafting
from khue.domains.knowledge import api as knowledge
from khue.domains.people import api as people
from khue.domains.people.api import actor
from khue.domains.synthesis.actions import meetings as actions
from khue.domains.synthesis.forms import MeetingForm
from khue.domains.synthesis.models import Meeting
from khue.domains.synthesis.paper import minutes as paper
from khue.domains.synthesis.permissions import can_change
from khue.domains.synthesis.views.loading import changeable, is_part, visible
from khue.domains.synthesis.views.syntheses import WORD
from khue.gateway.api import DataClass
from khue.kernel.errors import UserError

TOLD = ("start", "venue", "chair", "clerk", "present", "end")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            notes = facts["notes"] or (_text_of(facts["file"]) if facts["file"] else "")
            made = actions.begin(
                by=actor(request), title=facts["title"], notes=notes, held_on=facts["held_on"],
                data_class=facts["data_class"], is_shared=facts["is_shared"],
            )  # fmt: skip
            actions.write_later(made)
            return redirect("synthesis:meeting", made.pk)
        except UserError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "synthesis/meetings/new.html", {"form": form}, status=400 if form.errors else 200)


def _text_of(file: Any) -> str:
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix[:10]) as copy, knowledge.Sandbox() as sandbox:
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        read = knowledge.read_file(Path(copy.name), file.name, sandbox=sandbox)
    return "\n".join(block.text for document in read.documents for block in document.blocks)


@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = visible(request, Meeting, meeting_id)
    context = {
        "meeting": found,
        "lines": list(enumerate(found.notes.splitlines(), 1)),
        "told": [(name, found.minutes["told"].get(name, "")) for name in TOLD],
        "may_change": can_change(actor(request), found),
    }
    name = "_meeting.html" if is_part(request) else "meeting.html"
    return render(request, f"synthesis/meetings/{name}", context)


@require_POST
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = changeable(request, Meeting, meeting_id)
    columns = {name: request.POST.getlist(f"task_{name}") for name in ("owner", "what", "due")}
    tasks = [
        {name: values[at] for name, values in columns.items() if at < len(values)}
        for at in range(len(found.minutes["tasks"]))
    ]
    told = {name: request.POST.get(f"told_{name}", "") for name in TOLD}
    actions.change(by=actor(request), meeting=found, told=told, tasks=tasks)
    messages.success(request, _("The minutes are kept as you put them right."))
    return redirect("synthesis:meeting", found.pk)


@require_GET
def file(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = visible(request, Meeting, meeting_id)
    octets = drafting.compiled(json.dumps(_document(found)).encode()).octets
    answer = HttpResponse(octets, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{slugify(found.title)[:80] or "minutes"}.docx"'
    return answer


def _document(meeting: Meeting) -> dict[str, Any]:
    agency = people.organisation_names([meeting.organisation_id])[meeting.organisation_id]
    held = {"title": meeting.title, "held_on": meeting.held_on, "minutes": meeting.minutes}
    return paper.document(held, agency=agency)


@require_POST
def draft(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes go on as a draft of one's own (biên bản); the notes stay with it as its source."""
    found = visible(request, Meeting, meeting_id)
    notes = "\n".join(f"{n}. {line}" for n, line in enumerate(found.notes.splitlines(), 1))
    source = {"title": found.title, "heading": "", "text": notes, "data_class": found.data_class}
    try:
        made = drafting.open_draft(
            by=actor(request), content=_document(found), data_class=DataClass(found.data_class), sources=[source]
        )
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("synthesis:meeting", found.pk)
    return redirect("drafting:draft", made)


@require_POST
def delete(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    actions.delete(by=actor(request), meeting=changeable(request, Meeting, meeting_id))
    messages.success(request, _("The minutes and the notes are deleted."))
    return redirect("synthesis:index")
