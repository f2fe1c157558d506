"""A lab: its brief, the way to the tool, and what the person hands in."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.validators import URLValidator
from django.forms import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.domains.academy.actions import submissions as actions
from khue.domains.academy.actions.submissions import Draft
from khue.domains.academy.models import ActivityKind, Cohort, Submission
from khue.domains.academy.queries import labs as queries
from khue.domains.academy.queries import rooms
from khue.domains.academy.queries.quizzes import Entrance
from khue.domains.academy.rules.labs import BROUGHT, SubmissionState
from khue.domains.academy.rules.texts import language_of
from khue.domains.academy.views.briefs import tool_of
from khue.domains.academy.views.entrances import entrance_or_404
from khue.domains.people.api import actor
from khue.kernel.clock import now
from khue.kernel.errors import UserError
from khue.ui import way_back


def lab(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Who takes no part in a cohort reads the brief. POST keeps the draft and, asked to, hands it in."""
    activity, cohort = entrance.activity, entrance.cohort
    if cohort is None:
        return redirect("academy:brief", activity.version_id, activity.key)
    way_back.forget(request)
    if request.method == "POST":
        return _kept(request, entrance, cohort)
    return _page(request, entrance, cohort)


def _page(request: HttpRequest, entrance: Entrance, cohort: Cohort, *, error: str = "") -> HttpResponse:
    by, activity = actor(request), entrance.activity
    mine = queries.mine(by, cohort, activity)
    draft = next((one for one in mine if one.state == SubmissionState.DRAFT), None)
    last = next((one for one in mine if one.state != SubmissionState.DRAFT), None)
    kinds = actions.accepted(activity)
    context = {
        "activity": activity,
        "version": activity.version,
        "cohort": cohort,
        "brief": activity.definition,
        "rubric": activity.version.definition.get("rubrics", {}).get(activity.definition["rubric"]),
        "tool": tool_of(activity.definition["tool"]),
        "draft": draft,
        "last": last,
        "checks": queries.check_rows(last) if last else [],
        "earlier": [one for one in mine if one not in (draft, last)],
        "can_hand_in": cohort.state != "closed" and (draft or last is None or actions.may_again(last)),
        "hand": rooms.hand_up(by.person_id, cohort.pk),
        "stuck_at": f"activity:{activity.pk}",
        "choices": queries.choices(by, kinds, draft),
        "takes_files": bool(set(kinds) & set(BROUGHT)) or not kinds,
        "brought": [one for one in draft.evidence.all() if one.kind in BROUGHT] if draft else [],
        "error": error,
        "crumbs": [
            (_("Programmes"), reverse("academy:programmes")),
            (activity.version.name, reverse("academy:programme", args=[activity.version_id])),
        ],
        "aside_label": _("How it is assessed"),
    }
    return render(request, "academy/labs/lab.html", context, status=400 if error else 200)


def _kept(request: HttpRequest, entrance: Entrance, cohort: Cohort) -> HttpResponse:
    by = actor(request)
    try:
        draft = actions.begin(by=by, cohort=cohort, activity=entrance.activity)
        if request.POST.get("act") == "again":
            return redirect(request.path + "#hand-in")
        actions.save(by=by, submission_id=draft.pk, draft=_draft(request))
        if request.POST.get("act") == "hand-in":
            actions.hand_in(by=by, submission_id=draft.pk)
            messages.success(request, _("Handed in. What you chose is kept as it is at this moment."))
            return redirect(request.path)
    except UserError as refusal:
        if request.headers.get("HX-Request"):
            return render(request, "academy/labs/_saved.html", {"error": str(refusal)})
        return _page(request, entrance, cohort, error=str(refusal))
    except Submission.DoesNotExist:
        # handed in from another window meanwhile
        return redirect(request.path)
    if request.headers.get("HX-Request"):
        return render(request, "academy/labs/_saved.html", {"at": _clock(cohort, now())})
    messages.success(request, _("The draft is kept."))
    return redirect(request.path + "#hand-in")


def _clock(cohort: Cohort, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(cohort.time_zone)).strftime("%H:%M")


def _draft(request: HttpRequest) -> Draft:
    return Draft(
        note=request.POST.get("note", "")[:20_000],
        chosen=[_thing(value) for value in request.POST.getlist("thing")],
        link=_link(request.POST.get("link", "").strip()),
        file=request.FILES.get("file"),
        drop=[_uuid(value) for value in request.POST.getlist("drop")],
    )


def _thing(value: str) -> tuple[str, UUID]:
    kind, _colon, thing = value.partition(":")
    return kind, _uuid(thing)


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None


class NoAddress(UserError):
    """What was typed is no address of a page."""


def _link(value: str) -> str:
    if not value:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise NoAddress(_("“%(value)s” is no address of a page. It begins with https://.") % {"value": value}) from None
    return value[:1000]


@require_POST
def open_tool(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Begins the lab and opens its tool, from which a link leads back."""
    entrance = entrance_or_404(request, activity_id)
    activity, cohort = entrance.activity, entrance.cohort
    tool = tool_of(activity.definition.get("tool", ""))
    if activity.kind != ActivityKind.LAB or not tool:
        raise Http404
    home = reverse("academy:activity", args=[activity_id])
    if cohort is not None:
        _begin(request, entrance, cohort)
    steps = activity.definition.get("steps", {})
    language = language_of(steps, get_language() or "vi")
    way_back.remember(request, label=activity.name, url=home, steps=tuple(steps.get(language, ())), tool=tool)
    return redirect(tool)


def _begin(request: HttpRequest, entrance: Entrance, cohort: Cohort) -> None:
    """So that what is made from now on is known as new. A lab that is settled may be done again for oneself."""
    try:
        actions.begin(by=actor(request), cohort=cohort, activity=entrance.activity)
    except actions.CannotHandIn:
        return
