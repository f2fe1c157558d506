"""Which data may go where: the matrix, what an organisation makes stricter, and trying it out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.people.api import actor
from khue.domains.stewardship.forms.policy import CellForm, PlaceForm, TightenForm, WhatIfForm
from khue.domains.stewardship.permissions import can_decide, can_see_policy
from khue.domains.stewardship.queries import policy as queries
from khue.domains.stewardship.views.access import for_those_who, signed_in_again
from khue.gateway import api as gateway
from khue.gateway.api import DataClass, Zone
from khue.kernel.errors import UserError

see_policy = for_those_who(can_see_policy)
decide = for_those_who(can_decide)


@require_GET
@see_policy
def matrix(request: HttpRequest) -> HttpResponse:
    form = CellForm(request.GET, by=actor(request))
    wanted = _place(form)
    return _page(request, wanted or actor(request).organisation_id, *_cell(form))


def _place(form: PlaceForm) -> UUID | None:
    """What cannot be read is passed over; an organisation of others does not exist (404)."""
    form.is_valid()
    if "organisation" in form.errors:
        raise Http404
    found: UUID | None = form.cleaned_data.get("organisation")
    return found


def _cell(form: CellForm) -> tuple[DataClass, Zone]:
    found = form.cleaned_data
    data_class = found.get("data_class")
    return DataClass.CONFIDENTIAL if data_class in (None, "") else data_class, found.get("zone") or Zone.COUNTRY


def _page(
    request: HttpRequest,
    organisation_id: UUID,
    data_class: DataClass,
    zone: Zone,
    *,
    form: TightenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by = actor(request)
    policy = gateway.policy(organisation_id)
    chosen = policy.cells[data_class, zone]
    fresh = {"organisation": organisation_id, "data_class": int(data_class), "zone": zone}
    context = {
        "places": CellForm(initial={"organisation": str(organisation_id)}, by=by),
        "organisation_id": organisation_id,
        "policy": policy,
        "rows": queries.matrix(policy),
        "zones": list(Zone),
        "data_class": data_class,
        "zone": zone,
        "chosen": chosen,
        "own": queries.own_rules(by),
        "may_decide": can_decide(by),
        "form": form or TightenForm(initial=fresh, by=by, now=chosen.decision),
        "aside_label": _("This cell"),
    }
    return render(request, "stewardship/policy/matrix.html", context, status=status)


@require_POST
@decide
def tighten(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = TightenForm(request.POST, by=by)
    place = _place(form) or by.organisation_id
    if not {"data_class", "zone"} <= form.cleaned_data.keys():
        raise Http404
    data_class, zone = form.cleaned_data["data_class"], form.cleaned_data["zone"]
    if form.is_valid():
        try:
            gateway.tighten(
                organisation_id=place,
                data_class=data_class,
                zone=zone,
                decision=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"],
                by=by.person_id,
            )
        except UserError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The policy is stricter here from now on. It is on the ledger."))
            return redirect(_address(place, data_class, zone))
    return _page(request, place, data_class, zone, form=form, status=400)


def _address(organisation_id: UUID, data_class: DataClass, zone: Zone) -> str:
    query = {"organisation": str(organisation_id), "data_class": str(int(data_class)), "zone": str(zone)}
    return f"{reverse('stewardship:policy')}?{urlencode(query)}"


@require_POST
@decide
@signed_in_again
def undo(request: HttpRequest, tightening_id: UUID) -> HttpResponse:
    """Loosens again what was tightened, so it asks for the password once more."""
    by = actor(request)
    try:
        gone = gateway.undo_tightening(tightening_id, organisation_ids=by.branch, by=by.person_id)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("The rule is withdrawn. This too is on the ledger."))
    return redirect(_address(gone.organisation_id, gone.data_class, gone.zone))


@require_http_methods(["GET", "POST"])
@see_policy
def what_if(request: HttpRequest) -> HttpResponse:
    """Tries a class, a target and a text; the text is neither stored nor sent."""
    by, targets = actor(request), _targets()
    providers = [(name, label) for name, (label, _zone) in targets.items()]
    form = WhatIfForm(request.POST or None, by=by, providers=providers)
    outcome = None
    if request.method == "POST":
        place = _place(form) or by.organisation_id
        if form.is_valid():
            outcome = _tried(form, place, targets)
    status = 400 if form.errors else 200
    return render(request, "stewardship/policy/what_if.html", {"form": form, "outcome": outcome}, status=status)


def _targets() -> dict[str, tuple[str, Zone]]:
    """Connected models by name: what they are called, and their zone."""
    return {info.name: (f"{info.model} ({info.name})", info.zone) for info in gateway.providers()}


def _tried(form: WhatIfForm, place: UUID, targets: dict[str, tuple[str, Zone]]) -> Any:
    wanted = form.cleaned_data
    zone = targets[wanted["target"]][1] if wanted["target"] in targets else Zone(wanted["target"])
    try:
        return queries.what_if(said=wanted["data_class"], zone=zone, organisation_id=place, sample=wanted["sample"])
    except gateway.DetectorFailed as failure:
        form.add_error("sample", str(failure))
        return None
