"""What stands above the class of its place, and the steward's decisions about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.people.api import actor
from khue.domains.stewardship.actions import classes as actions
from khue.domains.stewardship.forms.classes import LowerForm, ReasonForm
from khue.domains.stewardship.models import ClassDecision
from khue.domains.stewardship.permissions import can_decide, can_see_classes, is_own
from khue.domains.stewardship.queries import classes as queries
from khue.domains.stewardship.rules import Raised
from khue.domains.stewardship.views.access import for_those_who, signed_in_again
from khue.gateway.classes import DataClass
from khue.kernel.errors import UserError

see_classes = for_those_who(can_see_classes)
decide = for_those_who(can_decide)


@require_GET
@see_classes
def index(request: HttpRequest) -> HttpResponse:
    by, kind = actor(request), request.GET.get("kind") or "document"
    if kind not in queries.kinds():
        raise Http404
    context = {
        "kind": kind,
        "places": queries.places(by),
        "page": queries.raised(by, kind).get_page(request.GET.get("page")),
        "closed": queries.closed(by, kind),
        "decisions": queries.latest_decisions(by),
    }
    return render(request, "stewardship/classes/index.html", context)


@require_GET
@see_classes
def detail(request: HttpRequest, kind: str, thing_id: UUID) -> HttpResponse:
    return _page(request, _thing(request, kind, thing_id))


def _page(request: HttpRequest, thing: Raised, *, form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    decisions = queries.decisions(thing)
    context = {
        "thing": thing,
        "decisions": decisions,
        "holds": decisions[0] if thing.is_settled and decisions else None,
        "form": form or (ReasonForm() if thing.is_settled else LowerForm(thing=thing)),
        "may_decide": can_decide(actor(request)),
        "is_own": is_own(actor(request), thing.brought_by),
    }
    return render(request, "stewardship/classes/detail.html", context, status=status)


def _thing(request: HttpRequest, kind: str, thing_id: UUID) -> Raised:
    thing = queries.one(actor(request), kind, thing_id)
    if thing is None:
        raise Http404
    return thing


@require_POST
@decide
@signed_in_again
def lower(request: HttpRequest, kind: str, thing_id: UUID) -> HttpResponse:
    thing = _thing(request, kind, thing_id)
    form = LowerForm(request.POST, thing=thing)
    if form.is_valid():
        to = DataClass(form.cleaned_data["to"])
        try:
            actions.lower(by=actor(request), thing=thing, to=to, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The class is lowered. Your decision is signed and on the ledger."))
            return redirect("stewardship:class", kind, thing_id)
    return _page(request, thing, form=form, status=400)


@require_POST
@decide
@signed_in_again
def undo(request: HttpRequest, kind: str, thing_id: UUID, decision_id: UUID) -> HttpResponse:
    thing = _thing(request, kind, thing_id)
    decision = get_object_or_404(ClassDecision, pk=decision_id, kind=kind, thing_id=thing_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.undo(by=actor(request), thing=thing, decision=decision, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The decision is undone. This too is signed and on the ledger."))
            return redirect("stewardship:class", kind, thing_id)
    return _page(request, thing, form=form, status=400)
