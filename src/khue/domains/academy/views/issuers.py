"""Learn › Institutions: whose names, seals and signatures stand on certificates, and their keys."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import issuers as actions
from khue.domains.academy.forms.issuers import IssuerForm, RevokeKeyForm
from khue.domains.academy.models import Issuer, IssuerKey
from khue.domains.academy.permissions.certificates import check_can_keep_keys
from khue.domains.academy.queries import issuers
from khue.domains.people.api import Actor, actor
from khue.kernel.errors import UserError


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = _keeper(request)
    actions.own(by.organisation_id)
    return render(request, "academy/issuers/index.html", {"issuers": issuers.kept_by(by)})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A partner, whose name stands beside the own one."""
    by = _keeper(request)
    form = IssuerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create(by=by, organisation_id=by.organisation_id, **form.facts())
        return redirect("academy:issuer", made.pk)
    return render(request, "academy/issuers/create.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, issuer_id: UUID) -> HttpResponse:
    found = _issuer(request, issuer_id)
    form = IssuerForm(request.POST or None, request.FILES or None, issuer=found)
    if request.method == "POST" and form.is_valid():
        actions.change(by=actor(request), issuer=found, **form.facts())
        messages.success(request, _("Certificates that are given from now on carry this."))
        return redirect("academy:issuer", found.pk)
    context = {"issuer": found, "form": form, "keys": found.keys.all(), "revoking": RevokeKeyForm()}
    return render(request, "academy/issuers/detail.html", context, status=400 if form.errors else 200)


@require_POST
def rotate(request: HttpRequest, issuer_id: UUID) -> HttpResponse:
    found = _issuer(request, issuer_id)
    actions.rotate(by=actor(request), issuer=found)
    messages.success(request, _("A new key signs from now on. What the old one signed stays good."))
    return redirect("academy:issuer", found.pk)


@require_POST
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    key = get_object_or_404(IssuerKey.objects.select_related("issuer"), pk=key_id)
    _issuer(request, key.issuer_id)
    form = RevokeKeyForm(request.POST)
    if form.is_valid():
        try:
            actions.revoke(by=actor(request), key=key, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The key is revoked. Give its certificates anew."))
    else:
        messages.error(request, _("Say why the key is revoked; nothing was changed."))
    return redirect("academy:issuer", key.issuer_id)


def _keeper(request: HttpRequest) -> Actor:
    """Raises NotAllowed."""
    by = actor(request)
    check_can_keep_keys(by, by.organisation_id)
    return by


def _issuer(request: HttpRequest, issuer_id: UUID) -> Issuer:
    by = _keeper(request)
    found = get_object_or_404(Issuer.objects.filter(organisation_id__in=by.branch), pk=issuer_id)
    check_can_keep_keys(by, found.organisation_id)
    return found
