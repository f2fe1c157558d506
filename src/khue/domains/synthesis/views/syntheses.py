"""Reports: bring them, see what they say, take the report away."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.drafting import api as drafting
from khue.domains.people import api as people
from khue.domains.people.api import actor
from khue.domains.synthesis.actions import syntheses as actions
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.forms import AddForm, ReportForm, SynthesisForm
from khue.domains.synthesis.models import Consultation, Meeting, Report, Synthesis
from khue.domains.synthesis.paper import report as paper
from khue.domains.synthesis.permissions import can_change
from khue.domains.synthesis.queries import pages
from khue.domains.synthesis.queries.shown import cited, shown
from khue.domains.synthesis.views.loading import changeable, is_part, visible
from khue.gateway.api import DataClass
from khue.kernel import clock
from khue.kernel.errors import UserError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 100


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    context = {
        "syntheses": Synthesis.objects.visible_to(by).select_related("owner")[:MOST],
        "consultations": Consultation.objects.visible_to(by).select_related("owner")[:MOST],
        "meetings": Meeting.objects.visible_to(by).select_related("owner")[:MOST],
    }
    return render(request, "synthesis/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = SynthesisForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = actions.begin(
                by=actor(request), title=facts["title"], files=[(file.name, file) for file in facts["brought"]],
                outline=facts["outline"], expected=facts["expected"].splitlines(), data_class=facts["data_class"],
                is_shared=facts["is_shared"],
            )  # fmt: skip
            actions.work_later(made)
            return redirect("synthesis:synthesis", made.pk)
        except UserError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "synthesis/reports/new.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
def synthesis(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    """Renews itself while it is being made."""
    found = visible(request, Synthesis, synthesis_id)
    context = {
        "synthesis": found,
        "shown": pages.page(found),
        "may_change": can_change(actor(request), found),
        "add": AddForm(),
    }
    name = "synthesis/reports/_synthesis.html" if is_part(request) else "synthesis/reports/synthesis.html"
    return render(request, name, context)


@require_GET
def report(request: HttpRequest, synthesis_id: UUID, report_id: UUID) -> HttpResponse:
    """What was read of it, page by page: where citations lead."""
    found = visible(request, Synthesis, synthesis_id)
    one = get_object_or_404(found.reports, pk=report_id)
    period = Period.of(one.period).label if one.period else ""
    context = {
        "synthesis": found,
        "report": one,
        "period": period,
        "pages": pages.text(one),
        "may_change": can_change(actor(request), found),
        "form": ReportForm(initial={"place": one.place, "period": period}),
    }
    return render(request, "synthesis/reports/report.html", context)


def _report(request: HttpRequest, synthesis_id: UUID, report_id: UUID) -> Report:
    return get_object_or_404(changeable(request, Synthesis, synthesis_id).reports, pk=report_id)


@require_POST
def correct(request: HttpRequest, synthesis_id: UUID, report_id: UUID) -> HttpResponse:
    one, form = _report(request, synthesis_id, report_id), ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("synthesis:report", synthesis_id, report_id)
    actions.correct(by=actor(request), report=one, **form.cleaned_data)
    messages.success(request, _("Corrected; the synthesis is worked out anew."))
    return redirect("synthesis:synthesis", synthesis_id)


@require_POST
def leave_out(request: HttpRequest, synthesis_id: UUID, report_id: UUID) -> HttpResponse:
    actions.leave_out(by=actor(request), report=_report(request, synthesis_id, report_id))
    messages.success(request, _("The report is left out; the synthesis is worked out anew."))
    return redirect("synthesis:synthesis", synthesis_id)


@require_POST
def add(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    found, form = changeable(request, Synthesis, synthesis_id), AddForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            files = [(file.name, file) for file in form.cleaned_data["brought"]]
            actions.bring(by=actor(request), synthesis=found, files=files)
        else:
            messages.error(request, str(actions.NothingBrought()))
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("synthesis:synthesis", found.pk)


@require_POST
def stop(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    found = changeable(request, Synthesis, synthesis_id)
    actions.stop(by=actor(request), synthesis=found)
    return redirect("synthesis:synthesis", found.pk)


@require_POST
def go_on(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    found = changeable(request, Synthesis, synthesis_id)
    actions.go_on(by=actor(request), synthesis=found)
    return redirect("synthesis:synthesis", found.pk)


@require_POST
def delete(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    actions.delete(by=actor(request), synthesis=changeable(request, Synthesis, synthesis_id))
    messages.success(request, _("The synthesis and its reports are deleted."))
    return redirect("synthesis:index")


@require_GET
def file(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    """DOCX; with ?as=pdf the same pages as PDF."""
    found, as_pdf = visible(request, Synthesis, synthesis_id), request.GET.get("as") == "pdf"
    octets = drafting.compiled(json.dumps(_document(found), default=str).encode(), as_pdf=as_pdf).octets
    answer = HttpResponse(octets, content_type="application/pdf" if as_pdf else WORD)
    name = f"{slugify(found.title)[:80] or 'report'}.{'pdf' if as_pdf else 'docx'}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _document(synthesis: Synthesis) -> dict[str, Any]:
    agency = people.organisation_names([synthesis.organisation_id])[synthesis.organisation_id]
    return paper.document(shown(synthesis), agency=agency, day=clock.today())


@require_POST
def draft(request: HttpRequest, synthesis_id: UUID) -> HttpResponse:
    """The report goes on as a draft of one's own."""
    found = visible(request, Synthesis, synthesis_id)
    content = json.loads(json.dumps(_document(found), default=str))
    try:
        made = drafting.open_draft(
            by=actor(request), content=content, data_class=DataClass(found.data_class), sources=cited(found)
        )
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("synthesis:synthesis", found.pk)
    return redirect("drafting:draft", made)
