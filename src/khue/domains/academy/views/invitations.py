"""Invitations: printed, or sent by e-mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from khue.domains.academy.actions import invitations
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts
from khue.domains.people.api import actor
from khue.kernel.address import is_only_here, outside
from khue.kernel.errors import UserError


def _join(request: HttpRequest) -> str:
    return outside(request, reverse("people:join"))


@never_cache
@require_POST
@runs_cohorts
def slips(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Slips with new one-time codes for those who have not opened their account; shown only in this answer."""
    found, address = cohort_or_404(request, cohort_id), _join(request)
    made = invitations.slips(by=actor(request), cohort=found, address=address)
    context = {"cohort": found, "slips": made, "address": address, "is_only_here": is_only_here(request)}
    return render(request, "academy/cohorts/slips.html", context)


@require_POST
@runs_cohorts
def send_all(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    found = cohort_or_404(request, cohort_id)
    try:
        count = invitations.send_all(by=actor(request), cohort=found, link=_join(request))
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count)
        messages.success(request, said % {"count": count})
    return redirect("academy:cohort", found.pk)


@require_POST
@runs_cohorts
def send_again(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    found = cohort_or_404(request, cohort_id)
    enrolment = get_object_or_404(found.enrolments.select_related("person", "cohort"), pk=enrolment_id)
    try:
        letter = invitations.send_again(by=actor(request), enrolment=enrolment, link=_join(request))
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A letter to %(address)s is on its way.") % {"address": letter.address})
    return redirect("academy:cohort", found.pk)
