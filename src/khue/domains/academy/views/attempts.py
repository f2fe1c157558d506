"""Taking a quiz: begin, answer, look over, hand in, see what came of it. Everything works without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.academy.actions import attempts as actions
from khue.domains.academy.actions import notices
from khue.domains.academy.actions import quizzes as quiz_actions
from khue.domains.academy.actions.attempts import AttemptOver, Saved
from khue.domains.academy.models import Attempt
from khue.domains.academy.permissions.quizzes import can_follow
from khue.domains.academy.queries import attempts as queries
from khue.domains.academy.queries import rooms
from khue.domains.academy.queries.quizzes import Entrance
from khue.domains.academy.quizzing.items import Kind
from khue.domains.academy.templatetags.quizzes import understood
from khue.domains.academy.views.entrances import own_attempt
from khue.domains.people.api import actor
from khue.kernel import clock
from khue.kernel.errors import UserError


def begin(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The start page: what awaits, the attempts so far; POST begins one or goes on."""
    by = actor(request)
    quiz = quiz_actions.from_activity(entrance.activity)
    sitting = quiz_actions.sitting(quiz, entrance.cohort)
    actions.settle(Attempt.objects.of(by).filter(sitting=sitting))
    mine = list(queries.mine(by, sitting))
    if request.method == "POST":
        try:
            attempt = actions.start(by=by, sitting=sitting, number=_number(request, len(mine) + 1))
        except UserError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        return redirect("academy:attempt", attempt.pk)
    context = {
        "activity": entrance.activity,
        "quiz": quiz,
        "sitting": sitting,
        "attempts": [attempt for attempt in mine if attempt.finished_at],
        "open": next((attempt for attempt in mine if attempt.finished_at is None), None),
        "best": queries.best(mine),
        "next_number": len(mine) + 1,
        "left": None if not quiz.attempts else max(0, quiz.attempts - len(mine)),
        "count": queries.question_count(quiz),
        "stuck_at": f"activity:{entrance.activity.pk}",
        "hand": rooms.hand_up(by.person_id, entrance.cohort.pk) if entrance.cohort else None,
        "follows": can_follow(by, sitting),
        "now": clock.now(),
    }
    return render(request, "academy/attempts/begin.html", context)


def _number(request: HttpRequest, otherwise: int) -> int:
    """The attempt that the page offered: the same form sent again means the same attempt."""
    given = request.POST.get("number", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else otherwise


@require_GET
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The questions, with what was answered so far; when it is over, what came of it."""
    found = own_attempt(request, attempt_id)
    if _is_over(found):
        return redirect("academy:attempt-result", found.pk)
    return render(request, "academy/attempts/attempt.html", _running(found))


@require_GET
def review(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """A last look: what has no answer yet."""
    found = own_attempt(request, attempt_id)
    if _is_over(found):
        return redirect("academy:attempt-result", found.pk)
    context = _running(found)
    context["missing"] = [question for question in context["questions"] if not question.shown.is_answered]
    return render(request, "academy/attempts/review.html", context)


def _is_over(found: Attempt) -> bool:
    if found.finished_at is None and actions.settle(Attempt.objects.filter(pk=found.pk)):
        found.refresh_from_db()
    return found.finished_at is not None


def _running(found: Attempt) -> dict[str, Any]:
    now = clock.now()
    questions = queries.questions(found, get_language() or "vi")
    return {
        "attempt": found,
        "quiz": found.sitting.quiz,
        "questions": questions,
        "answered": sum(question.shown.is_answered for question in questions),
        "stuck_at": f"activity:{found.sitting.quiz.activity_id}",
        "serial": int(now.timestamp() * 1000),
        "seconds": max(0, int((found.due_at - now).total_seconds())) if found.due_at else None,
    }


@require_POST
def save(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """All answers that the form names in `has`. JSON for a script, else on to where the button pointed."""
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        saved = actions.save(
            by=actor(request),
            attempt_id=attempt_id,
            form={name: request.POST.getlist(name) for name in request.POST},
            positions=[int(value) for value in request.POST.getlist("has") if value.isascii() and value.isdigit()],
            serial=_serial(request),
            language=get_language() or "vi",
        )
    except Attempt.DoesNotExist:
        raise Http404 from None
    except AttemptOver as over:
        if wants_json:
            return JsonResponse({"over": str(over)}, status=409)
        messages.error(request, str(over))
        is_over = _is_over(own_attempt(request, attempt_id))
        return redirect("academy:attempt-result" if is_over else "academy:attempt", attempt_id)
    if wants_json:
        return JsonResponse(_told(saved))
    if request.POST.get("next") == "review":
        return redirect("academy:attempt-review", attempt_id)
    messages.success(request, _("Your answers are saved."))
    return redirect("academy:attempt", attempt_id)


def _serial(request: HttpRequest) -> int:
    """A script counts on from the server's clock of its page; a plain form is as late as its arrival. Never ahead of
    now, or a wrong clock would lock the answer."""
    now = int(clock.now().timestamp() * 1000)
    given = request.POST.get("serial", "")
    return min(int(given), now) if given.isascii() and given.isdigit() and len(given) < 16 else now


def _told(saved: Saved) -> dict[str, Any]:
    heard = {answer.position: answer for answer in saved.answers if answer.item.kind == Kind.NUMBER}
    now = clock.now()
    return {
        "saved": [answer.position for answer in saved.answers],
        "heard": {position: understood(queries.heard(answer)) for position, answer in heard.items()},
        "seconds": max(0, int((saved.due_at - now).total_seconds())) if saved.due_at else None,
    }


@require_POST
def finish(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = own_attempt(request, attempt_id)
    actions.finish(by=actor(request), attempt_id=found.pk)
    return redirect("academy:attempt-result", found.pk)


@require_GET
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = own_attempt(request, attempt_id)
    if not _is_over(found):
        return redirect("academy:attempt", found.pk)
    notices.seen(by=actor(request), things=[found.pk])
    quiz = found.sitting.quiz
    used = Attempt.objects.of(actor(request)).filter(sitting=found.sitting).count()
    context = {
        "attempt": found,
        "quiz": quiz,
        "outcomes": queries.outcomes(found, get_language() or "vi"),
        "due": queries.are_answers_due(found),
        "may_again": not quiz.attempts or used < quiz.attempts,
    }
    return render(request, "academy/attempts/result.html", context)
