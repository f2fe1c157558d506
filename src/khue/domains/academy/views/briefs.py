"""What is to be done in a lab and in the mini sprint, before it is done."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.domains.academy.models import ActivityKind
from khue.domains.academy.queries import rooms
from khue.domains.academy.views.loading import readable_activity
from khue.domains.people.api import actor

# a tool of the Work room → its page; one that is not there yet has no link
TOOLS = {
    "ask": "knowledge:ask",
    "library": "knowledge:library",
    "procedures": "procedures:list",
    "draft": "drafting:index",
    "synthesise": "synthesis:index",
    "analyse": "analysis:index",
    "assistants": "assistants:index",
    "services": "procedures:services",
    "prototypes": "prototypes:list",
}


@require_GET
def brief(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    activity = readable_activity(request, version_id, key, ActivityKind.LAB, ActivityKind.SPRINT)
    brief = activity.definition
    seat = rooms.seat_in(actor(request).person_id, version_id)
    context = {
        "seat": seat,
        "hand": rooms.hand_up(seat.person_id, seat.cohort_id) if seat else None,
        "stuck_at": f"activity:{activity.pk}",
        "activity": activity,
        "version": activity.version,
        "brief": brief,
        "rubric": activity.version.definition.get("rubrics", {}).get(brief.get("rubric")),
        "tool": tool_of(brief.get("tool", "")),
        "crumbs": _crumbs(activity.version.name, version_id),
        "aside_label": _("How it is assessed"),
    }
    return render(request, f"academy/briefs/{activity.kind}.html", context)


def _crumbs(name: str, version_id: UUID) -> list[tuple[str, str]]:
    return [(_("Programmes"), reverse("academy:programmes")), (name, reverse("academy:programme", args=[version_id]))]


def tool_of(name: str) -> str:
    """The address of a tool of the Work room; empty where it is not installed."""
    try:
        return reverse(TOOLS[name]) if name in TOOLS else ""
    except NoReverseMatch:
        return ""
