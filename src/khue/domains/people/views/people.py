"""Govern › People: who is here, with which roles."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.people.actions import accounts, memberships
from khue.domains.people.forms.people import AccountForm, RoleForm, SearchForm
from khue.domains.people.models import Membership, Person
from khue.domains.people.permissions import can_control_account, can_grant
from khue.domains.people.queries import actors, people
from khue.domains.people.views.access import attempt, look_after_people, membership_or_404, person_or_404
from khue.kernel.errors import UserError

PAGE = 30


@require_GET
@look_after_people
def index(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    search = form.cleaned_data["q"] if form.is_valid() else ""
    found = people.looked_after_by(actors.of_request(request), search=search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    template = (
        "people/people/_list.html" if request.headers.get("HX-Target") == "people" else "people/people/index.html"
    )
    return render(request, template, {"page": page, "form": form, "search": search})


@never_cache
@require_http_methods(["GET", "POST"])
@look_after_people
def create(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, actor=actors.of_request(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = accounts.create(
                by=actors.of_request(request),
                username=form.cleaned_data["username"],
                full_name=form.cleaned_data["full_name"],
                email=form.cleaned_data["email"],
                organisation=form.cleaned_data["organisation"],
                roles=[form.cleaned_data["role"]],
            )
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _show_password(request, made.person, made.password, _("The account is ready"))
    return render(request, "people/people/create.html", {"form": form})


@require_GET
@look_after_people
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, person = actors.of_request(request), person_or_404(request, pk)
    context = {
        "person": person,
        "held": [(membership, can_grant(actor, membership.holding)) for membership in _roles_here(person)],
        "in_control": can_control_account(actor, people.holdings(person)),
        "is_self": person.pk == actor.person_id,
        "role_form": RoleForm(actor=actor),
        "changes": people.changes(person, actor),
    }
    return render(request, "people/people/detail.html", context)


@require_POST
@look_after_people
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, person = actors.of_request(request), person_or_404(request, pk)
    form = RoleForm(request.POST, actor=actor)
    if form.is_valid():
        given = form.cleaned_data
        attempt(
            request,
            lambda: memberships.grant(by=actor, person=person, organisation=given["organisation"], role=given["role"]),
            _("The role is given."),
        )
    return redirect("people:detail", pk)


@require_POST
@look_after_people
def revoke(request: HttpRequest, pk: UUID, membership_pk: UUID) -> HttpResponse:
    membership = membership_or_404(request, person_or_404(request, pk), membership_pk)
    by = actors.of_request(request)
    attempt(request, lambda: memberships.revoke(by=by, membership=membership), _("The role is taken away."))
    return redirect("people:detail", pk)


@never_cache
@require_POST
@look_after_people
def reset_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    try:
        password = accounts.reset_password(by=actors.of_request(request), person=person)
    except UserError as refusal:
        return _refused(request, person, refusal)
    return _show_password(request, person, password, _("There is a new temporary password"))


@require_POST
@look_after_people
def remove_second_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, person = actors.of_request(request), person_or_404(request, pk)
    attempt(
        request,
        lambda: accounts.remove_second_step(by=by, person=person),
        _("The second step of sign-in is removed. The person can set it up again under “My account”."),
    )
    return redirect("people:detail", pk)


@require_POST
@look_after_people
def deactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, person = actors.of_request(request), person_or_404(request, pk)
    attempt(request, lambda: accounts.deactivate(by=by, person=person), _("The account is closed."))
    return redirect("people:detail", pk)


@require_POST
@look_after_people
def reactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, person = actors.of_request(request), person_or_404(request, pk)
    attempt(request, lambda: accounts.reactivate(by=by, person=person), _("The account is open again."))
    return redirect("people:detail", pk)


def _roles_here(person: Person) -> list[Membership]:
    return person.roles_here  # type: ignore[attr-defined,no-any-return]


def _show_password(request: HttpRequest, person: Person, password: str, title: str) -> HttpResponse:
    context = {"person": person, "password": password, "title": title, "days": accounts.TEMPORARY_PASSWORD_DAYS}
    return render(request, "people/people/password.html", context)


def _refused(request: HttpRequest, person: Person, refusal: UserError) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("people:detail", person.pk)
