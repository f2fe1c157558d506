"""Govern › Organisations: the tree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.people.actions import organisations as actions
from khue.domains.people.forms.organisations import MoveForm, NamesForm, OrganisationForm
from khue.domains.people.permissions import can_arrange_organisations
from khue.domains.people.queries import actors, organisations
from khue.domains.people.views.access import (
    arrange_organisations,
    attempt,
    look_after_people,
    organisation_or_404,
)
from khue.kernel.errors import UserError


@require_GET
@look_after_people
def tree(request: HttpRequest) -> HttpResponse:
    actor = actors.of_request(request)
    context = {"organisations": organisations.arranged_by(actor), "may_arrange": can_arrange_organisations(actor)}
    return render(request, "people/organisations/tree.html", context)


@require_http_methods(["GET", "POST"])
@arrange_organisations
def create(request: HttpRequest) -> HttpResponse:
    actor = actors.of_request(request)
    form = OrganisationForm(request.POST or None, actor=actor, initial={"parent": request.GET.get("below")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.create(by=actor, parent=given["parent"], kind=given["kind"], names=form.names())
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("people:organisations")
    return render(request, "people/organisations/create.html", {"form": form})


@require_http_methods(["GET", "POST"])
@arrange_organisations
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its names; its place is changed by `move`."""
    organisation, actor = organisation_or_404(request, pk), actors.of_request(request)
    initial = {f"name_{language}": name for language, name in organisation.names.items()}
    form = NamesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        names = form.names()
        attempt(
            request,
            lambda: actions.rename(by=actor, organisation=organisation, names=names),
            _("The names are saved."),
        )
        return redirect("people:organisations")
    context = {
        "organisation": organisation,
        "form": form,
        "move_form": MoveForm(actor=actor, organisation=organisation),
        "is_movable": organisation.parent_id in actor.branch,
    }
    return render(request, "people/organisations/detail.html", context)


@require_POST
@arrange_organisations
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    organisation, actor = organisation_or_404(request, pk), actors.of_request(request)
    form = MoveForm(request.POST, actor=actor, organisation=organisation)
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        attempt(
            request,
            lambda: actions.move(by=actor, organisation=organisation, parent=parent),
            _("The organisation is moved, with all that stands below it."),
        )
    return redirect("people:organisation", pk)


@require_POST
@arrange_organisations
def archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    organisation, actor = organisation_or_404(request, pk), actors.of_request(request)
    attempt(
        request,
        lambda: actions.archive(by=actor, organisation=organisation),
        _("The organisation is archived. Its documents stay readable to its members."),
    )
    return redirect("people:organisations")


@require_POST
@arrange_organisations
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    organisation, actor = organisation_or_404(request, pk), actors.of_request(request)
    attempt(
        request, lambda: actions.restore(by=actor, organisation=organisation), _("The organisation is in use again.")
    )
    return redirect("people:organisations")
