"""The writer: from a brief, and other words for a part."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.drafting.actions import drafts, rewriting
from khue.domains.drafting.actions import writing as actions
from khue.domains.drafting.forms.drafts import BriefForm, TermsForm
from khue.domains.drafting.permissions import can_change
from khue.domains.drafting.queries import rewrites as queries
from khue.domains.drafting.views.loading import changeable, visible
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_POST
def write(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = changeable(request, draft_id)
    form = BriefForm(request.POST, request.FILES, by=actor(request))
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect("drafting:draft", draft_id)
    documents = [UUID(one) for one in form.cleaned_data["documents"]]
    given = form.cleaned_data
    try:
        actions.ask(
            by=actor(request), draft=found, brief=given["brief"], documents=documents, answered=given["answered"]
        )
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)


@require_GET
def state(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Asked again and again while the writer is at work; when it is done the page is loaded anew."""
    found = visible(request, draft_id)
    may = can_change(actor(request), found)
    response = render(request, "drafting/parts/_writing.html", {"draft": found, "may_change": may})
    if not found.writing:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def stop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What is written until now stands in the draft."""
    actions.stop(by=actor(request), draft=changeable(request, draft_id))
    return redirect("drafting:draft", draft_id)


@require_POST
def stand_for(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    drafts.stand_for(by=actor(request), draft=changeable(request, draft_id), text=request.POST.get("text", ""))
    return redirect("drafting:draft", draft_id)


@require_POST
def terms(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    form = TermsForm(request.POST)
    found = changeable(request, draft_id)
    if form.is_valid():
        drafts.keep_terms(by=actor(request), draft=found, terms=form.cleaned_data["terms"])
        messages.success(request, _("The fixed words are kept."))
    return redirect("drafting:draft", draft_id)


@require_POST
def rewrite(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = changeable(request, draft_id)
    problem = ""
    try:
        rewriting.ask(
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
        "rewrites": queries.proposals(found),
    }
    return render(request, "drafting/parts/_rewrites.html", context)


@require_POST
def settle(request: HttpRequest, draft_id: UUID, rewrite_id: UUID) -> HttpResponse:
    found = changeable(request, draft_id)
    one = get_object_or_404(found.rewrites, pk=rewrite_id)
    try:
        if request.POST.get("do") == "accept":
            rewriting.accept(by=actor(request), rewrite=one, numbers=_chosen(request))
        else:
            rewriting.reject(by=actor(request), rewrite=one)
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)


def _chosen(request: HttpRequest) -> set[int] | None:
    """The changes that are taken; None where they were not offered one by one."""
    if "single" not in request.POST:
        return None
    return {int(one) for one in request.POST.getlist("change") if one.isdigit()}
