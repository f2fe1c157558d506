"""Opening a quick poll, answering it, showing what came of it. Who said what is stored nowhere: see voices.py."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import voices
from khue.domains.academy.models import Attendance, Enrolment, Poll, PollAnswer, Room, Session
from khue.domains.academy.permissions.sessions import check_can_hold
from khue.domains.academy.rules import polls as rules
from khue.domains.academy.rules.attendance import THERE
from khue.domains.academy.rules.polls import PollKind
from khue.domains.people.api import Actor
from khue.kernel.clock import now
from khue.kernel.errors import UserError


class PollRefused(UserError):
    """The text says what to do."""


class Step(StrEnum):
    CLOSE = "close"
    REVEAL = "reveal"
    CONCEAL = "conceal"
    STRIKE = "strike"


def open_(
    *, by: Actor, session: Session, kind: PollKind, text: str, options: Sequence[str] = (), steps: int = 5, form: UUID
) -> Poll:
    """`form`: of the page that asks; the same one again gives the same poll. Raises NotAllowed, voices.RoomSealed,
    PollRefused when another one is open or options are missing."""
    check_can_hold(by, session)
    there = session.polls.filter(form=form).first()
    if there:
        return there
    if not rules.has_enough_options(kind, options):
        raise PollRefused(_("Give at least two options, one a line."))
    try:
        return _opened(by, session, {"kind": kind, "text": text, "options": list(options), "steps": steps}, form)
    except IntegrityError:
        pass
    there = session.polls.filter(form=form).first()
    if there:
        return there
    other = session.polls.filter(closed_at=None).select_related("opened_by").first()
    name = other.opened_by if other else None
    raise PollRefused(_("A poll by %(name)s is open. Close it first, then open yours.") % {"name": name or "–"})


@transaction.atomic
def _opened(by: Actor, session: Session, asked: dict[str, object], form: UUID) -> Poll:
    room = voices.opened(session)
    made = Poll.objects.create(session=session, opened_by_id=by.person_id, form=form, **asked)
    Room.objects.filter(pk=room.pk).update(stamp=F("stamp") + 1)
    return made


@transaction.atomic
def answer(*, seat: Enrolment, poll: Poll, given: Sequence[str]) -> None:
    """One for each person; while the poll is open a later one replaces it. Raises PollRefused, voices.RoomSealed."""
    room = voices.opened(poll.session)
    poll.refresh_from_db()
    if poll.closed_at:
        raise PollRefused(_("This poll is closed. Your answer was not taken."))
    said = rules.read(PollKind(poll.kind), len(poll.options), poll.steps, given)
    if said is None:
        raise PollRefused(_("Choose or write an answer first."))
    whose = voices.digest(room, "poll", poll.pk, seat.pk)
    PollAnswer.objects.update_or_create(
        poll=poll, digest=whose, defaults={"given": said, "place_id": _place(seat, poll)}
    )


def _place(seat: Enrolment, poll: Poll) -> UUID | None:
    """Where they are, else where they belong."""
    there = Attendance.objects.filter(session=poll.session_id, enrolment=seat, presence__in=list(THERE)).first()
    return (there.place_id if there else None) or seat.place_id


@transaction.atomic
def step(*, by: Actor, poll: Poll, step: Step, word: str = "") -> None:
    """Twice the same is once. Raises NotAllowed."""
    check_can_hold(by, poll.session)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if step == Step.CLOSE:
        poll.closed_at = poll.closed_at or now()
    elif step == Step.REVEAL:
        poll.revealed_at = poll.revealed_at or now()
    elif step == Step.CONCEAL:
        poll.revealed_at = None
    elif word and word not in poll.struck:
        poll.struck = [*poll.struck, rules.word(word)]
    poll.save()
    voices.touch(poll.session_id)
