"""The writer: from a brief, and other words for a part."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from khue.domains.drafting.actions import writing as actions
from khue.domains.drafting.forms.drafts import BriefForm
from khue.domains.drafting.permissions import can_change
from khue.domains.drafting.views.loading import changeable, visible
from khue.domains.people.api import actor
from khue.kernel.errors import UserError
from khue.kernel.identifiers import identifier


@require_POST
def write(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = changeable(request, draft_id)
    form = BriefForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect("drafting:draft", draft_id)
    documents = [one for given in request.POST.getlist("documents") if (one := identifier(given))]
    try:
        actions.ask(by=actor(request), draft=found, brief=form.cleaned_data["brief"], documents=documents)
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)


@require_GET
def state(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Asked again and again while the writer is at work; when it is done the page is loaded anew."""
    found = visible(request, draft_id)
    response = render(request, "drafting/parts/_writing.html", {"draft": found})
    if not found.writing:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def rewrite(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = changeable(request, draft_id)
    problem = ""
    try:
        actions.ask_rewrite(
            by=actor(request), draft=found, text=request.POST.get("text", ""), manner=request.POST.get("manner", "")
        )
    except UserError as refusal:
        problem = str(refusal)
    except KeyError:
        raise Http404 from None
    return _rewrites(request, draft_id, problem)


@require_GET
def rewrites(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return _rewrites(request, draft_id)


def _rewrites(request: HttpRequest, draft_id: UUID, problem: str = "") -> HttpResponse:
    found = visible(request, draft_id)
    context = {
        "draft": found,
        "problem": problem,
        "may_change": can_change(actor(request), found),
        "rewrites": found.rewrites.exclude(outcome__in=["accepted", "rejected"]),
    }
    return render(request, "drafting/parts/_rewrites.html", context)


@require_POST
def settle(request: HttpRequest, draft_id: UUID, rewrite_id: UUID) -> HttpResponse:
    found = changeable(request, draft_id)
    one = get_object_or_404(found.rewrites, pk=rewrite_id)
    try:
        if request.POST.get("do") == "accept":
            actions.accept(by=actor(request), rewrite=one)
        else:
            actions.reject(by=actor(request), rewrite=one)
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)
