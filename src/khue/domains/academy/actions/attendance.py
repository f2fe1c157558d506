"""Noting who came: by a code that changes, online, from a signed sheet; corrections with their reason."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Attendance, AttendanceChange, Enrolment, Place, Session
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sessions import check_can_hold
from khue.domains.academy.rules import attendance as rules
from khue.domains.academy.rules.attendance import Presence, Way
from khue.domains.people.api import Actor
from khue.kernel.clock import now
from khue.kernel.errors import UserError

PULSE = timedelta(seconds=60)
# the desk is there so long before the session
DESK_OPENS = timedelta(hours=3)


class CheckInRefused(UserError):
    """The text says what to do; somebody at the door can always note them by hand."""


@dataclass(frozen=True)
class Scan:
    """A good code, seen at this moment; who scanned it may be found out a little later."""

    session_id: UUID
    place_id: UUID
    at: datetime
    way: Way


def secret(session_id: UUID, place_id: UUID) -> bytes:
    """Of one session at one place; stored nowhere."""
    return hmac.new(settings.SECRET_KEY.encode(), b"attendance" + session_id.bytes + place_id.bytes, "sha256").digest()


def shown_code(session: Session, place: Place, at: datetime) -> str:
    return rules.code(secret(session.pk, place.pk), at)


def scan(*, session_id: UUID, place_id: UUID, code: str, way: Way = Way.QR) -> Scan:
    """Raises CheckInRefused for a code that is not, or no longer, shown."""
    at = now()
    if not rules.is_good(secret(session_id, place_id), code, at):
        raise CheckInRefused(_("This code is no longer shown. Scan the one on the screen now, or type it."))
    return Scan(session_id, place_id, at, way)


def device_digest(cookie: str) -> str:
    return hashlib.sha256(f"device:{settings.SECRET_KEY}:{cookie}".encode()).hexdigest()[:32] if cookie else ""


def check_in(*, by: Actor, scanned: Scan, device: str) -> Attendance:
    """Once per person, and one person per device; a second time gives the first again.

    Raises CheckInRefused where the person is not of the cohort, the device has checked somebody else in, the scan is
    too old or the session is over."""
    if now() - scanned.at > rules.HELD:
        raise CheckInRefused(_("This scan is too old. Scan the code on the screen again."))
    enrolment = (
        Enrolment.objects.taking_part()
        .filter(person=by.person_id, cohort__sessions=scanned.session_id, cohort__places=scanned.place_id)
        .select_related("cohort")
        .first()
    )
    if enrolment is None:
        raise CheckInRefused(_("You are not on the roll of this cohort. Please see the person who runs the session."))
    there = Attendance.objects.filter(session=scanned.session_id, enrolment=enrolment).first()
    if there and there.presence in rules.THERE | {Presence.HELD}:
        return there
    check_is_open(enrolment.cohort)
    session = Session.objects.get(pk=scanned.session_id)
    presence = rules.presence_at(
        session.starts_at, session.ends_at, scanned.at, late_after=timedelta(minutes=session.late_after)
    )
    if presence is None:
        raise CheckInRefused(_("This session is over. Please see the person who runs it."))
    return _noted(session, enrolment, scanned, presence, device)


def _noted(session: Session, enrolment: Enrolment, scanned: Scan, presence: Presence, device: str) -> Attendance:
    facts = {"place_id": scanned.place_id, "presence": presence, "way": scanned.way, "at": scanned.at, "device": device}
    try:
        with transaction.atomic():
            return Attendance.objects.update_or_create(session=session, enrolment=enrolment, defaults=facts)[0]
    except IntegrityError:
        pass
    # the same form twice at once, or the same device for somebody else
    there = Attendance.objects.filter(session=session, enrolment=enrolment).first()
    if there:
        return there
    raise CheckInRefused(
        _("This device has checked in somebody else. Each person checks in on a device of their own; without one, "
          "please see the person who runs the session.")
    )  # fmt: skip


@transaction.atomic
def release_held(session: Session) -> int:
    """Early scans count from the moment at which the session opens."""
    if now() < session.starts_at - rules.OPENS:
        return 0
    held = session.attendances.filter(presence=Presence.HELD)
    return held.update(presence=Presence.PRESENT)


@transaction.atomic
def pulse(*, by: Actor, session: Session) -> float:
    """A sign of life of somebody online; the minutes so far. Two open windows count once. Raises CheckInRefused."""
    at = now()
    enrolment = Enrolment.objects.taking_part().filter(person=by.person_id, cohort=session.cohort_id).first()
    if enrolment is None:
        raise CheckInRefused(_("You are not on the roll of this cohort. Please see the person who runs the session."))
    if not session.starts_at <= at <= session.ends_at:
        return 0.0
    row, _made = Attendance.objects.select_for_update().get_or_create(
        session=session,
        enrolment=enrolment,
        defaults={"presence": Presence.HELD, "way": Way.ONLINE, "at": at, "place_id": enrolment.place_id},
    )
    since = at - row.seen_online_at if row.seen_online_at else timedelta(0)
    row.online_minutes += since.total_seconds() / 60 if since <= rules.GAP else 0
    row.seen_online_at = at
    if row.presence == Presence.HELD and rules.is_enough_online(row.online_minutes, session.starts_at, session.ends_at):
        row.presence = Presence.PRESENT
    row.save(update_fields=["online_minutes", "seen_online_at", "presence", "updated_at"])
    return float(row.online_minutes)


@transaction.atomic
def enter_sheet(*, by: By, session: Session, place: Place, came: Mapping[UUID, bool]) -> int:
    """From a signed sheet: enrolment → whether the signature stands there. Who was noted as there stays so; the rest
    is noted as it stands on the sheet. How many rows changed. Raises NotAllowed."""
    check_can_hold(by, session)
    there = {row.enrolment_id: row for row in session.attendances.select_for_update()}
    known = set(session.cohort.enrolments.taking_part().filter(pk__in=came).values_list("pk", flat=True))
    changed = 0
    for enrolment_id in known:
        presence = Presence.PRESENT if came[enrolment_id] else Presence.ABSENT
        row = there.get(enrolment_id)
        if row and (row.presence in rules.THERE or row.presence == presence):
            continue
        _write(by, session, enrolment_id, presence, Way.SHEET, place, row, reason="")
        changed += 1
    return changed


@transaction.atomic
def note_at_desk(*, by: By, session: Session, enrolment: Enrolment) -> bool:
    """Somebody stands before the person at the desk; whether that counts for the session now. Who is noted as there
    stays so. Raises NotAllowed."""
    check_can_hold(by, session)
    late_after = timedelta(minutes=session.late_after)
    presence = rules.presence_at(session.starts_at, session.ends_at, now(), late_after=late_after)
    if presence is None or now() < session.starts_at - DESK_OPENS:
        return False
    row = session.attendances.select_for_update().filter(enrolment=enrolment).first()
    if row is None or row.presence not in rules.THERE:
        there = Presence.PRESENT if presence == Presence.HELD else presence
        _write(by, session, enrolment.pk, there, Way.DESK, enrolment.place, row, reason="")
    return True


@transaction.atomic
def correct(*, by: By, session: Session, enrolment: Enrolment, presence: Presence, reason: str) -> None:
    """Whatever was noted before; the reason stays on record. Raises NotAllowed, CheckInRefused without a reason."""
    check_can_hold(by, session)
    if not reason.strip():
        raise CheckInRefused(_("Write the reason for the correction; it stays on record."))
    row = session.attendances.select_for_update().filter(enrolment=enrolment).first()
    _write(by, session, enrolment.pk, presence, Way.CORRECTION, enrolment.place, row, reason=reason.strip())


def _write(
    by: By, session: Session, enrolment_id: UUID, presence: Presence, way: Way, place: Place | None,
    row: Attendance | None, *, reason: str,
) -> None:  # fmt: skip
    AttendanceChange.objects.create(
        session=session,
        enrolment_id=enrolment_id,
        before=row.presence if row else "",
        after=presence,
        reason=reason[:300],
        by_id=by.person_id if by else None,
    )
    Attendance.objects.update_or_create(
        session=session,
        enrolment_id=enrolment_id,
        defaults={"presence": presence, "way": way, "at": now(), "place": place},
    )
