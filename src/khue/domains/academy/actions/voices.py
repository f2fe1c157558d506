"""What somebody says in a session without their name, once each all the same.

A question has no person, no time and an identifier without order. That one person asks no more than QUESTIONS in a
stretch of time is counted under a digest of them, apart from the questions, in one row without order that is emptied
when the stretch ends: nothing leads from a question to the digest of who asked it. A vote and an answer to a poll
carry a digest of person and thing together, so that each person has one, can change it, and two of one person do not
look alike. The digest is an HMAC under a key made of the server's secret and a salt of this session. Half an hour
after the session, or earlier when its trainer says so, the room is sealed: votes become a number, answers lose their
digest, the salt is written over. From then on nobody, with the secret and the whole database in hand, can say who
voted or answered what. What remains possible: until then, for whoever holds the secret and the database, to find a
vote or an answer of a person (not a question); to find the salt in an older backup or log of the database, for which
the votes must be there too; to watch the database or the network while people write one by one; to recognise somebody
by what they write.
"""

import secrets
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import PollAnswer, Question, Room, Session, Vote
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sessions import check_can_hold
from khue.domains.academy.rules import voices as rules
from khue.domains.academy.rules.rooms import SEALED_AFTER
from khue.kernel.clock import now
from khue.kernel.errors import UserError


class RoomSealed(UserError):
    """The session is over for questions, votes and polls."""


def digest(room: Room, purpose: str, thing: object, enrolment_id: UUID) -> str:
    return rules.digest(settings.SECRET_KEY.encode(), bytes(room.salt), purpose, thing, enrolment_id)


def opened(session: Session) -> Room:
    """The room, locked until the transaction ends. Raises RoomSealed."""
    Room.objects.get_or_create(session=session, defaults={"salt": secrets.token_bytes(32)})
    room = Room.objects.select_for_update().get(session=session)
    if room.sealed_at or session.cancelled_at or now() > session.ends_at + SEALED_AFTER:
        raise RoomSealed(_("This session is over. Questions and polls are closed."))
    return room


def touch(session_id: UUID | None) -> None:
    """Tells open pages that something changed."""
    if session_id and not Room.objects.filter(session=session_id).update(stamp=F("stamp") + 1):
        Room.objects.get_or_create(session_id=session_id, defaults={"salt": secrets.token_bytes(32), "stamp": 1})


@transaction.atomic
def seal(*, by: By, session: Session) -> None:
    """Ends questions, votes and polls of the session, for good. Raises NotAllowed."""
    check_can_hold(by, session)
    Room.objects.get_or_create(session=session)
    _seal(Room.objects.select_for_update().get(session=session))


def seal_due() -> int:
    """Rooms whose session has been over for SEALED_AFTER; how many."""
    due = Room.objects.filter(sealed_at=None, session__ends_at__lt=now() - SEALED_AFTER)
    sealed = 0
    for session_id in due.values_list("pk", flat=True):
        with transaction.atomic():
            _seal(Room.objects.select_for_update().get(pk=session_id))
        sealed += 1
    return sealed


def _seal(room: Room) -> None:
    if room.sealed_at:
        return
    counted = Question.objects.filter(session=room.pk).annotate(count=Count("votes"))
    for question in counted:
        question.kept_votes = question.count
    Question.objects.bulk_update(counted, ["kept_votes"])
    Vote.objects.filter(question__session=room.pk).delete()
    PollAnswer.objects.filter(poll__session=room.pk).update(digest="")
    room.session.polls.filter(closed_at=None).update(closed_at=now())
    room.salt, room.asked, room.sealed_at, room.stamp = b"", {}, now(), room.stamp + 1
    room.save()
