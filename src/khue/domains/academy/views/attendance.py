"""Coming to a session: the screen with the code, the check-in, the board, the sheet, corrections."""

import secrets
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import attendance as actions
from khue.domains.academy.actions.attendance import Scan
from khue.domains.academy.forms.attendance import CodeForm, CorrectionForm
from khue.domains.academy.models import Place, Session
from khue.domains.academy.permissions.sessions import can_hold
from khue.domains.academy.queries import attendance, sessions
from khue.domains.academy.rules import attendance as rules
from khue.domains.academy.rules.attendance import Presence, Way
from khue.domains.academy.views.live import live
from khue.domains.people.api import actor
from khue.kernel.address import is_only_here, outside
from khue.kernel.clock import now
from khue.kernel.errors import UserError

DEVICE = "khue_device"
YEAR = 365 * 24 * 3600


def held_session_or_404(request: HttpRequest, session_id: UUID) -> Session:
    """One that the person knows of (404 else) and may hold (403 else)."""
    found = get_object_or_404(sessions.known_to(actor(request)), pk=session_id)
    if not can_hold(actor(request), found):
        raise PermissionDenied
    return found


# The trainer's side ----------------------------------------------------------------------------


@require_GET
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The board, kept fresh by itself; links to the screens with the codes."""
    found = held_session_or_404(request, session_id)
    actions.release_held(found)
    context = {
        "session": found,
        "places": list(found.cohort.places.all()),
        "boards": attendance.board(found),
        "changes": attendance.changes(found),
        "is_over": now() > found.ends_at,
        "is_only_here": is_only_here(request),
        "every": 5,
    }
    return live(request, "academy/sessions/session.html", "academy/sessions/_board.html", context)


@never_cache
@require_GET
def screen(request: HttpRequest, session_id: UUID, place_id: UUID) -> HttpResponse:
    """For the projector: the code that changes, as QR and as letters, and how many are there."""
    found = held_session_or_404(request, session_id)
    place = get_object_or_404(found.cohort.places, pk=place_id)
    code = actions.shown_code(found, place, now())
    address = outside(request, reverse("academy:scan", args=[found.pk, place.pk, code]))
    context = {
        "session": found,
        "place": place,
        "code": code,
        "address": outside(request, reverse("academy:here")),
        "qr": mark_safe(segno.make_qr(address, error="m").svg_inline(border=2, omitsize=True)),  # noqa: S308
        "there": attendance.head_count(found, place),
        "changes_in": max(1, round(rules.changes_in(now()))),
    }
    fragment = request.headers.get("HX-Target") == "code"
    return render(request, "academy/sessions/_code.html" if fragment else "academy/sessions/screen.html", context)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, session_id: UUID, place_id: UUID) -> HttpResponse:
    """To print and sign; afterwards the same page takes what stands on it."""
    found = held_session_or_404(request, session_id)
    place = get_object_or_404(found.cohort.places, pk=place_id)
    own = found.cohort.enrolments.taking_part().on_roll().filter(place=place)
    if request.method == "POST":
        signed = set(request.POST.getlist("came"))
        came = {key: str(key) in signed for key in own.values_list("pk", flat=True)}
        changed = actions.enter_sheet(by=actor(request), session=found, place=place, came=came)
        said = ngettext("%(count)s row is noted.", "%(count)s rows are noted.", changed) % {"count": changed}
        messages.success(request, said)
        return redirect("academy:session", found.pk)
    boards = attendance.board(found)
    there = {seat.enrolment.pk for board in boards for seat in board.seats if seat.is_there}
    rows = [(enrolment, enrolment.pk in there) for enrolment in own]
    return render(request, "academy/sessions/sheet.html", {"session": found, "place": place, "rows": rows})


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, session_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """What is noted of one person in this session, how it came about, and its correction."""
    found = held_session_or_404(request, session_id)
    on_roll = found.cohort.enrolments.taking_part().on_roll()
    enrolment = get_object_or_404(on_roll, pk=enrolment_id)
    noted = found.attendances.filter(enrolment=enrolment).first()
    form = CorrectionForm(request.POST or None, initial={"presence": noted.presence if noted else Presence.ABSENT})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(by=actor(request), session=found, enrolment=enrolment, **form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The correction is on record."))
            return redirect("academy:session", found.pk)
    changes = attendance.changes(found, enrolment=enrolment)
    context = {"session": found, "enrolment": enrolment, "noted": noted, "form": form, "changes": changes}
    return render(request, "academy/sessions/seat.html", context, status=400 if form.errors else 200)


# The participant's side ------------------------------------------------------------------------


@never_cache
@login_not_required
@require_GET
def scan(request: HttpRequest, session_id: UUID, place_id: UUID, code: str) -> HttpResponse:
    """What the QR leads to. The code is judged now; whoever is not signed in signs in first, and the scan waits."""
    if not Place.objects.filter(pk=place_id, cohort__sessions=session_id).exists():
        raise Http404
    try:
        good = actions.scan(session_id=session_id, place_id=place_id, code=code)
    except UserError as refusal:
        return render(request, "academy/sessions/refused.html", {"error": refusal}, status=410)
    _hold(request, good)
    return _with_device(request, redirect("academy:here"))


@never_cache
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest) -> HttpResponse:
    """Checks in with the scan that waits, or with a typed code."""
    by = actor(request)
    waiting = _held(request)
    mine = list(sessions.open_for(by.person_id))
    form = CodeForm(request.POST or None, sessions=mine)
    there = attendance.noted_in(by.person_id, mine)
    pressed_twice = request.method == "POST" and not waiting and "code" not in request.POST
    if pressed_twice and (noted := there.order_by("at").last()):
        return redirect("academy:here-done", noted.pk)  # the first press took the scan
    if request.method == "POST":
        try:
            scanned = waiting or _typed(form, by.person_id)
            if scanned:
                request.session.pop("scan", None)
                device = actions.device_digest(_device(request))
                noted = actions.check_in(by=by, scanned=scanned, device=device)
                return _with_device(request, redirect("academy:here-done", noted.pk))
        except UserError as refusal:
            form.add_error(None, str(refusal))
            waiting = None
    context = {"form": form, "waiting": waiting, "sessions": mine, "noted": there}
    return render(request, "academy/sessions/here.html", context, status=400 if form.errors else 200)


@require_GET
def done(request: HttpRequest, attendance_id: UUID) -> HttpResponse:
    found = get_object_or_404(attendance.of_person(actor(request).person_id), pk=attendance_id)
    return render(request, "academy/sessions/done.html", {"attendance": found})


@require_POST
def pulse(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A sign of life from somebody who takes part online; sent every minute by the page of their days."""
    found = get_object_or_404(sessions.known_to(actor(request)), pk=session_id)
    try:
        minutes = actions.pulse(by=actor(request), session=found)
    except UserError as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse({"minutes": round(minutes, 1)})


def _typed(form: CodeForm, person_id: UUID) -> Scan | None:
    """The place is found by the code: each place of a session shows its own."""
    if not form.is_valid():
        return None
    session = form.cleaned_data["session"]
    refusal: UserError | None = None
    for place in session.cohort.places.all():
        try:
            return actions.scan(session_id=session.pk, place_id=place.pk, code=form.cleaned_data["code"], way=Way.CODE)
        except UserError as error:
            refusal = error
    if refusal:
        raise refusal
    return None


def _hold(request: HttpRequest, good: Scan) -> None:
    """In the session, which signing in keeps."""
    request.session["scan"] = [str(good.session_id), str(good.place_id), good.at.isoformat()]


def _held(request: HttpRequest) -> Scan | None:
    kept = request.session.get("scan")
    if not kept:
        return None
    at = parse_datetime(kept[2])
    return Scan(UUID(kept[0]), UUID(kept[1]), at, Way.QR) if at and now() - at <= rules.HELD else None


def _device(request: HttpRequest) -> str:
    return request.get_signed_cookie(DEVICE, default="", max_age=YEAR) or ""


def _with_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if not _device(request):
        response.set_signed_cookie(
            DEVICE, secrets.token_hex(16), max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
