"""What was handed in, as its owner sees it; files of it for all who may look at it."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khue.domains.academy.actions import notices
from khue.domains.academy.actions.grading import rubric_of
from khue.domains.academy.actions.submissions import is_unbroken
from khue.domains.academy.models import Grade, Submission
from khue.domains.academy.permissions.labs import can_grade
from khue.domains.academy.queries import grading as grading_queries
from khue.domains.academy.queries import labs as queries
from khue.domains.academy.queries import rooms
from khue.domains.people.api import actor
from khue.kernel import clock

PARTS = ("activity__version__programme", "activity__topic", "cohort")


def seen_submission(request: HttpRequest, submission_id: UUID) -> Submission:
    """The person's own, one that they grade, or one that they look at as a fellow participant; others see nothing."""
    by = actor(request)
    found = Submission.objects.select_related(*PARTS).filter(pk=submission_id).exclude(state="draft").first()
    if found is None:
        raise Http404
    is_own = found.person_id == by.person_id
    if is_own or can_grade(by, found.cohort) or Grade.objects.filter(submission=found, grader=by.person_id).exists():
        return found
    raise Http404


@require_GET
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    found = seen_submission(request, submission_id)
    if found.person_id != actor(request).person_id:
        return redirect("academy:grade", found.pk)
    notices.seen(by=actor(request), things=[found.pk])
    rubric = rubric_of(found)
    peers = found.activity.definition.get("peers") or {}
    counts = peers.get("percent") and found.peers_until and found.peers_until > clock.now()
    context = {
        "submission": found,
        "activity": found.activity,
        "hand": rooms.hand_up(found.person_id, found.cohort_id),
        "stuck_at": f"activity:{found.activity_id}",
        "rubric": rubric,
        "rubric_most": grading_queries.most_points(rubric),
        "result": queries.result(found),
        "checks": queries.check_rows(found),
        "unbroken": is_unbroken(found),
        "changes_until": found.peers_until if counts else None,
        "crumbs": [
            (found.activity.version.name, reverse("academy:programme", args=[found.activity.version_id])),
            (found.activity.name, reverse("academy:activity", args=[found.activity_id])),
        ],
    }
    return render(request, "academy/submissions/result.html", context)


@require_GET
def checks(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Asked for again and again while they run."""
    found = seen_submission(request, submission_id)
    context = {"submission": found, "checks": queries.check_rows(found)}
    return render(request, "academy/submissions/_checks.html", context)


@require_GET
def file(request: HttpRequest, submission_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """Always as a download: a file from outside is never shown inside our pages."""
    found = seen_submission(request, submission_id).evidence.filter(pk=evidence_id, kind="file").first()
    if found is None or not found.file:
        raise Http404
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.title, content_type="application/octet-stream"
    )
