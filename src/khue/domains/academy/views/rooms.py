"""The room of a session: the trainer's screen, the participant's, the wall for the projector."""

from typing import Any
from uuid import UUID, uuid4

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.domains.academy.forms.rooms import PollForm
from khue.domains.academy.models import Attendance, Enrolment, Room, Session
from khue.domains.academy.permissions.sessions import can_hold
from khue.domains.academy.queries import rooms as queries
from khue.domains.academy.queries import sessions
from khue.domains.academy.rules.attendance import THERE
from khue.domains.academy.rules.polls import PollKind
from khue.domains.academy.rules.rooms import MOVING, PATIENCE, SEALED_AFTER, TO_BEGIN
from khue.domains.academy.views.attendance import held_session_or_404
from khue.domains.academy.views.live import live, stamped, unchanged
from khue.domains.people.api import actor
from khue.kernel.address import outside
from khue.kernel.clock import now

# how often a page looks again, in seconds; a thousand telephones look less often than one trainer
TRAINER, WALL, PARTICIPANT = 5, 4, 8


def seat_or_404(request: HttpRequest, session_id: UUID) -> tuple[Session, Enrolment]:
    """For who takes part in the session's cohort now."""
    by = actor(request)
    session = get_object_or_404(sessions.known_to(by), pk=session_id)
    seats = Enrolment.objects.taking_part().select_related("place")
    return session, get_object_or_404(seats, person=by.person_id, cohort=session.cohort_id)


@require_GET
def room(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who is here, where each one is, who is stuck, questions, polls."""
    session = held_session_or_404(request, session_id)
    found = Room.objects.filter(pk=session.pk).first()
    polls = queries.all_polls(session)
    context = {
        "session": session,
        "attention": queries.attention(session),
        "questions": queries.questions(session, found, hidden=True),
        "poll": next((poll for poll in polls if poll.is_open), polls[0] if polls else None),
        "polls": polls,
        "room": found,
        "every": TRAINER,
        "rule": {
            "begin": _minutes(TO_BEGIN),
            "moving": MOVING,
            **{kind: _minutes(patience) for kind, patience in PATIENCE.items()},
        },
        "poll_form": PollForm(),
        "presets": _presets(),
        "now": now(),
        "aside_label": _("Poll and questions"),
        "crumbs": [
            (_("Cohorts"), reverse("academy:cohorts")),
            (session.cohort.name, reverse("academy:cohort", args=[session.cohort_id])),
        ],
    }
    return live(request, "academy/rooms/room.html", "academy/rooms/_room_parts.html", context)


def _presets() -> list[dict[str, object]]:
    """Polls that one press opens, in the language of the page."""
    asked = [
        (PollKind.SCALE, _("Is it clear so far?"), [_("not yet"), _("very clear")]),
        (PollKind.SINGLE, _("Shall we go on?"), [_("Yes"), _("A few minutes more"), _("Please explain again")]),
        (PollKind.WORD, _("In one word: what do you take with you?"), []),
    ]
    return [
        {"form": uuid4(), "kind": kind.value, "text": text, "options": "\n".join(options)}
        for kind, text, options in asked
    ]


def _minutes(lasting: Any) -> int:
    return int(lasting.total_seconds() // 60)


@require_GET
def wall(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Large, for everybody's eyes: no names, no hidden questions, results when they are revealed."""
    session = held_session_or_404(request, session_id)
    found = Room.objects.filter(pk=session.pk).first()
    address = outside(request, reverse("academy:now"))
    context = {
        "session": session,
        "attention": queries.attention(session),
        "questions": [one for one in queries.questions(session, found) if not one.question.answered_at][:6],
        "poll": queries.latest_poll(session),
        "every": WALL,
        "address": address.split("//", 1)[-1],
        "qr": mark_safe(segno.make_qr(address, error="m").svg_inline(border=2, omitsize=True)),  # noqa: S308
    }
    return live(request, "academy/rooms/wall.html", "academy/rooms/_wall_parts.html", context)


@require_GET
def part(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """For the telephone of who takes part: hand, poll, questions, what is to be done."""
    assert request.user.pk is not None
    times = queries.times_of(session_id, request.user.pk)
    if times is None:
        raise Http404
    phase = _phase(times)
    version = f"{times.stamp}-{phase}"
    same = unchanged(request, version)
    if same:
        return same
    session, seat = seat_or_404(request, session_id)
    found = Room.objects.filter(pk=session.pk).first()
    steps = queries.own_steps(session, seat)
    context = {
        "session": session,
        "seat": seat,
        "room": found,
        "is_closed": bool(found and found.sealed_at) or phase == "over",
        "hand": queries.hand_of(seat),
        "poll": queries.own_poll(session, found, seat),
        "questions": queries.questions(session, found, seat=seat),
        "steps": steps,
        "stuck_at": queries.likely_step(steps),
        "is_there": Attendance.objects.filter(session=session, enrolment=seat, presence__in=list(THERE)).exists(),
        "every": PARTICIPANT,
        "now": now(),
    }
    return stamped(
        request, live(request, "academy/rooms/part.html", "academy/rooms/_part_parts.html", context), version
    )


def _phase(times: queries.Times) -> str:
    at = now()
    if at > times.ends_at + SEALED_AFTER:
        return "over"
    return "before" if at < times.starts_at else "on"


@require_GET
def here_and_now(request: HttpRequest) -> HttpResponse:
    """The short address on the wall: on to the session that runs, for its trainers and for who takes part."""
    by = actor(request)
    around = list(sessions.open_for(by.person_id))
    running = [session for session in around if session.starts_at <= now() <= session.ends_at]
    found = running[0] if len(running) == 1 else around[0] if len(around) == 1 else None
    if found:
        taught = can_hold(by, found) and not found.cohort.enrolments.taking_part().filter(person=by.person_id).exists()
        return redirect("academy:room" if taught else "academy:part", found.pk)
    return render(request, "academy/rooms/now.html", {"sessions": around})
