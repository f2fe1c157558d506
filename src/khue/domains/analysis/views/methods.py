"""Methods on a worksheet: choose one, choose columns, get a step."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from khue.domains.analysis.actions import forecasts, steps
from khue.domains.analysis.forms.methods import METHODS, MethodForm, initial
from khue.domains.analysis.models import Analysis, ForecastRun, WorkState
from khue.domains.analysis.permissions import can_change
from khue.domains.analysis.profile import TableProfile
from khue.domains.analysis.queries import tables
from khue.domains.analysis.views.loading import changeable, visible
from khue.domains.analysis.views.worksheets import step_url
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_GET
def index(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    found = visible(request, analysis_id)
    context = {"analysis": found, "methods": METHODS.values(), "may_change": can_change(actor(request), found)}
    return render(request, "analysis/methods/index.html", context)


@require_http_methods(["GET", "POST"])
def method(request: HttpRequest, analysis_id: UUID, name: str) -> HttpResponse:
    found = changeable(request, analysis_id)
    if name not in METHODS:
        raise Http404
    named = tables.of_analysis(found)
    chosen = next((one for one in named if one.name == request.GET.get("table")), named[0] if named else None)
    if chosen is None:
        return render(request, "analysis/methods/method.html", {"analysis": found, "method": METHODS[name]})
    columns = TableProfile.of_json(tables.profile_of(chosen.table)).columns
    form = MethodForm(
        METHODS[name], chosen.name, columns, request.POST or None, initial=dict(initial(METHODS[name], columns))
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, found, form)
        except UserError as refusal:
            form.add_error(None, str(refusal))
    context = {"analysis": found, "method": METHODS[name], "form": form, "tables": named, "chosen": chosen}
    return render(request, "analysis/methods/method.html", context, status=400 if form.errors else 200)


def _taken(request: HttpRequest, found: Analysis, form: MethodForm) -> HttpResponse:
    if form.method.later:
        run = forecasts.ask(by=actor(request), analysis=found, parameters=form.parameters)
        return redirect("analysis:forecast", found.pk, run.pk)
    step = steps.take(by=actor(request), analysis=found, kind=form.method.kind, parameters=form.parameters)
    return redirect(step_url(step))


@require_GET
def forecast(request: HttpRequest, analysis_id: UUID, run_id: UUID) -> HttpResponse:
    """While it is made; then to its step."""
    found = visible(request, analysis_id)
    run = get_object_or_404(ForecastRun.objects.select_related("step"), pk=run_id, analysis=found)
    if run.state == WorkState.DONE and run.step:
        target = step_url(run.step)
        return HttpResponse(headers={"HX-Redirect": target}) if request.headers.get("HX-Request") else redirect(target)
    page = "_waiting.html" if request.headers.get("HX-Request") else "waiting.html"
    return render(request, f"analysis/methods/{page}", {"analysis": found, "run": run})
