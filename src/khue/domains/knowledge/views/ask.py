"""Asking: the first question, the conversation, and the answer as it comes."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.knowledge.actions import answers
from khue.domains.knowledge.actions import conversations as conversation_actions
from khue.domains.knowledge.actions.classes import StateSecret
from khue.domains.knowledge.exporting import markdown, transcript, word
from khue.domains.knowledge.forms import QuestionForm, RatingForm
from khue.domains.knowledge.models import Exchange
from khue.domains.knowledge.queries import conversations, library
from khue.domains.knowledge.views.loading import own_conversation, own_exchange
from khue.domains.people.api import actor
from khue.gateway.classes import DataClass
from khue.ui.streaming import sse

# what the front page of Ask lists of the past
RECENT = 6

EXPORTS = {
    "md": (markdown, "text/markdown; charset=utf-8"),
    "docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    chosen = {"scope_ids": request.GET.getlist("collection")}
    form = QuestionForm(request.POST or None, initial=chosen, collections=library.collections(by))
    if request.method == "POST" and form.is_valid():
        try:
            exchange = answers.begin(by=by, question=form.cleaned_data["question"], collections=form.scope())
        except StateSecret as refusal:
            form.add_error("question", str(refusal))
        else:
            return redirect("knowledge:conversation", exchange.conversation_id)
    context = {
        "form": form,
        "recent": conversations.of(by)[:RECENT],
        "examples": library.example_questions(form.collections),
        "has_documents": library.has_documents(form.collections),
    }
    return render(request, "knowledge/ask/ask.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    by = actor(request)
    found = own_conversation(request, conversation_id)
    form = QuestionForm(request.POST or None, collections=[])
    if request.method == "POST" and form.is_valid():
        exchange = answers.begin(by=by, question=form.cleaned_data["question"], conversation_id=found.pk)
        if request.htmx:  # type: ignore[attr-defined]
            context = {"exchange": exchange, "cards": library.cards(by, exchange), "fresh": True}
            return render(request, "knowledge/ask/_exchange.html", context)
        return redirect("knowledge:conversation", found.pk)
    exchanges = list(found.exchanges.order_by("position"))
    context = {
        "conversation": found,
        "exchanges": exchanges,
        "latest": exchanges[-1],
        "cards": library.cards(by, exchanges[-1]),
        "form": form,
    }
    return render(request, "knowledge/ask/conversation.html", context, status=400 if form.errors else 200)


@require_GET
def stream(request: HttpRequest, exchange_id: UUID) -> HttpResponseBase:
    """Server-sent events: `waiting` (the place in the queue, in words), `unchecked` (the text that is not yet checked,
    as it grows), `sentence` (HTML),
    `finished` (HTML of the whole answer, also when it failed)."""
    exchange = own_exchange(request, exchange_id)
    brake = answers.Brake()
    return sse(_events(request, exchange.pk, brake), on_leave=brake.pull)


def _events(request: HttpRequest, exchange_id: UUID, brake: answers.Brake) -> Iterator[tuple[str, str]]:
    unchecked = ""
    for event in answers.stream(exchange_id=exchange_id, by=actor(request), brake=brake):
        match event:
            case answers.Waiting():
                minutes = None if event.expected_s is None else max(1, round(event.expected_s / 60))
                yield "waiting", render_to_string("knowledge/ask/_place.html", {"place": event, "minutes": minutes})
            case answers.Piece():
                unchecked += event.text
                yield "unchecked", unchecked
            case answers.SentenceChecked():
                unchecked = unchecked.partition(event.text)[2]
                yield "sentence", render_to_string("knowledge/ask/_sentence.html", {"sentence": event})
                yield "unchecked", unchecked
            case answers.Finished() | answers.Failed():
                whole = Exchange.objects.select_related("conversation").get(pk=exchange_id)
                html = render_to_string("knowledge/ask/_answer.html", {"exchange": whole}, request)
                yield "finished", html


@require_GET
def exchange(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """The exchange as it stands now: what the page asks for after a stop or a lost connection."""
    found = own_exchange(request, exchange_id)
    return render(request, "knowledge/ask/_answer.html", {"exchange": found})


@require_POST
def retry(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    found = own_exchange(request, exchange_id)
    answers.again(by=actor(request), exchange_id=found.pk)
    return redirect("knowledge:conversation", found.conversation_id)


@require_POST
def rate(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    found = own_exchange(request, exchange_id)
    form = RatingForm(request.POST)
    if form.is_valid():
        conversation_actions.rate(by=actor(request), exchange=found, **form.cleaned_data)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("knowledge:conversation", found.conversation_id)
    return render(request, "knowledge/ask/_rating.html", {"exchange": found}, status=200 if form.is_valid() else 400)


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = conversations.of(actor(request))
    if words:
        found = found.filter(title__icontains=words) | found.filter(exchanges__question__icontains=words)
    return render(request, "knowledge/ask/history.html", {"conversations": found.distinct()[:200], "words": words})


@require_POST
def rename(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    found = own_conversation(request, conversation_id)
    conversation_actions.rename(by=actor(request), conversation=found, title=request.POST.get("title", ""))
    return redirect("knowledge:conversation", found.pk)


@require_POST
def delete(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation_actions.delete(by=actor(request), conversation=own_conversation(request, conversation_id))
    return redirect("knowledge:history")


@require_GET
def export(request: HttpRequest, conversation_id: UUID, form: str) -> HttpResponse:
    found = own_conversation(request, conversation_id)
    write, media_type = EXPORTS[form]
    exchanges = found.exchanges.order_by("position")
    body = write(transcript(found.title, exchanges, DataClass(found.data_class)))
    name = f"{slugify(found.title)[:60] or _('conversation')}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(body, content_type=media_type, headers=headers)
