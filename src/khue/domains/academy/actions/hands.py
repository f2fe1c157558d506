"""Raising a hand, and answering it."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import voices
from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Activity, Enrolment, Hand, Session, Topic
from khue.domains.academy.permissions.hands import check_can_answer
from khue.domains.people.api import Actor
from khue.kernel.clock import now
from khue.kernel.errors import UserError

# somebody who is early or stays behind is still in the session
AROUND = timedelta(minutes=30)


class HandRefused(UserError):
    """The text says what to do."""


def put_up(
    *, by: Actor, cohort_id: UUID, topic: Topic | None = None, activity: Activity | None = None, line: str = ""
) -> Hand:
    """One at a time: raised again it says where the person is now. Raises HandRefused for who takes no part."""
    own = Enrolment.objects.taking_part().select_related("cohort")
    enrolment = own.filter(person=by.person_id, cohort=cohort_id).first()
    if enrolment is None:
        raise HandRefused(_("Only those who take part in the cohort raise a hand; nobody else would be found by it."))
    check_is_open(enrolment.cohort)
    said: dict[str, object] = {
        "session": _session_of(cohort_id),
        "topic": topic or (activity.topic if activity else None),
        "activity": activity,
        "line": " ".join(line.replace("\0", "").split())[:300],
    }
    hand = _up(enrolment, said)
    voices.touch(hand.session_id)
    return hand


def _session_of(cohort_id: UUID) -> Session | None:
    at = now()
    around = Session.objects.filter(cohort=cohort_id, cancelled_at=None)
    return around.filter(starts_at__lte=at + AROUND, ends_at__gte=at - AROUND).order_by("-starts_at").first()


def _up(enrolment: Enrolment, said: dict[str, object]) -> Hand:
    try:
        with transaction.atomic():
            return Hand.objects.update_or_create(enrolment=enrolment, settled_at=None, defaults=said)[0]
    except IntegrityError:
        # the same form twice at once: the first one is up
        return Hand.objects.get(enrolment=enrolment, settled_at=None)


def put_down(*, by: Actor, hand_id: UUID) -> None:
    """By the person who raised it; a second time changes nothing."""
    own = Hand.objects.filter(pk=hand_id, enrolment__person=by.person_id)
    if own.filter(settled_at=None).update(settled_at=now(), updated_at=now()):
        voices.touch(own.values_list("session", flat=True).get())


def take(*, by: Actor, hand: Hand) -> None:
    """`by` is on the way, so that nobody else goes. Raises NotAllowed, HandRefused when somebody else is."""
    check_can_answer(by, hand)
    free = Hand.objects.filter(pk=hand.pk, settled_at=None)
    if not free.filter(taken_by=None).update(taken_by=by.person_id, updated_at=now()):
        hand.refresh_from_db()
        if hand.settled_at:
            raise HandRefused(_("This hand is down already."))
        if hand.taken_by_id != by.person_id:
            raise HandRefused(_("%(name)s is on the way there.") % {"name": hand.taken_by or "–"})
    voices.touch(hand.session_id)


def leave(*, by: Actor, hand: Hand) -> None:
    """Not on the way any more: also for a colleague who was called away. Raises NotAllowed."""
    check_can_answer(by, hand)
    Hand.objects.filter(pk=hand.pk, settled_at=None).update(taken_by=None, updated_at=now())
    voices.touch(hand.session_id)


def settle(*, by: Actor, hand: Hand, note: str = "") -> None:
    """Answered; the person reads the note. Raises NotAllowed, HandRefused when another trainer was first."""
    check_can_answer(by, hand)
    said = {"settled_at": now(), "settled_by": by.person_id, "note": note.replace("\0", "").strip()[:500]}
    if not Hand.objects.filter(pk=hand.pk, settled_at=None).update(updated_at=now(), **said):
        hand.refresh_from_db()
        if hand.settled_by_id == by.person_id:
            return
        name = hand.settled_by or hand.enrolment.person
        raise HandRefused(_("%(name)s has put this hand down already.") % {"name": name})
    voices.touch(hand.session_id)
