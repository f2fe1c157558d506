"""Learn › My days: what is next, what is missing; the same as a calendar feed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.academy.actions import calendars
from khue.domains.academy.actions import notices as notice_actions
from khue.domains.academy.queries import days, notices, sessions, whereabouts
from khue.domains.people.api import actor
from khue.kernel.address import outside


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    address = outside(request, reverse("academy:calendar", args=[calendars.token(by.person_id)]))
    context = {
        "days": days.of_person(by.person_id),
        "news": [(notice, notices.said(notice), notices.address(notice)) for notice in notices.unseen(by.person_id)],
        "calendar": address,
    }
    return render(request, "academy/days/mine.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """All that is new counts as read."""
    notice_actions.seen(by=actor(request))
    return redirect("academy:days")


@login_not_required
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Calendars do not sign in: the address itself is the key."""
    person_id = calendars.person_of(token)
    if person_id is None:
        raise Http404
    address = outside(request, reverse("academy:days"))
    own = list(sessions.of_person(person_id))
    wheres = whereabouts.of_person(person_id, own)
    octets = calendars.feed(own, wheres=wheres, name=_("My days at the academy"), address=address)
    return HttpResponse(octets, content_type="text/calendar; charset=utf-8")
