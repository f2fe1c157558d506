"""The timetable of a cohort as its editors see it: one time for all places, and what is where."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import sessions as actions
from khue.domains.academy.forms.timetable import NewPlaceForm, NewSessionForm, PlaceForm, SessionForm, ShiftForm
from khue.domains.academy.models import Cohort, Place, PlaceKind, Session
from khue.domains.academy.permissions.cohorts import can_equip, can_run_cohorts
from khue.domains.academy.queries import cohorts, sessions, whereabouts
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts, with_wheres
from khue.domains.people.api import actor, person_names, teachers
from khue.kernel.errors import UserError


def edited_session_or_404(request: HttpRequest, session_id: UUID) -> Session:
    """One that the person knows of (404 else), of a cohort that they run (403 else)."""
    found = get_object_or_404(sessions.known_to(actor(request)), pk=session_id)
    if not can_run_cohorts(actor(request), found.cohort.organisation_id):
        raise PermissionDenied
    return found


@require_GET
@runs_cohorts
def timetable(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    return _page(request, cohort_or_404(request, cohort_id))


def _page(request: HttpRequest, cohort: Cohort, *, status: int = 200, **forms: object) -> HttpResponse:
    context = {
        "cohort": cohort,
        "sessions": with_wheres(cohorts.sessions(cohort)),
        "places": list(cohort.places.all()),
        "shift": ShiftForm(cohort=cohort, prefix="shift"),
        "new_session": NewSessionForm(prefix="new"),
        "new_place": NewPlaceForm(prefix="place"),
    }
    return render(request, "academy/timetable/timetable.html", context | forms, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, session_id: UUID) -> HttpResponse:
    found = edited_session_or_404(request, session_id)
    form = SessionForm(request.POST or None, session=found, teachers=_teachers(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        starts_at, ends_at = form.times(found.cohort.time_zone)
        actions.change(
            by=actor(request),
            session=found,
            starts_at=starts_at,
            ends_at=ends_at,
            late_after=given["late_after"],
            trainers=frozenset(map(UUID, given["trainers"])),
            here=form.here(),
        )
        messages.success(request, _("“%(session)s” is stored. Calendars follow within the hour.") % {"session": found})
        return redirect("academy:timetable", found.cohort_id)
    context = {"session": found, "cohort": found.cohort, "form": form}
    return render(request, "academy/timetable/session.html", context, status=400 if form.errors else 200)


def _teachers(session: Session) -> dict[UUID, str]:
    """Of the organisation and the campuses, and whoever trains already."""
    places = session.cohort.places.exclude(organisation=None).values_list("organisation", flat=True)
    now = {pk for where in whereabouts.of_sessions([session])[session.pk] for pk in where.trainer_ids}
    return teachers([session.cohort.organisation_id, *places]) | person_names(now)


@require_POST
@runs_cohorts
def shift(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    cohort = cohort_or_404(request, cohort_id)
    form = ShiftForm(request.POST, cohort=cohort, prefix="shift")
    if not form.is_valid():
        return _page(request, cohort, status=400, shift=form)
    given = form.cleaned_data
    moved = actions.shift(by=actor(request), first=given["session"], to=given["to"], following=given["following"])
    said = ngettext("%(count)s session is moved.", "%(count)s sessions are moved.", moved) % {"count": moved}
    messages.success(request, said)
    return redirect("academy:timetable", cohort.pk)


@require_POST
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    found = edited_session_or_404(request, session_id)
    actions.cancel(by=actor(request), session=found, cancelled=request.POST.get("cancelled") == "1")
    return redirect("academy:timetable", found.cohort_id)


@require_POST
@runs_cohorts
def add(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    cohort = cohort_or_404(request, cohort_id)
    form = NewSessionForm(request.POST, prefix="new")
    if not form.is_valid():
        return _page(request, cohort, status=400, new_session=form)
    starts_at, ends_at = form.times(cohort.time_zone)
    name = form.cleaned_data["name"]
    made = actions.add(by=actor(request), cohort=cohort, name=name, starts_at=starts_at, ends_at=ends_at)
    return redirect("academy:session-edit", made.pk)


@require_POST
@runs_cohorts
def add_place(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    cohort = cohort_or_404(request, cohort_id)
    form = NewPlaceForm(request.POST, prefix="place")
    if not form.is_valid():
        return _page(request, cohort, status=400, new_place=form)
    given = form.cleaned_data
    made = actions.add_place(by=actor(request), cohort=cohort, name=given["name"], kind=PlaceKind(given["kind"]))
    return redirect("academy:place-edit", cohort.pk, made.pk)


@require_http_methods(["GET", "POST"])
@runs_cohorts
def edit_place(request: HttpRequest, cohort_id: UUID, place_id: UUID) -> HttpResponse:
    place = _place_or_404(request, cohort_id, place_id)
    cohort = place.cohort
    runs = can_run_cohorts(actor(request), cohort.organisation_id)
    form = PlaceForm(request.POST or None, initial={"room": place.room, "link": place.link})
    if request.method == "POST" and form.is_valid():
        actions.equip(by=actor(request), place=place, **form.cleaned_data)
        messages.success(request, _("Stored. Calendars follow within the hour."))
        return redirect("academy:timetable", cohort.pk) if runs else redirect("academy:cohorts")
    context = {"cohort": cohort, "place": place, "form": form, "runs": runs}
    return render(request, "academy/timetable/place.html", context, status=400 if form.errors else 200)


def _place_or_404(request: HttpRequest, cohort_id: UUID, place_id: UUID) -> Place:
    """One of a cohort that the person runs, or their own campus in somebody else's."""
    found = get_object_or_404(Place.objects.select_related("cohort"), pk=place_id, cohort=cohort_id)
    if not can_equip(actor(request), found):
        cohort_or_404(request, cohort_id)
    return found


@require_POST
@runs_cohorts
def remove_place(request: HttpRequest, cohort_id: UUID, place_id: UUID) -> HttpResponse:
    cohort = cohort_or_404(request, cohort_id)
    place = get_object_or_404(Place, pk=place_id, cohort=cohort)
    try:
        actions.remove_place(by=actor(request), place=place)
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("academy:timetable", cohort.pk)
