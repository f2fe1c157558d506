"""Personal keys: one's own under My account, all of an organisation under Govern."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.people.api import actor
from khue.domains.stewardship.actions import keys as actions
from khue.domains.stewardship.forms.keys import KeyForm
from khue.domains.stewardship.queries import keys
from khue.domains.stewardship.views.access import see_keys, signed_in_again
from khue.gateway import api as gateway
from khue.kernel.address import outside
from khue.kernel.errors import UserError

PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, aliases=[(alias.name, alias.name) for alias in gateway.aliases()])
    if request.method == "POST" and form.is_valid():
        return _make(request, form)
    return _page(request, form)


@signed_in_again
def _make(request: HttpRequest, form: KeyForm) -> HttpResponse:
    """A key asks in somebody's name for months: an open browser must not be enough to make one."""
    try:
        made = actions.create(by=actor(request), **form.cleaned_data)
    except UserError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    return render(request, "stewardship/keys/made.html", {"made": made, "base": _base(request)})


def _page(request: HttpRequest, form: KeyForm) -> HttpResponse:
    by = actor(request)
    crumbs = [(_("My account"), reverse("people:account"))]
    context = {"form": form, "keys": keys.of(by), "base": _base(request), "crumbs": crumbs}
    return render(request, "stewardship/keys/own.html", context, status=400 if form.errors else 200)


@require_POST
def revoke_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    actions.revoke(by=by, key=get_object_or_404(keys.of(by), pk=pk))
    messages.success(request, _("The key is revoked; it works nowhere any more."))
    return redirect("keys:own")


@require_GET
@see_keys
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(keys.in_branch(actor(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "stewardship/keys/index.html", {"page": page})


@require_POST
@see_keys
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    actions.revoke(by=by, key=get_object_or_404(keys.in_branch(by), pk=pk))
    messages.success(request, _("The key is revoked; it works nowhere any more."))
    return redirect("keys:index")


def _base(request: HttpRequest) -> str:
    return outside(request, "/v1")
