"""Asking: a visitor on the public page or in a frame, a builder in the preview. No sign-in, no cookie, nobody known."""

from collections.abc import Callable, Iterator
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from khue.domains.assistants.actions import answering, guard, visits
from khue.domains.assistants.actions import assistants as building
from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Assistant, Channel, Message, Visit
from khue.domains.assistants.queries import talking
from khue.domains.assistants.views.loading import message_of, published, visible, visit_of
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor
from khue.kernel.headers import policy
from khue.kernel.identifiers import identifier
from khue.ui.streaming import sse

View = Callable[..., HttpResponseBase]
# a question comes from our own page, in a window of its own or in a frame: browsers say so
OWN = {"same-origin", "none", ""}


def open_to_all(view: View) -> View:
    """No sign-in, no cookie; so there is nothing that a forged request could use, and pages of others are refused by
    what browsers say of a request."""

    @csrf_exempt
    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponseBase:
        assistant = published(slug)
        assert assistant.published
        with translation.override(language_of(request, assistant.published.shape)):
            if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "") not in OWN:
                return HttpResponse(status=403)
            return view(request, assistant, *args, **kwargs)

    return opened


def language_of(request: HttpRequest, shape: Definition) -> str:
    """What the address says, else what the browser prefers, of those that it answers in."""
    wanted = request.POST.get("lang") or request.GET.get("lang") or translation.get_language() or "vi"
    return wanted if wanted in shape.languages else shape.languages[0]


@require_GET
@open_to_all
def page(request: HttpRequest, assistant: Assistant) -> HttpResponse:
    return render(request, "assistants/talk/page.html", _context(assistant))


@require_GET
@xframe_options_exempt
@open_to_all
def frame(request: HttpRequest, assistant: Assistant) -> HttpResponse:
    """The same, inside a page of a site on the list; browsers refuse to show it elsewhere."""
    assert assistant.published
    context = _context(assistant) | {"framed": True}
    response = render(request, "assistants/talk/page.html", context)
    ancestors = " ".join(["'self'", *assistant.published.shape.origins])
    response["Content-Security-Policy"] = policy().replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
    return response


def _context(assistant: Assistant, visit: Visit | None = None) -> dict[str, object]:
    version = visit.version if visit else assistant.published
    assert version
    shape, language = version.shape, translation.get_language() or "vi"
    return {
        "assistant": assistant,
        "version": version,
        "shape": shape,
        "name": shape.name.said(language),
        "opening": shape.opening.said(language),
        "notice": shape.notice.said(language),
        "visit": visit,
        "messages_": list(visit.messages.select_related("hand_over")) if visit else [],
        "is_open": shape.handover.hours.is_open(timezone.localtime()),
        "publication": assistant.publications.filter(ended_at=None).first(),
    }


@require_GET
@open_to_all
def conversation(request: HttpRequest, assistant: Assistant, visit_id: UUID) -> HttpResponse:
    """To come back to, by its address alone."""
    visit = visit_of(assistant, visit_id)
    context = _context(assistant, visit) | {"framed": visit.channel == Channel.WIDGET and "framed" in request.GET}
    return render(request, "assistants/talk/page.html", context)


@require_POST
@open_to_all
def ask(request: HttpRequest, assistant: Assistant) -> HttpResponse:
    """The exchange as HTML for the page's script; without it, on to the conversation."""
    if wait := guard.too_many(request, assistant):
        return _refused(request, guard.words(wait), status=429, retry_after=wait)
    key = identifier(request.POST.get("visit", ""))
    visit = visit_of(assistant, key) if key else None
    channel = Channel.WIDGET if request.POST.get("framed") else Channel.PAGE
    return _asked(request, assistant, visit, channel)


def _asked(
    request: HttpRequest, assistant: Assistant, visit: Visit | None, channel: str, **more: object
) -> HttpResponse:
    try:
        message = visits.ask(
            assistant=assistant,
            question=request.POST.get("question", ""),
            visit=visit,
            channel=channel,
            procedure_id=identifier(request.POST.get("procedure", "")),
            **more,  # type: ignore[arg-type]
        )
    except answering.Refusal as refusal:
        return _refused(request, str(refusal))
    except answering.Closed as refusal:
        return _refused(request, str(refusal), status=503)
    if request.headers.get("X-Talk") != "1":
        if channel == Channel.PREVIEW:
            return redirect("assistants:build", assistant.pk)
        return _to(message)
    response = render(
        request, "assistants/talk/_exchange.html", {"message": message, "assistant": assistant, **_talk(message)}
    )
    response["X-Visit"] = str(message.visit_id)
    return response


