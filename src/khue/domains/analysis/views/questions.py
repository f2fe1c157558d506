"""A question on its way: watch it, stop it, ask it again, put it away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from khue.domains.analysis.actions import questions
from khue.domains.analysis.forms import AskForm
from khue.domains.analysis.models import Question, QuestionState
from khue.domains.analysis.permissions import can_change
from khue.domains.analysis.queries.waiting import ahead_of, progress
from khue.domains.analysis.views.loading import changeable, visible
from khue.domains.analysis.views.worksheets import shown, worksheet_page
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_POST
def ask(request: HttpRequest, analysis_id: UUID) -> HttpResponse:
    found, form = changeable(request, analysis_id), AskForm(request.POST)
    if not form.is_valid():
        return redirect("analysis:worksheet", found.pk)
    try:
        made = questions.ask(by=actor(request), analysis=found, text=form.cleaned_data["question"])
    except UserError as refusal:
        return worksheet_page(request, found, refusal=refusal, asked=form.cleaned_data["question"], status=400)
    return redirect(_place(made))


def _place(question: Question) -> str:
    return f"{reverse('analysis:worksheet', args=[question.analysis_id])}#question-{question.pk}"


@require_GET
def question(request: HttpRequest, analysis_id: UUID, question_id: UUID) -> HttpResponse:
    """The part of the page; its answer, as soon as there is one."""
    analysis = visible(request, analysis_id)
    found = get_object_or_404(analysis.questions.select_related("step"), pk=question_id)
    if not request.headers.get("HX-Request"):
        return redirect("analysis:worksheet", analysis.pk)
    may_change = can_change(actor(request), analysis)
    context: dict[str, Any] = {"analysis": analysis, "may_change": may_change}
    if found.state == QuestionState.DONE:
        context |= {"datasets": list(analysis.datasets.all()), "one": found.step and shown(found.step)}
        return render(request, "analysis/questions/_answered.html", context)
    context |= {"one": {"question": found, "stages": progress(found), "ahead": ahead_of(found)}}
    return render(request, "analysis/questions/_question.html", context)


def _question(request: HttpRequest, analysis_id: UUID, question_id: UUID) -> Question:
    return get_object_or_404(changeable(request, analysis_id).questions, pk=question_id)


@require_POST
def stop(request: HttpRequest, analysis_id: UUID, question_id: UUID) -> HttpResponse:
    found = _question(request, analysis_id, question_id)
    questions.stop(by=actor(request), question=found)
    return redirect(_place(found))


@require_POST
def again(request: HttpRequest, analysis_id: UUID, question_id: UUID) -> HttpResponse:
    found = _question(request, analysis_id, question_id)
    try:
        return redirect(_place(questions.again(by=actor(request), question=found)))
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect(_place(found))


@require_POST
def put_away(request: HttpRequest, analysis_id: UUID, question_id: UUID) -> HttpResponse:
    questions.put_away(by=actor(request), question=_question(request, analysis_id, question_id))
    return redirect("analysis:worksheet", analysis_id)
