"""The ledger: what models were used for, what was refused, and proofs that hold without this installation."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.domains.people.api import actor
from khue.domains.stewardship.forms.ledger import LedgerForm
from khue.domains.stewardship.queries import ledger as queries
from khue.domains.stewardship.views.access import read_ledger
from khue.gateway import api as gateway

REFUSED = 200


@require_GET
@read_ledger
def ledger(request: HttpRequest) -> HttpResponse:
    """What cannot be read as a filter is passed over; an organisation of others does not exist (404)."""
    by = actor(request)
    form = LedgerForm(request.GET, by=by)
    form.is_valid()
    if "organisation" in form.errors:
        raise Http404
    context = {
        "form": form,
        "page": queries.ledger(by, form.cleaned_data),
        "checkpoint": gateway.latest_checkpoint(),
        "filtered": any(value not in (None, "") for name, value in form.cleaned_data.items() if name != "before"),
    }
    return render(request, "stewardship/ledger/index.html", context)


@require_GET
@read_ledger
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    line = queries.one(actor(request), seq)
    if line is None:
        raise Http404
    return render(request, "stewardship/ledger/entry.html", {"line": line, "call": line.call})


@require_GET
@read_ledger
def proof(request: HttpRequest, seq: int) -> HttpResponse:
    """A file for docs/verify_proof.py."""
    line = queries.one(actor(request), seq)
    if line is None:
        raise Http404
    is_call = line.call.event in queries.CALLS
    made = gateway.prove_entry(line.call.id if is_call else seq)
    return _download(json.dumps(made, ensure_ascii=False, indent=1), f"khue-proof-{seq}.json", "application/json")


@require_GET
@read_ledger
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Signed now, over all entries; for a second body to hold."""
    return _download(gateway.checkpoint(), "khue-checkpoint.txt", "text/plain; charset=utf-8")


@require_GET
@read_ledger
def refused(request: HttpRequest) -> HttpResponse:
    found = gateway.refused_connections(REFUSED)
    return render(request, "stewardship/ledger/refused.html", {"refused": found, "most": REFUSED})


def _download(text: str, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
