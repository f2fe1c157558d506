"""Databases that the institution permits: choose tables, copy them, copy them again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from khue.domains.analysis.actions import databases as actions
from khue.domains.analysis.actions.datasets import Unusable
from khue.domains.analysis.forms.databases import CopyForm
from khue.domains.analysis.views.loading import changeable_dataset
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_http_methods(["GET", "POST"])
def database(request: HttpRequest, name: str) -> HttpResponse:
    by = actor(request)
    found = next((one for one in actions.permitted(by) if one.name == name), None)
    if found is None:
        raise Http404
    context = {"database": found}
    try:
        form = CopyForm(found, actions.tables_of(by, name), request.POST or None)
    except Unusable as refusal:
        return render(request, "analysis/datasets/database.html", context | {"refusal": refusal}, status=400)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(by=by, database=found, **form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            actions.copy_later(made)
            return redirect("analysis:dataset", made.pk)
    page = context | {"form": form}
    return render(request, "analysis/datasets/database.html", page, status=400 if form.errors else 200)


@require_POST
def refresh(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    found = changeable_dataset(request, dataset_id)
    actions.refresh(by=actor(request), dataset=found)
    return redirect("analysis:dataset", found.pk)
