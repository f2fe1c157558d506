"""The desk at the door: somebody who is not on the list, in a few seconds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from khue.domains.academy.actions import invitations, walk_ins
from khue.domains.academy.actions.attendance import note_at_desk
from khue.domains.academy.forms.walk_ins import WalkInForm
from khue.domains.academy.models import Cohort, Enrolment, Session
from khue.domains.academy.views.attendance import held_session_or_404
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts
from khue.domains.people.api import actor
from khue.kernel.address import outside
from khue.kernel.errors import UserError


@never_cache
@require_http_methods(["GET", "POST"])
def at_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """They are noted as there as well."""
    session = held_session_or_404(request, session_id)
    return _desk(request, session.cohort, session)


@never_cache
@require_http_methods(["GET", "POST"])
@runs_cohorts
def at_cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    return _desk(request, cohort_or_404(request, cohort_id), None)


def _desk(request: HttpRequest, cohort: Cohort, session: Session | None) -> HttpResponse:
    form = WalkInForm(request.POST or None, cohort=cohort, place=request.GET.get("place", ""))
    context: dict[str, Any] = {"cohort": cohort, "session": session, "form": form}
    if request.method == "POST" and request.POST.get("is"):
        return _is_known(request, cohort, session)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        known = cohort.enrolments.filter(pk=key).exists()
        context["alike"] = walk_ins.alike(cohort, form.cleaned_data["name"])
        if known or not context["alike"] or request.POST.get("another"):
            try:
                entered = walk_ins.enter(
                    by=actor(request), cohort=cohort, session=session, newcomer=walk_ins.Newcomer(**form.cleaned_data)
                )
            except walk_ins.NotEntered as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                return _entered(request, entered, session)
    return render(request, "academy/walk_ins/desk.html", context, status=400 if form.errors else 200)


def _entered(request: HttpRequest, entered: Enrolment, session: Session | None) -> HttpResponse:
    """The code is shown only in this answer; the form for the next person stands below it."""
    address = outside(request, reverse("people:join"))
    place = str(entered.place_id or "")
    context = {
        "cohort": entered.cohort,
        "session": session,
        "enrolment": entered,
        "slip": next(iter(invitations.slips_of([entered], by=actor(request), address=address)), None),
        "address": address,
        "form": WalkInForm(cohort=entered.cohort, place=place),
    }
    return render(request, "academy/walk_ins/desk.html", context)


def _is_known(request: HttpRequest, cohort: Cohort, session: Session | None) -> HttpResponse:
    """It was somebody of the list after all."""
    enrolment = get_object_or_404(cohort.enrolments.select_related("person"), pk=request.POST["is"])
    if session is None:
        return redirect("academy:cohort", cohort.pk)
    try:
        noted = note_at_desk(by=actor(request), session=session, enrolment=enrolment)
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(name)s is noted as here.") if noted else _("%(name)s is on the list; check-in is not open now.")
        messages.success(request, said % {"name": enrolment.person})
    return redirect("academy:session", session.pk)
