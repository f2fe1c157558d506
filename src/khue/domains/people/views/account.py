"""A person's own page: language, appearance, security, workplace."""

from typing import cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from khue.domains.people.actions import preferences
from khue.domains.people.forms.account import PreferencesForm
from khue.domains.people.models import Membership, Organisation, Person
from khue.domains.people.queries import actors


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    person = cast(Person, request.user)
    held = Membership.objects.current().filter(person=person).select_related("organisation")
    keys = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    context = {
        "held": held,
        "authenticator_app": next((key for key in keys if key.type == Authenticator.Type.TOTP), None),
        "passkeys": [key.wrap() for key in keys if key.type == Authenticator.Type.WEBAUTHN],
        "has_recovery_codes": any(key.type == Authenticator.Type.RECOVERY_CODES for key in keys),
        "sessions": UserSession.objects.filter(user=person).count(),
        "form": PreferencesForm(initial={"language": person.language or request.LANGUAGE_CODE, "theme": person.theme}),
    }
    return render(request, "people/account/account.html", context)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST)
    if form.is_valid():
        preferences.choose(by=cast(Person, request.user), **form.cleaned_data)
    return redirect("people:account")


@require_POST
def work_in(request: HttpRequest) -> HttpResponse:
    actor = actors.of_request(request)
    try:
        chosen = UUID(request.POST.get("organisation", ""))
    except ValueError:
        raise Http404 from None
    organisation = get_object_or_404(Organisation.objects.in_use().filter(pk__in=actor.organisations), pk=chosen)
    preferences.work_in(by=actor, organisation=organisation)
    return redirect(_back(request))


@login_not_required
@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """Passwords are not sent by mail: whoever gave the account gives a new temporary one."""
    return render(request, "people/account/forgotten.html")


def _back(request: HttpRequest) -> str:
    """The room's first page: what was open may belong to the organisation that was left."""
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else "/"
