"""A topic's page to read, with the place kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.academy.actions import readings as actions
from khue.domains.academy.course.pages import Page, rendered
from khue.domains.academy.models import Topic
from khue.domains.academy.permissions.programmes import can_teach
from khue.domains.academy.queries import readings, rooms
from khue.domains.academy.rules.texts import language_of
from khue.domains.academy.views.loading import readable_topic
from khue.domains.people.api import actor


@require_GET
def topic(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    found, by = readable_topic(request, version_id, key), actor(request)
    read = readings.readings_of(by.person_id, version_id)
    topics = [(one, read.get(one.pk)) for one in found.version.topics.all()]
    seat = rooms.seat_in(by.person_id, version_id)
    language = language_of(found.pages, get_language() or "vi")
    context = {
        "topic": found,
        "version": found.version,
        "page": _page(found, language),
        "language": language,
        "reading": read.get(found.pk),
        "topics": topics,
        "activities": found.activities.all(),
        "before": next((one for one, _r in topics if one.position == found.position - 1), None),
        "after": next((one for one, _r in topics if one.position == found.position + 1), None),
        "teaches": can_teach(by),
        "seat": seat,
        "hand": rooms.hand_up(by.person_id, seat.cohort_id) if seat else None,
        "stuck_at": f"topic:{found.pk}",
        "crumbs": [
            (_("Programmes"), reverse("academy:programmes")),
            (found.version.name, reverse("academy:programme", args=[version_id])),
        ],
        "aside_label": _("On this page"),
    }
    return render(request, "academy/topics/topic.html", context)


def _page(topic: Topic, language: str) -> Page:
    file = f"topics/{topic.key}/{language}.md"
    return rendered(
        file,
        topic.pages.get(language, ""),
        lambda path: reverse("academy:programme-file", args=[topic.version_id, path]),
    )


@require_POST
def reach(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """Sent by the page while it is read."""
    found = readable_topic(request, version_id, key)
    section = request.POST.get("section", "")
    if not section.isdigit() or int(section) > 1000:
        return HttpResponseBadRequest()
    actions.reach(person_id=actor(request).person_id, topic=found, section=int(section))
    return HttpResponse(status=204)


@require_POST
def finish(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """Read to the end: on to the next topic, after the last back to the programme."""
    found = readable_topic(request, version_id, key)
    actions.finish(person_id=actor(request).person_id, topic=found)
    after = found.version.topics.filter(position__gt=found.position).first()
    if after is None:
        return redirect("academy:programme", version_id)
    return redirect("academy:topic", version_id, after.key)
