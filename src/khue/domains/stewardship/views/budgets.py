"""Govern › Budgets: what people and units used, and what they may use."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.domains.people.api import Actor, actor
from khue.domains.stewardship.actions import budgets as actions
from khue.domains.stewardship.forms.budgets import PersonForm, PlaceForm
from khue.domains.stewardship.queries import budgets
from khue.domains.stewardship.views.access import set_budgets
from khue.gateway import api as gateway
from khue.gateway.api import Period, Whose


@require_http_methods(["GET", "POST"])
@set_budgets
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = PlaceForm(request.POST or None, known=_known(by))
    if request.method == "POST" and form.is_valid():
        actions.limit_place(by=by, limits=form.changed(), below=form.cleaned_data["below"])
        messages.success(request, _("The limits hold from now on."))
        return redirect("budgets:index")
    context = {
        "form": form,
        "places": budgets.places(by),
        "persons": budgets.persons(by),
        "energy": gateway.energy_figures(),
    }
    return render(request, "stewardship/budgets/index.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@set_budgets
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    use = budgets.person(by, pk)
    if use is None:
        raise Http404
    form = PersonForm(request.POST or None, known=_known(by, str(pk)))
    if request.method == "POST" and form.is_valid():
        actions.limit_person(by=by, person_id=pk, limits=form.changed())
        messages.success(request, _("The limits hold from now on."))
        return redirect("budgets:index")
    crumbs = [(_("Budgets"), reverse("budgets:index"))]
    context = {"form": form, "use": use, "crumbs": crumbs}
    return render(request, "stewardship/budgets/person.html", context, status=400 if form.errors else 200)


def _known(by: Actor, subject: str = "") -> dict[tuple[Whose, Period], int]:
    found = gateway.budgets_set(by.organisation_id).items()
    return {(whose, period): tokens for (whose, whom, period), tokens in found if whom == subject}
