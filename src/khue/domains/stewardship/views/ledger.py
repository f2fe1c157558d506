"""The ledger: what models were used for."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from khue.domains.people.api import actor
from khue.domains.stewardship.queries.ledger import ledger as ledger_page
from khue.domains.stewardship.views.access import read_ledger


@require_GET
@read_ledger
def ledger(request: HttpRequest) -> HttpResponse:
    page = ledger_page(actor(request), before=_before(request))
    return render(request, "stewardship/ledger/index.html", {"page": page})


def _before(request: HttpRequest) -> datetime | None:
    try:
        return parse_datetime(request.GET.get("before", ""))
    except ValueError:
        return None
