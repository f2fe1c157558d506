"""Disclosure control: make data safe, see the risk before and after."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from khue.domains.analysis.actions import releases
from khue.domains.analysis.forms.releases import ReleaseForm
from khue.domains.analysis.models import Release
from khue.domains.analysis.profile import TableProfile
from khue.domains.analysis.queries import releases as queries
from khue.domains.analysis.queries import tables
from khue.domains.analysis.views.loading import changeable_dataset
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    found = changeable_dataset(request, dataset_id)
    table = found.tables.filter(name=request.GET.get("table", "")).first() or found.tables.first()
    if table is None:
        return redirect("analysis:dataset", found.pk)
    form = ReleaseForm(TableProfile.of_json(tables.profile_of(table)).columns, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = releases.make(
                by=actor(request), dataset=found, table=table, kind=form.cleaned_data["kind"], plan=form.plan
            )
            return redirect("analysis:released", made.pk)
        except UserError as refusal:
            form.add_error(None, str(refusal))
    roles = [form[f"role_{at}"] for at in range(len(form.columns))]
    context = {"dataset": found, "table": table, "form": form, "roles": roles, "tables": found.tables.all()}
    return render(request, "analysis/releases/make.html", context, status=400 if form.errors else 200)


@require_GET
def released(request: HttpRequest, release_id: UUID) -> HttpResponse:
    visible = Release.objects.visible_to(actor(request)).select_related("dataset", "source")
    found = get_object_or_404(visible, pk=release_id)
    context = {"release": found, "risks": queries.risks(found), "changes": queries.changes(found)}
    return render(request, "analysis/releases/released.html", context)
