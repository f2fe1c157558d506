"""Asking without a name, wanting to hear the answer too, and what the trainer does with questions. Who asked is stored
nowhere: see actions/voices.py."""

from enum import StrEnum

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import voices
from khue.domains.academy.models import Enrolment, Question, Room, Session, Vote
from khue.domains.academy.permissions.sessions import check_can_hold
from khue.domains.academy.rules import rooms as rules
from khue.domains.people.api import Actor
from khue.kernel.clock import now
from khue.kernel.errors import UserError


class QuestionRefused(UserError):
    """The text says what to do."""


class Judgement(StrEnum):
    ANSWERED = "answered"
    OPEN = "open"
    HIDDEN = "hidden"


@transaction.atomic
def ask(*, seat: Enrolment, session: Session, text: str) -> Question:
    """The same words again give the question that is there. Raises QuestionRefused, voices.RoomSealed."""
    tidy = " ".join(text.replace("\0", "").split())[:500]
    if not tidy:
        raise QuestionRefused(_("Write the question first."))
    room = voices.opened(session)
    there = session.questions.filter(text__iexact=tidy, hidden_at=None).first()
    if there:
        return there
    _count(room, seat)
    last = session.questions.aggregate(last=Max("position"))["last"] or 0
    made = Question.objects.create(session=session, position=last + 1, text=tidy)
    room.stamp += 1
    room.save()
    return made


def _count(room: Room, seat: Enrolment) -> None:
    """Raises QuestionRefused when the person has asked as many as one may in this stretch of time."""
    stretch = rules.stretch(now())
    if room.stretch != stretch:
        room.stretch, room.asked = stretch, {}
    whose = voices.digest(room, "asked", stretch, seat.pk)
    count = room.asked.get(whose, 0) + 1
    if count > rules.QUESTIONS:
        raise QuestionRefused(
            _("You have asked several questions in the last minutes. Wait a little, and vote for those of others.")
        )
    # sorted by the digest: no order of who asked first
    room.asked = dict(sorted((room.asked | {whose: count}).items()))


@transaction.atomic
def vote(*, seat: Enrolment, question: Question, wants: bool) -> None:
    """One for each person, given or taken back. Raises voices.RoomSealed."""
    room = voices.opened(question.session)
    whose = voices.digest(room, "vote", question.pk, seat.pk)
    if wants:
        Vote.objects.get_or_create(question=question, digest=whose)
    else:
        Vote.objects.filter(question=question, digest=whose).delete()
    Room.objects.filter(pk=room.pk).update(stamp=F("stamp") + 1)


@transaction.atomic
def judge(*, by: Actor, question: Question, judgement: Judgement, because: str = "") -> None:
    """Raises NotAllowed; QuestionRefused where a question is hidden without a reason."""
    check_can_hold(by, question.session)
    because = " ".join(because.replace("\0", "").split())[:200]
    if judgement == Judgement.HIDDEN and not because:
        raise QuestionRefused(_("Write why the question is hidden; the reason stays on record."))
    question.answered_at = now() if judgement == Judgement.ANSWERED else None
    question.hidden_at = now() if judgement == Judgement.HIDDEN else None
    question.hidden_because = because if judgement == Judgement.HIDDEN else ""
    question.judged_by_id = by.person_id
    question.save(update_fields=["answered_at", "hidden_at", "hidden_because", "judged_by"])
    voices.touch(question.session_id)
