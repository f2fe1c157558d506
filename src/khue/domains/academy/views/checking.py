"""What anyone may check: a certificate by its address, a file that somebody holds; keys and lists for verifiers."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from khue.domains.academy.credentials.packaging import LARGEST
from khue.domains.academy.forms.certificates import FileForm
from khue.domains.academy.models import Certificate
from khue.domains.academy.queries import certificates, checking
from khue.domains.academy.queries import issuers as queries
from khue.domains.academy.rules.certificates import is_same_name
from khue.kernel.crowding import Window

CREDENTIAL = "application/vc+ld+json"
# a hall full of people behind one address may look at theirs; checking a file costs more
PAGES, FILES = Window(1200), Window(300)
View = Callable[..., HttpResponse]


def limited(window: Window) -> Callable[[View], View]:
    """Who asks too often is told when to come back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if window.admits(request) else _too_many(request, window)

        return limited_view

    return decorate


def _too_many(request: HttpRequest, window: Window) -> HttpResponse:
    seconds = window.seconds_left
    if "text/html" in request.headers.get("Accept", "") or request.method == "POST":
        response = render(request, "academy/checking/too_many.html", {"seconds": seconds}, status=429)
    else:
        words = _("This address has asked very often. Please try again in %(seconds)s seconds.") % {"seconds": seconds}
        response = _open(JsonResponse({"refused": words}, status=429, json_dumps_params={"ensure_ascii": False}))
    response["Retry-After"] = str(seconds)
    return response


@login_not_required
@never_cache
@require_GET
@limited(PAGES)
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The same address for people and programs; nothing of the holder that they did not agree to."""
    found = _by_token(token)
    accepted = request.headers.get("Accept", "")
    if CREDENTIAL in accepted and found.shows_file:
        return _file(found)
    if "application/json" in accepted and "text/html" not in accepted:
        return _open(JsonResponse(checking.said(found), json_dumps_params={"ensure_ascii": False, "indent": 1}))
    asked = request.GET.get("name", "").strip()[:200]
    context = {
        "certificate": found,
        "said": checking.said(found),
        "asked": asked,
        "is_same": is_same_name(asked, found.holder),
    }
    return render(request, "academy/checking/certificate.html", context)


@login_not_required
@never_cache
@require_GET
@limited(PAGES)
def badge(request: HttpRequest, token: str) -> HttpResponse:
    """The signed file, where its holder shows it."""
    found = _by_token(token)
    if not found.shows_file:
        raise Http404
    return _file(found)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited(PAGES)
def upload(request: HttpRequest) -> HttpResponse:
    """For whoever holds a file: it is read, checked and forgotten."""
    form = FileForm(request.POST or None, request.FILES or None)
    context = {"form": form, "megabytes": LARGEST >> 20}
    if request.method == "POST" and not FILES.admits(request):
        return _too_many(request, FILES)
    if request.method == "POST" and form.is_valid():
        octets = form.cleaned_data["file"].read(LARGEST + 1)
        context["checked"] = checking.check(octets)
    return render(request, "academy/checking/upload.html", context, status=400 if form.errors else 200)


@login_not_required
@require_GET
def issuers(request: HttpRequest) -> HttpResponse:
    return _open(JsonResponse(queries.published(), json_dumps_params={"ensure_ascii": False, "indent": 1}))


@login_not_required
@require_GET
def status(request: HttpRequest, list_id: UUID) -> HttpResponse:
    found = queries.status_list(list_id)
    if found is None:
        raise Http404
    return _open(HttpResponse(found.document, content_type=CREDENTIAL))


def _by_token(token: str) -> Certificate:
    found = certificates.by_token(token)
    if found is None:
        raise Http404
    return found


def _file(found: Certificate) -> HttpResponse:
    response = _open(HttpResponse(found.credential, content_type=CREDENTIAL))
    response["Content-Disposition"] = f'inline; filename="{found.number}.json"'
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """For verifiers that run in other sites' pages."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Vary"] = "Accept"
    return response
