"""Learn › Certificates: a person's own, with what they show of them; and those of a cohort, for those who give them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy import paper
from khue.domains.academy.actions import certificates as actions
from khue.domains.academy.actions import notices
from khue.domains.academy.forms.certificates import EndForm, PlanForm, ShowForm
from khue.domains.academy.models import Certificate
from khue.domains.academy.permissions.certificates import can_certify, check_can_certify
from khue.domains.academy.queries import certificates, checking
from khue.domains.academy.rules.certificates import REPLACED, Ended
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts
from khue.domains.people.api import Actor, actor
from khue.kernel.errors import UserError

# lines of a page of the list
LINES = 100
FORMS: dict[str, tuple[str, Callable[[Certificate], bytes]]] = {
    "pdf": ("application/pdf", lambda found: paper.certificate_pdf([found])),
    "json": ("application/vc+ld+json", lambda found: found.credential.encode()),
    "png": ("image/png", paper.badge_png),
}


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What they have, and what is missing for what they do not have yet."""
    by = actor(request)
    context = {"certificates": certificates.own(by), "courses": certificates.open_to(by)}
    return render(request, "academy/certificates/mine.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One of theirs: what others see of it, and the files."""
    found = get_object_or_404(certificates.own(actor(request)), pk=certificate_id)
    notices.seen(by=actor(request), things=[found.pk])
    if request.method == "POST":
        form = ShowForm(request.POST)
        if form.is_valid():
            actions.show(certificate=found, **form.cleaned_data)
            messages.success(request, _("The check page shows this from now on."))
        return redirect("academy:certificate", found.pk)
    shown = {"name": found.shows_name, "course": found.shows_course, "file": found.shows_file}
    context = {
        "certificate": found,
        "said": checking.said(found),
        "form": ShowForm(initial=shown),
        "address": paper.check_address(found),
    }
    return render(request, "academy/certificates/own.html", context)


@never_cache
@require_GET
def file(request: HttpRequest, certificate_id: UUID, form: str) -> HttpResponse:
    """For its holder, and for those who give the cohort's certificates."""
    found = get_object_or_404(Certificate.objects.select_related("cohort"), pk=certificate_id)
    by = actor(request)
    if found.person_id != by.person_id and not can_certify(by, found.cohort.organisation_id):
        raise Http404
    if form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    response = HttpResponse(write(found), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{found.number}.{form}"'
    return response


@never_cache
@require_GET
@runs_cohorts
def cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Who is eligible, who is not and why, and what was given."""
    found = cohort_or_404(request, cohort_id)
    eligibility = certificates.eligibility(found)
    page = Paginator(eligibility.by_readiness(), LINES).get_page(request.GET.get("page"))
    context = {
        "cohort": found,
        "eligibility": eligibility,
        "page": page,
        "candidates": [(one, list(eligibility.lines(one))) for one in page],
        "ended": certificates.ended_of(found),
        "batch": certificates.latest_batch(found),
        "plan": actions.plan_of(found) if eligibility.rule else None,
        "may_give": can_certify(actor(request), found.organisation_id),
        "is_local": paper.is_local(),
    }
    return render(request, "academy/certificates/cohort.html", context)


@never_cache
@require_GET
@runs_cohorts
def progress(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    found = cohort_or_404(request, cohort_id)
    batch = certificates.latest_batch(found)
    response = render(request, "academy/certificates/_batch.html", {"cohort": found, "batch": batch})
    if batch and batch.is_over:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@runs_cohorts
def give(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    found = cohort_or_404(request, cohort_id)
    try:
        actions.ask(by=actor(request), cohort=found)
    except actions.NoCertificate as refusal:
        messages.error(request, str(refusal))
    return redirect("academy:cohort-certificates", found.pk)


@require_http_methods(["GET", "POST"])
@runs_cohorts
def plan(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Who signs, in which languages."""
    found, by = cohort_or_404(request, cohort_id), actor(request)
    check_can_certify(by, found.organisation_id)
    form = PlanForm(request.POST or None, plan=actions.plan_of(found), actor=by)
    if request.method == "POST" and form.is_valid():
        actions.change_plan(by=by, cohort=found, **form.cleaned_data)
        messages.success(request, _("Certificates that are given from now on are made so."))
        return redirect("academy:cohort-certificates", found.pk)
    context = {"cohort": found, "form": form}
    return render(request, "academy/certificates/plan.html", context, status=400 if form.errors else 200)


@never_cache
@require_GET
@runs_cohorts
def printed(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """All that hold, as one file for the ceremony."""
    found = cohort_or_404(request, cohort_id)
    check_can_certify(actor(request), found.organisation_id)
    held = list(certificates.holding_of(found))
    if not held:
        raise Http404
    response = HttpResponse(paper.certificate_pdf(held), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.pdf"'
    return response


@require_http_methods(["GET", "POST"])
@runs_cohorts
def end(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Revoke one, or give another in its place."""
    by = actor(request)
    found = get_object_or_404(Certificate.objects.select_related("cohort__version", "person"), pk=certificate_id)
    cohort_or_404(request, found.cohort_id)
    check_can_certify(by, found.cohort.organisation_id)
    form = EndForm(request.POST or None, initial={"name": str(found.person or found.holder)})
    if request.method == "POST" and form.is_valid():
        try:
            _end(by, found, form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(number)s holds no more.") % {"number": found.number})
            return redirect("academy:cohort-certificates", found.cohort_id)
    context = {"certificate": found, "cohort": found.cohort, "form": form}
    return render(request, "academy/certificates/end.html", context, status=400 if form.errors else 200)


def _end(by: Actor, found: Certificate, given: dict[str, str]) -> None:
    why = Ended(given["why"])
    if why in REPLACED:
        actions.reissue(by=by, certificate=found, why=why, name=given["name"], note=given["note"])
    else:
        actions.revoke(by=by, certificate=found, why=why, note=given["note"])
