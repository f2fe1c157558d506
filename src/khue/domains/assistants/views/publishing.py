"""Versions, the gate, what comes after publishing, questions for people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.assistants.actions import answering, handovers, publications
from khue.domains.assistants.actions import assistants as actions
from khue.domains.assistants.actions import questions as question_actions
from khue.domains.assistants.forms.questions import OverrideForm, ReplyForm
from khue.domains.assistants.models import Message
from khue.domains.assistants.queries import ageing, insights, versions
from khue.domains.assistants.queries import handovers as queue
from khue.domains.assistants.rules import figures_of
from khue.domains.assistants.views.loading import changeable, version_of, visible
from khue.domains.assistants.views.telling import refusals_told
from khue.domains.people.api import actor


@require_POST
def ask_for_entry(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found = changeable(request, assistant_id)
    with refusals_told(request):
        publications.ask_for_entry(by=actor(request), assistant=found)
        messages.success(request, _("Asked. A data steward finds it under Use cases."))
    return redirect("assistants:step", found.pk, "publish")


@require_POST
def publish(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found, form = changeable(request, assistant_id), OverrideForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with refusals_told(request):
        publications.publish(by=actor(request), assistant=found, override=reason)
        messages.success(request, _("Published. Everybody who has the address can ask it now."))
        return redirect("assistants:build", found.pk)
    return redirect("assistants:step", found.pk, "publish")


@require_POST
def withdraw(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found = changeable(request, assistant_id)
    publications.withdraw(by=actor(request), assistant=found)
    messages.success(request, _("Withdrawn. Its address now says that it is not there."))
    return redirect("assistants:build", found.pk)


@require_GET
def history(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    """All versions; with `a` and `b` what differs between two of them."""
    found = visible(request, assistant_id)
    numbers = [request.GET.get(name, "") for name in ("a", "b")]
    pair = [version_of(found, int(one)) for one in numbers if one.isdigit() and len(one) < 6]
    context = {
        "assistant": found,
        "versions": versions.of(found),
        "differences": versions.differences(*pair) if len(pair) == 2 else None,
        "pair": pair,
    }
    return render(request, "assistants/versions.html", context)


@require_POST
def roll_back(request: HttpRequest, assistant_id: UUID, number: int) -> HttpResponse:
    found = changeable(request, assistant_id)
    actions.roll_back(by=actor(request), assistant=found, version=version_of(found, number))
    messages.success(request, _("The draft is again as version %(number)s was.") % {"number": number})
    return redirect("assistants:build", found.pk)


@require_GET
def version_file(request: HttpRequest, assistant_id: UUID, number: int) -> HttpResponse:
    found = visible(request, assistant_id)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}-{number}.yaml"'}
    text = actions.as_file(found, version_of(found, number))
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@require_GET
def after(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    """How it is doing."""
    found = visible(request, assistant_id)
    try:
        stale = ageing.stale(found, answering.reader(found.owner_id))
    except answering.Closed:
        stale = []
    context = {
        "assistant": found,
        "unanswered": insights.unanswered(found),
        "disliked": insights.disliked(found),
        "by_language": insights.languages(found),
        "weeks": insights.weeks(found),
        "drift": insights.drift(found),
        "cost": insights.cost(found),
        "stale": stale,
    }
    return render(request, "assistants/after.html", context)


@require_POST
def correct(request: HttpRequest, assistant_id: UUID, message_id: UUID) -> HttpResponse:
    """A question that went wrong, with what must stand in its answer, becomes a test question."""
    found = changeable(request, assistant_id)
    message = get_object_or_404(Message, pk=message_id, visit__assistant=found)
    form = ReplyForm(request.POST)
    if form.is_valid():
        answer = figures_of(form.cleaned_data["text"]) or form.cleaned_data["text"][:200]
        question_actions.from_correction(
            by=actor(request), assistant=found, question=message.question, language=message.language, answer=answer
        )
        messages.success(request, _("It is a test question now."))
    else:
        messages.error(request, _("Write what must stand in the answer."))
    return redirect("assistants:after", found.pk)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    answered = queue.of(by).exclude(replied_at=None).order_by("-replied_at")[:20]
    context = {"waiting": queue.waiting(by), "answered": answered, "form": ReplyForm()}
    return render(request, "assistants/waiting.html", context)


@require_POST
def reply(request: HttpRequest, hand_over_id: UUID) -> HttpResponse:
    by = actor(request)
    found, form = get_object_or_404(queue.of(by), pk=hand_over_id), ReplyForm(request.POST)
    with refusals_told(request):
        text = form.cleaned_data["text"] if form.is_valid() else ""
        kept = handovers.reply(by=by, hand_over=found, text=text, keep=bool(request.POST.get("keep")))
        said = _("Sent, and kept as a test question.") if kept else _("Sent. It stands where it was asked.")
        messages.success(request, said)
    return redirect("assistants:waiting")
