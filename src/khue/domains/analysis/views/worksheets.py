"""A worksheet: ask, run, look at steps."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.analysis import charts, stepping
from khue.domains.analysis.actions import asking, steps, worksheets
from khue.domains.analysis.disclosure.outgoing import LEAST
from khue.domains.analysis.forms import SqlForm
from khue.domains.analysis.forms.charts import ChartForm
from khue.domains.analysis.models import Analysis, Step
from khue.domains.analysis.permissions import can_change
from khue.domains.analysis.queries import drawings, outgoing, tables, titles
from khue.domains.analysis.queries.charting import CHART_NAMES, as_table
from khue.domains.analysis.queries.waiting import ahead_of, progress, questions_of
from khue.domains.analysis.sql.schema import Schema
from khue.domains.analysis.views.loading import changeable, step_of, visible
from khue.domains.people.api import actor
from khue.kernel.errors import UserError

KEPT_S = 24 * 3600


@require_GET
def worksheet(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    return worksheet_page(request, visible(request, analysis_id))


def worksheet_page(request: HttpRequest, found: Analysis, *, status: int = 200, **more: Any) -> HttpResponse:
    datasets = list(found.datasets.prefetch_related("tables"))
    schema = tables.schema(tables.of_datasets(datasets))
    context = {
        "analysis": found,
        "datasets": datasets,
        "data_class": max((one.data_class for one in datasets), default=0),
        "is_generated": any(one.is_generated for one in datasets),
        "steps": [shown(step, schema) for step in found.steps.select_related("by")],
        "questions": [
            {"question": one, "stages": progress(one), "ahead": ahead_of(one)} for one in questions_of(found.pk)
        ],
        "may_change": can_change(actor(request), found),
        "is_controlled": outgoing.demands(found),
        "least": LEAST,
    }
    return render(request, "analysis/worksheet.html", context | more, status=status)


def shown(step: Step, schema: Schema | None = None) -> dict[str, Any]:
    """What the template of its kind needs."""
    kind, table, called = stepping.kind(step.kind), step.table, titles.of_step(step, schema)
    return {
        "step": step,
        "kind": kind,
        "table": table,
        "facts": titles.in_tables(step.facts, called),
        "template": kind.template,
        "drawing": drawing(step, schema),
        "called": called,
        "grid": as_table(table, called),
        "is_cut": step.result.get("is_cut", False),
        "chart_form": ChartForm(table, step.chart, auto_id=f"{step.pk}_%s") if charts.choice_of(step.chart) else None,
        "spec": json.dumps(step.chart, ensure_ascii=False, indent=1) if step.chart else "",
        "drawn_as": CHART_NAMES.get(step.chart.get("usermeta", {}).get("khue", {}).get("kind", ""), ""),
        "sql_form": SqlForm(initial={"sql": step.sql, "question": step.question}, auto_id=f"{step.pk}_%s"),
    }


def drawing(step: Step, schema: Schema | None = None) -> str:
    """Its chart as SVG for a page; empty where it has none or it cannot be drawn."""
    if not step.chart:
        return ""
    language = get_language() or "vi"
    key = f"analysis.drawing.{language}.{step.pk}.{step.updated_at.timestamp()}"
    found: str | None = cache.get(key)
    if found is None:
        try:
            found = charts.svg(drawings.drawn(step, step.table, schema), language=language, for_page=True)
        except charts.CannotDraw:
            found = ""
        cache.set(key, found, KEPT_S)
    return mark_safe(found)  # noqa: S308  # drawn by us; texts in it are escaped by the drawing engine


@require_POST
def run(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    """SQL as a person wrote it."""
    found = changeable(request, analysis_id)
    form = SqlForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a statement first."))
        return redirect("analysis:worksheet", found.pk)
    try:
        step = asking.run(by=actor(request), analysis=found, **form.cleaned_data)
    except UserError as refusal:
        return worksheet_page(request, found, refusal=refusal, written=form.cleaned_data["sql"], status=400)
    return redirect(step_url(step))


def step_url(step: Step) -> str:
    from django.urls import reverse

    return f"{reverse('analysis:worksheet', args=[step.analysis_id])}#step-{step.position}"


@require_POST
def redraw(request: HttpRequest, analysis_id: UUID, step_id: UUID) -> HttpResponse:
    """Another form that fits, other words, another order."""
    found = changeable(request, analysis_id)
    step = step_of(found, step_id)
    form = ChartForm(step.table, step.chart, request.POST)
    if form.is_valid():
        steps.redraw(by=actor(request), step=step, choice=form.choice(), edit=form.edit())
    else:
        messages.error(request, _("The chart stays as it was: %(why)s") % {"why": " ".join(_why(form))})
    return redirect(step_url(step))


def _why(form: ChartForm) -> list[str]:
    return [f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()]


@require_POST
def approve(request: HttpRequest, analysis_id: UUID, step_id: UUID) -> HttpResponse:
    step = step_of(changeable(request, analysis_id), step_id)
    asking.approve(by=actor(request), step=step)
    messages.success(request, _("Kept as an example. It helps with questions that are like it."))
    return redirect(step_url(step))


@require_GET
def again(request: HttpRequest, analysis_id: UUID, step_id: UUID) -> HttpResponse:
    """Runs it again and sets both results beside each other; nothing is kept."""
    found = visible(request, analysis_id)
    step = step_of(found, step_id)
    try:
        rerun = steps.rerun(step)
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect(step_url(step))
    context = {
        "analysis": found,
        "step": step,
        "kind": stepping.kind(step.kind),
        "called": titles.of_step(step),
        "rerun": rerun,
        "differences": steps.differences(step.table, rerun.outcome.result),
    }
    return render(request, "analysis/again.html", context)


@require_POST
def drop(request: HttpRequest, analysis_id: UUID, step_id: UUID) -> HttpResponse:
    found = changeable(request, analysis_id)
    worksheets.drop(by=actor(request), step=step_of(found, step_id))
    return redirect("analysis:worksheet", found.pk)


@require_http_methods(["POST"])
def delete(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    worksheets.delete(by=actor(request), analysis=changeable(request, analysis_id))
    return redirect("analysis:index")
