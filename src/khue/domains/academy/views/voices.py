"""What is done in a room: hands, questions, polls. Without JavaScript too: each act leads back to its page."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.domains.academy.actions import hands, polls, questions, voices
from khue.domains.academy.actions.polls import Step
from khue.domains.academy.actions.questions import Judgement
from khue.domains.academy.forms.rooms import PollForm
from khue.domains.academy.models import Activity, Hand, Poll, Question, Topic
from khue.domains.academy.permissions.hands import can_answer
from khue.domains.academy.queries import rooms, sessions
from khue.domains.academy.views.attendance import held_session_or_404
from khue.domains.academy.views.rooms import seat_or_404
from khue.domains.people.api import actor
from khue.kernel.errors import NotAllowed, UserError

Chosen = TypeVar("Chosen")


def _one_of(kind: Callable[[str], Chosen], given: str) -> Chosen:
    """Raises Http404 for what no page asks for."""
    try:
        return kind(given)
    except ValueError:
        raise Http404 from None


def _done(request: HttpRequest, act: Callable[[], object], said: str, back: HttpResponseRedirect) -> HttpResponse:
    """Does it and says so, or says why not."""
    try:
        act()
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return back


# Hands -----------------------------------------------------------------------------------------


@require_POST
def raise_hand(request: HttpRequest) -> HttpResponse:
    """From a topic, a quiz, a lab or the room. `at` says where: "topic:…", "activity:…"; from a room also `session`."""
    by = actor(request)
    kind, _colon, given = request.POST.get("at", "").partition(":")
    topic = get_object_or_404(Topic, pk=_one_of(UUID, given)) if kind == "topic" else None
    activity = get_object_or_404(Activity, pk=_one_of(UUID, given)) if kind == "activity" else None
    thing = activity or topic
    if request.POST.get("session"):
        cohort = seat_or_404(request, _one_of(UUID, request.POST["session"]))[0].cohort
        cohort_id = cohort.pk
        if thing and thing.version_id != cohort.version_id:
            raise Http404
    elif thing:
        cohort_id = _cohort_of(by.person_id, thing.version_id)
    else:
        raise Http404

    def act() -> object:
        line = request.POST.get("line", "")
        return hands.put_up(by=by, cohort_id=cohort_id, topic=topic, activity=activity, line=line)

    return _done(request, act, _("Your hand is up. The trainers see it."), _back(request))


def _cohort_of(person_id: UUID, version_id: UUID) -> UUID:
    """Raises Http404 for who takes no part."""
    seat = rooms.seat_in(person_id, version_id)
    if seat is None:
        raise Http404
    return seat.cohort_id


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the form was on."""
    given = request.POST.get("next", "")
    if given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        return HttpResponseRedirect(given)
    return redirect("academy:days")


@require_POST
def put_hand_down(request: HttpRequest, hand_id: UUID) -> HttpResponse:
    hand = get_object_or_404(Hand, pk=hand_id, enrolment__person=actor(request).person_id)
    hands.put_down(by=actor(request), hand_id=hand.pk)
    return _back(request)


@require_POST
def answer_hand(request: HttpRequest, hand_id: UUID) -> HttpResponse:
    """A trainer's: `act` is take, leave or settle."""
    by, hand = actor(request), _known_hand(request, hand_id)
    act = request.POST.get("act", "settle")
    if act == "take":
        return _done(request, lambda: hands.take(by=by, hand=hand), "", _back(request))
    if act == "leave":
        return _done(request, lambda: hands.leave(by=by, hand=hand), "", _back(request))
    note = request.POST.get("note", "")
    return _done(request, lambda: hands.settle(by=by, hand=hand, note=note), _("The hand is down."), _back(request))


def _known_hand(request: HttpRequest, hand_id: UUID) -> Hand:
    """404 for those who know nothing of the cohort, 403 for those who do and hold no session of it."""
    found = get_object_or_404(Hand.objects.select_related("session__cohort", "enrolment__cohort"), pk=hand_id)
    if can_answer(actor(request), found):
        return found
    if not sessions.known_to(actor(request)).filter(cohort=found.enrolment.cohort_id).exists():
        raise Http404
    raise NotAllowed(_("Only trainers of this session and those who run the cohort or one of its places do this."))


# Questions -------------------------------------------------------------------------------------


@require_POST
def ask(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, seat = seat_or_404(request, session_id)
    text = request.POST.get("text", "")
    return _done(
        request,
        lambda: questions.ask(seat=seat, session=session, text=text),
        _("Your question is asked, without your name."),
        redirect("academy:part", session.pk),
    )


@require_POST
def vote(request: HttpRequest, question_id: UUID) -> HttpResponse:
    question = get_object_or_404(Question.objects.filter(hidden_at=None), pk=question_id)
    session, seat = seat_or_404(request, question.session_id)
    question.session = session
    wants = request.POST.get("wants") != "no"
    return _done(
        request,
        lambda: questions.vote(seat=seat, question=question, wants=wants),
        "",
        redirect("academy:part", session.pk),
    )


@require_POST
def judge(request: HttpRequest, question_id: UUID) -> HttpResponse:
    question = get_object_or_404(Question, pk=question_id)
    question.session = held_session_or_404(request, question.session_id)
    judgement = _one_of(Judgement, request.POST.get("judgement", ""))
    because = request.POST.get("because", "")
    return _done(
        request,
        lambda: questions.judge(by=actor(request), question=question, judgement=judgement, because=because),
        "",
        redirect("academy:room", question.session_id),
    )


@require_POST
def seal(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = held_session_or_404(request, session_id)
    return _done(
        request,
        lambda: voices.seal(by=actor(request), session=session),
        _("Questions and polls are closed. Who voted and answered can no longer be found out."),
        redirect("academy:room", session.pk),
    )


# Polls -----------------------------------------------------------------------------------------


@require_POST
def open_poll(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = held_session_or_404(request, session_id)
    form = PollForm(request.POST)
    back = redirect("academy:room", session.pk)
    if not form.is_valid():
        messages.error(request, _("Write what you ask, and for a choice its options."))
        return back
    given = form.cleaned_data
    return _done(
        request,
        lambda: polls.open_(by=actor(request), session=session, **given),
        _("The poll is open."),
        back,
    )


@require_POST
def answer_poll(request: HttpRequest, poll_id: UUID) -> HttpResponse:
    poll = get_object_or_404(Poll, pk=poll_id)
    session, seat = seat_or_404(request, poll.session_id)
    given = request.POST.getlist("given")
    return _done(
        request,
        lambda: polls.answer(seat=seat, poll=poll, given=given),
        _("Your answer counts. You can change it while the poll is open."),
        redirect("academy:part", session.pk),
    )


@require_POST
def step_poll(request: HttpRequest, poll_id: UUID) -> HttpResponse:
    """A trainer's: `act` is close, reveal, conceal or strike."""
    poll = get_object_or_404(Poll, pk=poll_id)
    poll.session = held_session_or_404(request, poll.session_id)
    step = _one_of(Step, request.POST.get("act", ""))
    word = request.POST.get("word", "")
    return _done(
        request,
        lambda: polls.step(by=actor(request), poll=poll, step=step, word=word),
        "",
        redirect("academy:room", poll.session_id),
    )
