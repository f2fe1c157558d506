"""Govern: what models were used for, and how they are."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from khue.domains.people.api import actor
from khue.domains.stewardship.permissions import can_read_ledger, can_see_models
from khue.domains.stewardship.queries import ledger as ledger_page
from khue.gateway import api as gateway


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if not can_read_ledger(by):
        raise PermissionDenied
    return render(request, "stewardship/ledger.html", {"page": ledger_page(by, before=_before(request))})


def _before(request: HttpRequest) -> datetime | None:
    try:
        return parse_datetime(request.GET.get("before", ""))
    except ValueError:
        return None


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    if not can_see_models(actor(request)):
        raise PermissionDenied
    infos = {info.kind: info for info in gateway.providers()}
    states = [(state, infos.get(state.kind)) for state in gateway.model_states()]
    return render(request, "stewardship/models.html", {"states": states})
