"""Data: bring them, look at what is in them, take them away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.analysis.actions import databases, merging, worksheets
from khue.domains.analysis.actions import datasets as actions
from khue.domains.analysis.forms import BringForm
from khue.domains.analysis.models import Analysis, Dataset, DatasetState
from khue.domains.analysis.permissions import can_change
from khue.domains.analysis.queries.shown import table_shown
from khue.domains.analysis.queries.wording import remark
from khue.domains.analysis.views.loading import changeable_dataset, visible_dataset
from khue.domains.people.api import actor
from khue.gateway import api as gateway
from khue.kernel.errors import UserError


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        file = facts.pop("file")
        made = actions.begin(by=by, file=file, file_name=file.name, **facts)
        actions.load_later(made)
        return redirect("analysis:dataset", made.pk)
    context = {
        "datasets": Dataset.objects.visible_to(by)
        .select_related("organisation", "owner")
        .prefetch_related("tables")[:200],
        "analyses": Analysis.objects.visible_to(by).select_related("organisation", "owner")[:200],
        "form": form,
        "databases": databases.permitted(by),
    }
    return render(request, "analysis/index.html", context, status=400 if form.errors else 200)


@require_GET
def dataset(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """Renews itself while the file is read."""
    found = visible_dataset(request, dataset_id)
    context = {
        "dataset": found,
        "tables": [table_shown(table) for table in found.tables.all()],
        "remarks": [remark(one) for one in found.remarks],
        "personal": [gateway.type_name(kind) for kind in found.found],
        "may_change": can_change(actor(request), found),
        "is_waiting": found.state == DatasetState.WAITING or found.source.get("refreshing"),
        "copied_at": parse_datetime(found.source.get("at", "")),
    }
    name = "analysis/datasets/_dataset.html" if _is_part(request) else "analysis/datasets/dataset.html"
    return render(request, name, context)


def _is_part(request: Any) -> bool:
    return bool(request.htmx)


@require_POST
def ask_about(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """A worksheet on these data."""
    found = visible_dataset(request, dataset_id)
    made = worksheets.begin(by=actor(request), datasets=[found], title=found.title)
    return redirect("analysis:worksheet", made.pk)


@require_POST
def merge(request: HttpRequest, dataset_id: UUID, table_id: UUID) -> HttpResponse:
    """Provinces of before summed to those of today."""
    found = visible_dataset(request, dataset_id)
    table = found.tables.filter(pk=table_id).first()
    if table is None:
        return redirect("analysis:dataset", found.pk)
    try:
        made = merging.to_provinces_of_today(by=actor(request), table=table)
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("analysis:dataset", found.pk)
    return redirect("analysis:dataset", made.pk)


@require_POST
def delete(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    actions.delete(by=actor(request), dataset=changeable_dataset(request, dataset_id))
    messages.success(request, _("The data are deleted. Steps of worksheets that used them keep their results."))
    return redirect("analysis:index")
