"""The register of AI use cases, and a steward's decisions about its entries."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.people.api import actor
from khue.domains.stewardship.actions import use_cases as actions
from khue.domains.stewardship.forms.use_cases import DecisionForm
from khue.domains.stewardship.models import UseCase, UseCaseState
from khue.domains.stewardship.permissions import can_decide, can_see_use_cases
from khue.domains.stewardship.queries import use_cases as queries
from khue.domains.stewardship.views.access import for_those_who, signed_in_again
from khue.kernel.errors import UserError

see_use_cases = for_those_who(can_see_use_cases)
decide_them = for_those_who(can_decide)


@require_GET
@see_use_cases
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.in_branch(actor(request)), 50).get_page(request.GET.get("page"))
    return render(request, "stewardship/use_cases/index.html", {"page": page})


@require_GET
@see_use_cases
def detail(request: HttpRequest, use_case_id: UUID) -> HttpResponse:
    return _page(request, _entry(request, use_case_id), DecisionForm())


def _entry(request: HttpRequest, use_case_id: UUID) -> UseCase:
    return get_object_or_404(queries.in_branch(actor(request)), pk=use_case_id)


def _page(request: HttpRequest, entry: UseCase, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    by = actor(request)
    context = {
        "entry": entry,
        "form": form,
        "waits": entry.state == UseCaseState.ASKED,
        "may_decide": can_decide(by),
        "is_own": entry.asked_by_id == by.person_id,
    }
    return render(request, "stewardship/use_cases/detail.html", context, status=status)


@require_POST
@decide_them
@signed_in_again
def decide(request: HttpRequest, use_case_id: UUID) -> HttpResponse:
    entry, form = _entry(request, use_case_id), DecisionForm(request.POST)
    if form.is_valid():
        approve = form.cleaned_data["decision"] == "approve"
        try:
            actions.decide(by=actor(request), use_case=entry, approve=approve, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Decided, signed and on the ledger."))
            return redirect("stewardship:use-case", use_case_id)
    return _page(request, entry, form, status=400)
