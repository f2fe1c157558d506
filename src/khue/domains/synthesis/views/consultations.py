"""Answers of a public consultation: themes with counts, put right by people."""

import csv
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.people.api import actor
from khue.domains.synthesis.actions import consultations as actions
from khue.domains.synthesis.forms import ConsultationForm, CountForm, NameForm
from khue.domains.synthesis.models import Consultation, Opinion, Theme
from khue.domains.synthesis.permissions import can_change
from khue.domains.synthesis.queries import consultations as queries
from khue.domains.synthesis.views.loading import changeable, is_part, visible
from khue.kernel.errors import UserError

SHOWN = 200


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ConsultationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = actions.begin(
                by=actor(request), title=facts["title"], file=facts["file"], file_name=facts["file"].name,
                question=facts["question"], named=form.named, data_class=facts["data_class"],
                is_shared=facts["is_shared"],
            )  # fmt: skip
            actions.sort_later(made)
            return redirect("synthesis:consultation", made.pk)
        except UserError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "synthesis/consultations/new.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
def consultation(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    found = visible(request, Consultation, consultation_id)
    context = {
        "consultation": found,
        "count": found.opinions.count(),
        "themes": queries.themes(found),
        "unsorted": queries.unsorted(found),
        "agreed": queries.agreed(found),
        "by_group": queries.crossed(found, "group"),
        "by_place": queries.crossed(found, "place"),
        "may_change": can_change(actor(request), found),
        "form": CountForm(),
    }
    name = "_consultation.html" if is_part(request) else "consultation.html"
    return render(request, f"synthesis/consultations/{name}", context)


@require_GET
def theme(request: HttpRequest, consultation_id: UUID, theme_id: UUID) -> HttpResponse:
    """Its answers, each with its row in the file, to move one that stands wrong."""
    found = visible(request, Consultation, consultation_id)
    one = get_object_or_404(found.themes, pk=theme_id)
    context = {
        "consultation": found,
        "held": one,
        "count": one.opinions.count(),
        "opinions": one.opinions.order_by("-nearness").defer("vector")[:SHOWN],
        "themes": found.themes.all(),
        "may_change": can_change(actor(request), found),
    }
    return render(request, "synthesis/consultations/theme.html", context)


def _theme(request: HttpRequest, consultation_id: UUID, theme_id: UUID) -> Theme:
    return get_object_or_404(changeable(request, Consultation, consultation_id).themes, pk=theme_id)


@require_POST
def rename(request: HttpRequest, consultation_id: UUID, theme_id: UUID) -> HttpResponse:
    one, form = _theme(request, consultation_id, theme_id), NameForm(request.POST)
    if form.is_valid():
        actions.rename(by=actor(request), theme=one, name=form.cleaned_data["name"])
    return redirect("synthesis:consultation", consultation_id)


@require_POST
def merge(request: HttpRequest, consultation_id: UUID, theme_id: UUID) -> HttpResponse:
    one = _theme(request, consultation_id, theme_id)
    others = [other for other in one.consultation.themes.all() if str(other.pk) in request.POST.getlist("other")]
    if others:
        actions.merge(by=actor(request), into=one, others=others)
    return redirect("synthesis:consultation", consultation_id)


@require_POST
def split(request: HttpRequest, consultation_id: UUID, theme_id: UUID) -> HttpResponse:
    try:
        actions.split(by=actor(request), theme=_theme(request, consultation_id, theme_id))
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("synthesis:consultation", consultation_id)


def _chosen(request: HttpRequest, found: Consultation) -> Theme | None:
    return next((one for one in found.themes.all() if str(one.pk) == request.POST.get("theme")), None)


@require_POST
def move(request: HttpRequest, consultation_id: UUID, opinion_id: UUID) -> HttpResponse:
    found = changeable(request, Consultation, consultation_id)
    one: Opinion = get_object_or_404(found.opinions, pk=opinion_id)
    before = one.theme_id
    actions.move(by=actor(request), opinion=one, theme=_chosen(request, found))
    if before:
        return redirect("synthesis:theme", consultation_id, before)
    return redirect("synthesis:consultation", consultation_id)


@require_POST
def again(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    found, form = changeable(request, Consultation, consultation_id), CountForm(request.POST)
    try:
        actions.again(
            by=actor(request), consultation=found, count=form.cleaned_data["count"] if form.is_valid() else None
        )
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("synthesis:consultation", consultation_id)


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """One answer after another of the sample; where the machine has put it is not shown."""
    found, by = changeable(request, Consultation, consultation_id), actor(request)
    if request.method == "POST":
        one = found.opinions.filter(pk=request.POST["opinion"]).first() if _is_id(request) else None
        if one is not None:
            actions.judge(by=by, consultation=found, opinion=one, theme=_chosen(request, found))
        return redirect("synthesis:judge", found.pk)
    opinion, done, of = queries.to_judge(found, by)
    context = {
        "consultation": found, "opinion": opinion, "done": done, "of": of,
        "themes": found.themes.order_by("name"), "agreed": queries.agreed(found),
    }  # fmt: skip
    return render(request, "synthesis/consultations/judge.html", context)


def _is_id(request: HttpRequest) -> bool:
    try:
        UUID(request.POST.get("opinion", ""))
    except ValueError:
        return False
    return True


@require_GET
def file(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Every answer with its theme, as a sheet."""
    found = visible(request, Consultation, consultation_id)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(found.title)[:80] or "themes"}.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(
        [
            pgettext("column", "Row"),
            pgettext("column", "Theme"),
            pgettext("column", "Group"),
            pgettext("column", "Place"),
            pgettext("column", "Answer"),
        ]
    )
    for one in found.opinions.select_related("theme").defer("vector"):
        sheet.writerow(
            [one.row, _plain(one.theme.name if one.theme else ""), *map(_plain, (one.group, one.place, one.text))]
        )
    return answer


def _plain(cell: str) -> str:
    """No cell that a spreadsheet would run."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


@require_POST
def delete(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    actions.delete(by=actor(request), consultation=changeable(request, Consultation, consultation_id))
    messages.success(request, _("The consultation and its answers are deleted."))
    return redirect("synthesis:index")
