"""Grading: what waits, one after another, without the names of who made it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import checks as check_actions
from khue.domains.academy.actions import grading as actions
from khue.domains.academy.actions import notices
from khue.domains.academy.actions.submissions import is_unbroken
from khue.domains.academy.forms import grading as forms
from khue.domains.academy.models import Grade, GradeKind, NoticeKind, Submission
from khue.domains.academy.permissions.labs import check_can_grade
from khue.domains.academy.permissions.programmes import can_teach
from khue.domains.academy.queries import grading as queries
from khue.domains.academy.queries import labs as lab_queries
from khue.domains.academy.rules.grading import differing
from khue.domains.people.api import actor
from khue.kernel.errors import NotAllowed, UserError


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """`?cohort=&lab=` narrow it."""
    by = actor(request)
    cohort_id, activity_id = _uuid(request.GET.get("cohort")), _uuid(request.GET.get("lab"))
    if not can_teach(by) and not queries.graded_cohorts(by).exists():
        raise NotAllowed(_("Only those who run cohorts and their trainers grade what is handed in."))
    notices.seen(by=by, kinds=[NoticeKind.TO_GRADE])
    rows = queries.queue(by, cohort_id=cohort_id, activity_id=activity_id)
    context = {
        "rows": [row for row in rows if not row.is_mine_done or row.submission.state == "disputed"],
        "for_others": [row for row in rows if row.is_mine_done and row.submission.state != "disputed"],
        "labs": queries.labs(by),
        "cohort_id": cohort_id,
        "activity_id": activity_id,
        "query": request.GET.urlencode(),
        "most": queries.MOST,
    }
    return render(request, "academy/grading/queue.html", context)


def _uuid(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise Http404 from None


def graded_submission(request: HttpRequest, submission_id: UUID) -> Submission:
    """Raises NotAllowed for those who see the cohort and do not grade in it."""
    try:
        found = queries.one(actor(request), submission_id)
    except Submission.DoesNotExist:
        raise Http404 from None
    check_can_grade(actor(request), found)
    return found


@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """POST keeps what was written and, asked to, finishes and goes on to the next."""
    found = graded_submission(request, submission_id)
    if request.method == "POST":
        return _graded(request, found)
    notices.seen(by=actor(request), things=[found.pk])
    return _page(request, found, held=_held(request, found))


def _held(request: HttpRequest, found: Submission) -> Grade | None:
    """None for what is settled or replaced and was never this person's to grade: it is only shown."""
    try:
        return actions.hold(by=actor(request), submission_id=found.pk)
    except actions.NotToGrade:
        return None


def _graded(request: HttpRequest, found: Submission) -> HttpResponse:
    by = actor(request)
    marks = forms.marks(request.POST, actions.rubric_of(found))
    try:
        saved = actions.save(by=by, submission_id=found.pk, marks=marks, revision=forms.revision(request.POST))
    except UserError as refusal:
        if forms.wants_json(request):
            return JsonResponse({"refused": str(refusal)}, status=409)
        mine = Grade.objects.filter(submission=found, grader=by.person_id, kind=GradeKind.STAFF).first()
        return _page(request, found, held=mine, error=str(refusal), typed=marks)
    if forms.wants_json(request):
        return JsonResponse({"revision": saved.revision})
    if not marks.is_done:
        messages.success(request, _("Kept; it does not count until you finish."))
        return redirect(request.get_full_path())
    _tell(request, Submission.objects.get(pk=found.pk))
    return _go_on(request, found)


def _tell(request: HttpRequest, settled: Submission) -> None:
    if settled.state == "disputed":
        messages.warning(request, _("Saved. You and another grader differ: agree with each other, or a third decides."))
    elif settled.state == "handed-in":
        messages.success(request, _("Saved. A second grader looks at it too."))
    else:
        messages.success(request, _("Saved; the participant sees the result now."))


def _go_on(request: HttpRequest, found: Submission) -> HttpResponse:
    cohort_id, activity_id = _uuid(request.GET.get("cohort")), _uuid(request.GET.get("lab"))
    following = queries.next_for(actor(request), after=found, cohort_id=cohort_id, activity_id=activity_id)
    name, arguments = ("academy:grade", [following]) if following else ("academy:grading", [])
    return redirect(_with_query(request, reverse(name, args=arguments)))


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _page(
    request: HttpRequest, found: Submission, *, held: Grade | None, error: str = "", typed: actions.Marks | None = None
) -> HttpResponse:
    by, rubric = actor(request), actions.rubric_of(found)
    shown: Any = typed or held
    others = queries.others(by, found)
    context = {
        "submission": found,
        "activity": found.activity,
        "brief": found.activity.definition,
        "rubric": rubric,
        "rubric_most": queries.most_points(rubric),
        "grade": held,
        "shown": shown,
        "others": others,
        "differing": _differing(found, held, others),
        "result": lab_queries.result(found),
        "checks": lab_queries.check_rows(found),
        "unbroken": is_unbroken(found),
        "neighbours": queries.neighbours(
            by, found, cohort_id=_uuid(request.GET.get("cohort")), activity_id=_uuid(request.GET.get("lab"))
        ),
        "query": request.GET.urlencode(),
        "error": error,
        "aside_label": _("Grade"),
    }
    return render(request, "academy/grading/grade.html", context, status=400 if error else 200)


def _differing(found: Submission, held: Grade | None, others: list[Grade]) -> list[str]:
    if found.state != "disputed" or held is None or not held.done_at or not others:
        return []
    how = actions.scheme_of(found)
    return differing(how, actions.given(held), actions.given(others[0]))


@require_GET
def following(request: HttpRequest) -> HttpResponse:
    """The oldest that is free."""
    cohort_id, activity_id = _uuid(request.GET.get("cohort")), _uuid(request.GET.get("lab"))
    found = queries.next_for(actor(request), cohort_id=cohort_id, activity_id=activity_id)
    if found is None:
        messages.info(request, _("Nothing waits for you."))
        return redirect(_with_query(request, reverse("academy:grading")))
    return redirect(_with_query(request, reverse("academy:grade", args=[found])))


@require_POST
def leave(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Back to the list; others see at once that nobody is at it."""
    found = graded_submission(request, submission_id)
    actions.release(by=actor(request), submission_id=found.pk)
    return redirect(_with_query(request, reverse("academy:grading")))


@require_POST
def check_again(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    found = graded_submission(request, submission_id)
    check_actions.again(by=actor(request), submission=found)
    return redirect(_with_query(request, reverse("academy:grade", args=[found.pk])))
