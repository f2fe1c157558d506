"""Data and worksheets: lists, a worksheet with its steps."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.domains.analysis import stepping
from khue.domains.analysis.models import Analysis, Dataset, Step
from khue.domains.analysis.permissions import can_change
from khue.domains.analysis.views.loading import visible
from khue.domains.people.api import actor


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    context = {
        "datasets": Dataset.objects.visible_to(by)
        .select_related("organisation", "owner")
        .prefetch_related("tables")[:200],
        "analyses": Analysis.objects.visible_to(by).select_related("organisation", "owner")[:200],
    }
    return render(request, "analysis/index.html", context)


@require_GET
def worksheet(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    found = visible(request, analysis_id)
    context = {
        "analysis": found,
        "datasets": found.datasets.prefetch_related("tables"),
        "steps": [shown(step) for step in found.steps.select_related("by")],
        "may_change": can_change(actor(request), found),
    }
    return render(request, "analysis/worksheet.html", context)


def shown(step: Step) -> dict[str, Any]:
    """What the template of its kind needs."""
    kind = stepping.kind(step.kind)
    return {"step": step, "kind": kind, "table": step.table, "facts": step.facts, "template": kind.template}
