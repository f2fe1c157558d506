"""A tool in other hands: used, reviewed, published, shared, retired."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.people.api import actor
from khue.domains.prototypes.actions import handing
from khue.domains.prototypes.models import Review, Tool
from khue.domains.prototypes.permissions import can_change, can_review
from khue.domains.prototypes.queries import checks
from khue.domains.prototypes.views.framing import frame_url, framed
from khue.domains.prototypes.views.loading import changeable, usable, visible
from khue.domains.prototypes.views.telling import refusals_told
from khue.kernel.errors import UserError

GOOD, BAD = "1", "-1"


@require_GET
def use(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    """A tool of the gallery, to work with."""
    found = usable(request, tool_id)
    held = found.published or found.head
    handing.count_use(tool=found, way="gallery", day=timezone.localdate())
    context = {
        "tool": found,
        "version": held,
        "frame": frame_url(request),
        "may_change": can_change(actor(request), found),
    }
    return framed(request, render(request, "prototypes/use.html", context))


@require_POST
def feedback(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = usable(request, tool_id)
    rating = 1 if request.POST.get("rating") == GOOD else -1
    with refusals_told(request):
        handing.say_back(
            tool=found, version=found.published or found.head, rating=rating, words=request.POST.get("words", "")
        )
        messages.success(request, _("Thank you. Who made it can read this, without your name."))
    return redirect("prototypes:use", found.pk)


@require_POST
def settle(request: HttpRequest, tool_id: UUID, feedback_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    handing.settle(by=actor(request), feedback=get_object_or_404(found.feedback, pk=feedback_id))
    return redirect("prototypes:studio", found.pk)


@require_POST
def ask_for_review(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    with refusals_told(request):
        handing.ask_for_review(by=actor(request), tool=found)
        messages.success(request, _("Asked. A lecturer or steward of your place sees it in their list."))
    return redirect("prototypes:studio", found.pk)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, tool_id: UUID, review_id: UUID) -> HttpResponse:
    found = visible(request, tool_id)
    held = get_object_or_404(
        Review.objects.select_related("version__tool", "by", "asked_by"), pk=review_id, version__tool=found
    )
    if request.method == "POST":
        try:
            handing.decide(
                by=actor(request), review=held, accept="accept" in request.POST, note=request.POST.get("note", ""),
                findings=_own(request),
            )  # fmt: skip
        except UserError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Decided."))
            return redirect("prototypes:list")
    context = {
        "tool": found,
        "review": held,
        "version": held.version,
        "findings": checks.findings(held.findings),
        "may_review": can_review(actor(request), found) and not held.decided_at,
        "frame": frame_url(request),
        "levels": checks.LEVELS,
    }
    return framed(request, render(request, "prototypes/review.html", context))


def _own(request: HttpRequest) -> list[dict[str, str]]:
    """One finding that the reviewer wrote, with its level and what to do."""
    message = request.POST.get("finding", "").strip()[:500]
    level = request.POST.get("level", "")
    remedy = request.POST.get("remedy", "").strip()[:500]
    return (
        [{"level": level if level in checks.LEVELS else "warn", "message": message, "remedy": remedy}]
        if message
        else []
    )


@require_POST
def publish(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = changeable(request, tool_id)
    with refusals_told(request):
        handing.publish(by=actor(request), tool=found)
        messages.success(request, _("It stands in the gallery of your organisation."))
    return redirect("prototypes:studio", found.pk)


@require_POST
def retire(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found = visible(request, tool_id)
    with refusals_told(request):
        handing.retire(by=actor(request), tool=found, reason=request.POST.get("reason", ""))
        messages.success(request, _("Retired. Its versions are kept."))
    return redirect("prototypes:studio", found.pk)


@require_POST
def link(request: HttpRequest, tool_id: UUID) -> HttpResponse:
    found: Tool = changeable(request, tool_id)
    with refusals_told(request):
        handing.share(by=actor(request), tool=found, is_on="on" in request.POST, sites=request.POST.get("sites", ""))
        messages.success(request, _("Kept."))
    return redirect("prototypes:studio", found.pk)
