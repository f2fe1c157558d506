"""What came of a sitting, and marking its essays."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.domains.academy.actions import attempts as attempt_actions
from khue.domains.academy.actions import quizzes as actions
from khue.domains.academy.forms.items import MarkForm, TimesForm
from khue.domains.academy.models import Sitting
from khue.domains.academy.permissions.quizzes import check_can_follow
from khue.domains.academy.queries import attempts as attempt_queries
from khue.domains.academy.queries import sittings as queries
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


def followed_sitting(request: HttpRequest, sitting_id: UUID) -> Sitting:
    """Raises NotAllowed for those who see the organisation and do not teach there."""
    try:
        found = queries.one(actor(request), sitting_id)
    except Sitting.DoesNotExist:
        raise Http404 from None
    check_can_follow(actor(request), found)
    return found


@require_http_methods(["GET", "POST"])
def sitting(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """People and items; POST sets from when until when it is open."""
    found = followed_sitting(request, sitting_id)
    form = TimesForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_times(by=actor(request), sitting=found, **form.cleaned_data)
        except UserError as refusal:
            form.add_error("closes_at", str(refusal))
        else:
            messages.success(request, _("The times are saved."))
            return redirect("academy:sitting", found.pk)
    attempt_actions.settle(found.attempts.all())
    context = {
        "sitting": found,
        "quiz": found.quiz,
        "people": queries.people(found),
        "measure": queries.measure(found),
        "waiting": attempt_queries.waiting(found).count(),
        "form": form,
    }
    return render(request, "academy/sittings/detail.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def marking(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """One essay after the other, without the names of who wrote them."""
    found = followed_sitting(request, sitting_id)
    waiting = attempt_queries.waiting(found)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = waiting.filter(pk=_answer_id(request)).first()
        if answer is None:
            messages.error(request, _("This answer is marked already."))
            return redirect(request.path)
        try:
            attempt_actions.mark(by=actor(request), answer_id=answer.pk, **form.cleaned_data)
        except UserError as refusal:
            form.add_error("points", str(refusal))
        else:
            messages.success(request, _("The mark is saved."))
            return redirect(request.path)
    context = {"sitting": found, "quiz": found.quiz, "answer": waiting.first(), "left": waiting.count(), "form": form}
    return render(request, "academy/sittings/marking.html", context, status=400 if form.errors else 200)


def _answer_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("answer", ""))
    except ValueError:
        raise Http404 from None
