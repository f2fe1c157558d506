"""Briefs on a worksheet."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.analysis.actions import briefs, drafts
from khue.domains.analysis.forms.briefs import BriefForm, NewBriefForm
from khue.domains.analysis.models import Analysis, Brief
from khue.domains.analysis.paper import brief as paper
from khue.domains.analysis.permissions import can_change
from khue.domains.analysis.queries import briefs as queries
from khue.domains.analysis.views.loading import changeable
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


def _visible(request: HttpRequest, brief_id: UUID) -> Brief:
    seen = Analysis.objects.visible_to(actor(request)).values("pk")
    return get_object_or_404(Brief.objects.select_related("analysis"), pk=brief_id, analysis__in=seen)


def _changeable(request: HttpRequest, brief_id: UUID) -> Brief:
    found = _visible(request, brief_id)
    if not can_change(actor(request), found.analysis):
        raise Http404
    return found


@require_POST
def create(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    found, form = changeable(request, analysis_id), NewBriefForm(request.POST)
    try:
        title = form.cleaned_data["title"] if form.is_valid() else found.title
        made = briefs.create(by=actor(request), analysis=found, title=title)
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("analysis:worksheet", found.pk)
    return redirect("analysis:brief", made.pk)


@require_GET
def brief(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    found = _visible(request, brief_id)
    context = {
        "brief": found,
        "analysis": found.analysis,
        "shown": queries.shown(found),
        "writers": queries.writers(found),
        "may_change": can_change(actor(request), found.analysis),
    }
    page = "_brief.html" if request.headers.get("HX-Request") else "brief.html"
    return render(request, f"analysis/briefs/{page}", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    found = _changeable(request, brief_id)
    form = BriefForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        briefs.change(
            by=actor(request), brief=found, title=form.cleaned_data["title"], sections=form.cleaned_data,
            options=form.options,
        )  # fmt: skip
        return redirect("analysis:brief", found.pk)
    return render(request, "analysis/briefs/edit.html", {"brief": found, "analysis": found.analysis, "form": form})


@require_POST
def draft(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    found = _changeable(request, brief_id)
    try:
        drafts.later(by=actor(request), brief=found)
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("analysis:brief", found.pk)


@require_POST
def refresh(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    found = _changeable(request, brief_id)
    try:
        made = briefs.refresh(by=actor(request), brief=found)
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("analysis:brief", found.pk)
    if made.moved:
        count = len(made.moved)
        words = ngettext("%(count)s figure changed: %(list)s.", "%(count)s figures changed: %(list)s.", count)
        shown = "; ".join(f"{before} → {now}" for before, now in made.moved[:8])
        messages.success(request, words % {"count": count, "list": shown})
    else:
        messages.success(request, _("Every result is as it was; no figure changed."))
    if made.lost:
        messages.warning(request, _("No longer in any result: %(list)s.") % {"list": "; ".join(made.lost[:8])})
    return redirect("analysis:brief", found.pk)


@require_GET
def file(request: HttpRequest, brief_id: UUID, form: str) -> HttpResponse:
    found = _visible(request, brief_id)
    if form not in paper.FORMS:
        raise Http404
    kind, make = paper.FORMS[form]
    answer = HttpResponse(make(queries.document(found)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{slugify(found.title) or "brief"}.{form}"'
    return answer
