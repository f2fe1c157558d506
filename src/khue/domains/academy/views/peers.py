"""Looking at the work of fellow participants."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.domains.academy.actions import grading as grading_actions
from khue.domains.academy.actions import peers as actions
from khue.domains.academy.actions.submissions import is_unbroken
from khue.domains.academy.forms import grading as forms
from khue.domains.academy.models import ActivityKind, Grade
from khue.domains.academy.queries import grading as grading_queries
from khue.domains.academy.queries import peers as queries
from khue.domains.academy.views.entrances import entrance_or_404
from khue.domains.people.api import actor
from khue.kernel import clock
from khue.kernel.errors import UserError


@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """How far one's share is done; POST gives the next one."""
    entrance = entrance_or_404(request, activity_id)
    activity, cohort, by = entrance.activity, entrance.cohort, actor(request)
    if activity.kind != ActivityKind.LAB or not activity.definition.get("peers") or cohort is None:
        raise Http404
    if request.method == "POST":
        if found := actions.take(by=by, cohort=cohort, activity=activity):
            return redirect("academy:review", found.pk)
        messages.info(request, _("There is nothing for you to look at just now. Nobody waits for you."))
        return redirect(request.path)
    mine = queries.given_by(by, cohort, activity)
    context = {
        "activity": activity,
        "reviews": mine,
        "done": sum(grade.done_at is not None for grade in mine),
        "share": activity.definition["peers"]["reviews"],
        "has_handed_in": queries.has_handed_in(by, cohort, activity),
        "crumbs": [(activity.name, reverse("academy:activity", args=[activity.pk]))],
    }
    return render(request, "academy/reviews/index.html", context)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, grade_id: UUID) -> HttpResponse:
    """One work, without a name."""
    try:
        found = queries.own(actor(request), grade_id)
    except Grade.DoesNotExist:
        raise Http404 from None
    if request.method == "POST":
        return _saved(request, found)
    return _page(request, found)


def _saved(request: HttpRequest, found: Grade) -> HttpResponse:
    marks = forms.marks(request.POST, grading_actions.rubric_of(found.submission))
    try:
        revision = forms.revision(request.POST)
        saved = actions.save(by=actor(request), grade_id=found.pk, marks=marks, revision=revision)
    except UserError as refusal:
        if forms.wants_json(request):
            return JsonResponse({"refused": str(refusal)}, status=409)
        return _page(request, found, error=str(refusal), typed=marks)
    if forms.wants_json(request):
        return JsonResponse({"revision": saved.revision})
    if not marks.is_done:
        messages.success(request, _("Kept; they see it when you send it."))
        return redirect(request.path)
    messages.success(request, _("Thank you. They see your words now, not your name."))
    return redirect("academy:reviews", found.submission.activity_id)


def _page(
    request: HttpRequest, found: Grade, *, error: str = "", typed: grading_actions.Marks | None = None
) -> HttpResponse:
    submission = found.submission
    rubric = grading_actions.rubric_of(submission)
    context = {
        "submission": submission,
        "activity": submission.activity,
        "grade": found,
        "shown": typed or found,
        "rubric": rubric,
        "rubric_most": grading_queries.most_points(rubric),
        "is_peer": True,
        "is_open": bool(submission.peers_until and submission.peers_until > clock.now()),
        "unbroken": is_unbroken(submission),
        "error": error,
        "aside_label": _("Your review"),
        "crumbs": [
            (submission.activity.name, reverse("academy:activity", args=[submission.activity_id])),
            (_("Work of others"), reverse("academy:reviews", args=[submission.activity_id])),
        ],
    }
    return render(request, "academy/reviews/review.html", context, status=400 if error else 200)