def _refused(request: HttpRequest, text: str, *, status: int = 400, retry_after: int = 0) -> HttpResponse:
    template = "_refused" if request.headers.get("X-Talk") == "1" else "refused"
    response = render(request, f"assistants/talk/{template}.html", {"text": text}, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def _talk(message: Message) -> dict[str, object]:
    """Where what belongs to a message is found: a builder's trial has addresses of its own."""
    handover = message.visit.version.shape.handover
    return {
        "is_trial": message.visit.channel == Channel.PREVIEW,
        "takes_questions": handover.queue,
        "is_open": handover.hours.is_open(timezone.localtime()),
        "opens_at": handover.hours.next_opening(timezone.localtime()),
        "contact": handover.contact,
    }


@require_GET
@open_to_all
def stream(request: HttpRequest, assistant: Assistant, message_id: UUID) -> HttpResponseBase:
    return _stream(request, message_of(assistant, message_id))


def _stream(request: HttpRequest, message: Message) -> HttpResponseBase:
    """Server-sent events as on the Ask page: `waiting`, `unchecked`, `sentence`, `finished`."""
    brake = knowledge.Brake()
    return sse(_events(request, message, brake), on_leave=brake.pull)


def _events(request: HttpRequest, message: Message, brake: knowledge.Brake) -> Iterator[tuple[str, str]]:
    for event in visits.stream(message=message, brake=brake):
        match event:
            case knowledge.Waiting():
                yield "waiting", render_to_string("assistants/talk/_place.html", {"place": event})
            case answering.Unchecked():
                yield "unchecked", event.text
            case knowledge.SentenceChecked():
                yield "sentence", render_to_string("assistants/talk/_sentence.html", {"sentence": event})
    yield "finished", _whole(request, message)


def _whole(request: HttpRequest, message: Message) -> str:
    context = {"message": message, "assistant": message.visit.assistant, **_talk(message)}
    return render_to_string("assistants/talk/_answer.html", context, request)


@require_GET
@open_to_all
def state(request: HttpRequest, assistant: Assistant, message_id: UUID) -> HttpResponse:
    """The answer as it stands now: after a stop, or a lost connection."""
    return HttpResponse(_whole(request, message_of(assistant, message_id)))


@require_POST
@open_to_all
def rate(request: HttpRequest, assistant: Assistant, message_id: UUID) -> HttpResponse:
    message = message_of(assistant, message_id)
    said = {"1": 1, "-1": -1}.get(request.POST.get("rating", ""))
    visits.rate(message=message, rating=said, reason=request.POST.get("reason", ""))
    return _after(request, message)


@require_POST
@open_to_all
def person(request: HttpRequest, assistant: Assistant, message_id: UUID) -> HttpResponse:
    """Puts the question into the queue for people."""
    if wait := guard.too_many(request, assistant):
        return _refused(request, guard.words(wait), status=429, retry_after=wait)
    message = message_of(assistant, message_id)
    try:
        visits.hand_over(message=message, words=request.POST.get("words", ""))
    except (visits.NotNow, answering.Refusal) as refusal:
        return _refused(request, str(refusal))
    return _after(request, message_of(assistant, message_id))


def _after(request: HttpRequest, message: Message) -> HttpResponse:
    if request.headers.get("X-Talk") == "1":
        return HttpResponse(_whole(request, message))
    return _to(message)


def _to(message: Message) -> HttpResponse:
    address = reverse("assistants-open:conversation", args=[message.visit.assistant.slug, message.visit_id])
    return redirect(f"{address}?lang={translation.get_language()}")


@require_GET
@open_to_all
def transcript(request: HttpRequest, assistant: Assistant, visit_id: UUID) -> HttpResponse:
    text = talking.transcript(visit_of(assistant, visit_id))
    headers = {"Content-Disposition": f'attachment; filename="{assistant.slug}.md"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


@require_GET
@open_to_all
def widget(request: HttpRequest, assistant: Assistant) -> HttpResponse:
    """One line on any page of a site on the list puts the assistant there."""
    assert assistant.published
    shape = assistant.published.shape
    context = {
        "name": shape.name.said(translation.get_language() or "vi"),
        "origins": shape.origins,
        "address": settings.KHUE_ADDRESS,
        "slug": assistant.slug,
    }
    return HttpResponse(talking.widget(context), content_type="text/javascript; charset=utf-8")


# A builder tries the draft --------------------------------------------------------------------------


@require_POST
def trial(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    """With the draft as it stands, whatever step it is at."""
    found = visible(request, assistant_id)
    version = building.freeze(by=actor(request), assistant=found)
    key = identifier(request.POST.get("visit", ""))
    visit = Visit.objects.filter(pk=key, assistant=found, version=version).first() if key else None
    return _asked(request, found, visit, Channel.PREVIEW, version=version)


@require_GET
def trial_stream(request: HttpRequest, assistant_id: UUID, message_id: UUID) -> HttpResponseBase:
    return _stream(request, message_of(visible(request, assistant_id), message_id))


@require_GET
def trial_state(request: HttpRequest, assistant_id: UUID, message_id: UUID) -> HttpResponse:
    message = message_of(visible(request, assistant_id), message_id)
    if message.visit.channel != Channel.PREVIEW:
        raise Http404
    return HttpResponse(_whole(request, message))
