"""The timetable of a cohort: when each session is; at each place who trains, in which room, under which link."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Cohort, Place, PlaceKind, Session, SessionPlace
from khue.domains.academy.permissions.cohorts import check_can_equip, check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.rules import timetable
from khue.kernel import clock
from khue.kernel.errors import UserError


class TimesWrong(UserError):
    """A session that ends before it begins."""


class PlaceInUse(UserError):
    """People sit there, or have been noted there."""


def _check_can_change(by: By, cohort: Cohort) -> None:
    check_can_run_cohorts(by, cohort.organisation_id)
    check_is_open(cohort)


@dataclass(frozen=True)
class Here:
    """What a place has of its own at a session; empty: the place's, or the session's."""

    place: Place
    trainers: Collection[UUID] = ()
    room: str = ""
    link: str = ""


@transaction.atomic
def change(
    *,
    by: By,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    late_after: int,
    trainers: Collection[UUID],
    here: Iterable[Here],
) -> Session:
    """The same again changes nothing; otherwise calendars learn of it. Raises TimesWrong, NotAllowed."""
    _check_can_change(by, session.cohort)
    _check_times(starts_at, ends_at)
    session = Session.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session.pk)
    facts = {"starts_at": starts_at, "ends_at": ends_at, "late_after": late_after}
    changed = any(getattr(session, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(session, name, value)
    changed = _set_trainers(session, trainers) or changed
    for one in here:
        changed = _set_here(session, one) or changed
    if changed:
        session.sequence += 1
        session.save()
        _follow(session.cohort)
    return session


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise TimesWrong(_("The end must be after the beginning."))


def _set_trainers(row: Session | SessionPlace, wanted: Collection[UUID]) -> bool:
    before = set(row.trainers.values_list("pk", flat=True))
    row.trainers.set(wanted)  # type: ignore[arg-type]
    return before != set(wanted)


def _set_here(session: Session, one: Here) -> bool:
    row = SessionPlace.objects.filter(session=session, place=one.place).first()
    if row is None:
        if not (one.trainers or one.room or one.link):
            return False
        row = SessionPlace.objects.create(session=session, place=one.place)
    changed = (row.room, row.link) != (one.room, one.link)
    row.room, row.link = one.room, one.link
    row.save(update_fields=["room", "link", "updated_at"])
    return _set_trainers(row, one.trainers) or changed


@transaction.atomic
def shift(*, by: By, first: Session, to: date, following: bool) -> int:
    """Moves the session to another day, and with `following` each after it by as much, working days counted where the
    programme passes over weekends; how many moved. Raises NotAllowed."""
    cohort = first.cohort
    _check_can_change(by, cohort)
    skip = bool(cohort.version.definition.get("skip_weekends", True)) and to.weekday() < 5
    on = first.starts_at.astimezone(ZoneInfo(cohort.time_zone)).date()
    skip = skip and on.weekday() < 5
    days = timetable.days_between(on, to, skip_weekends=skip)
    if not days:
        return 0
    later = cohort.sessions.filter(starts_at__gte=first.starts_at) if following else cohort.sessions.filter(pk=first.pk)
    moved = list(later.select_for_update())
    for session in moved:
        session.starts_at, session.ends_at = (
            timetable.moved(at, days, cohort.time_zone, skip_weekends=skip)
            for at in (session.starts_at, session.ends_at)
        )
        session.sequence += 1
        session.save()
    _follow(cohort)
    return len(moved)


@transaction.atomic
def cancel(*, by: By, session: Session, cancelled: bool) -> None:
    """Or lets it take place after all; a second time changes nothing. Raises NotAllowed."""
    _check_can_change(by, session.cohort)
    other = Session.objects.filter(pk=session.pk, cancelled_at__isnull=cancelled)
    at = clock.now() if cancelled else None
    other.update(cancelled_at=at, sequence=F("sequence") + 1, updated_at=clock.now())


@transaction.atomic
def add(*, by: By, cohort: Cohort, name: str, starts_at: datetime, ends_at: datetime) -> Session:
    """One that the programme does not know. The same name at the same time is the same session. Raises TimesWrong,
    NotAllowed."""
    _check_can_change(by, cohort)
    _check_times(starts_at, ends_at)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    names = dict.fromkeys(cohort.version.languages or ["vi"], name)
    if there := cohort.sessions.filter(starts_at=starts_at, names=names).first():
        return there
    made = Session.objects.create(
        cohort=cohort, key=_free_key(cohort, name), names=names, starts_at=starts_at, ends_at=ends_at
    )
    _follow(cohort)
    return made


def _free_key(cohort: Cohort, name: str) -> str:
    taken = set(cohort.sessions.values_list("key", flat=True))
    wanted = slugify(name)[:60] or "session"
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if key not in taken)


def _follow(cohort: Cohort) -> None:
    """The cohort begins and ends with its sessions."""
    ends = cohort.sessions.filter(cancelled_at=None).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if ends["first"]:
        zone = ZoneInfo(cohort.time_zone)
        first, last = (ends[name].astimezone(zone).date() for name in ("first", "last"))
        Cohort.objects.filter(pk=cohort.pk).update(starts_on=first, ends_on=last, updated_at=clock.now())


# Places ----------------------------------------------------------------------------------------


@transaction.atomic
def equip(*, by: By, place: Place, room: str, link: str) -> Place:
    """Where it is, for every session that says nothing else. Raises NotAllowed, CohortClosed."""
    check_can_equip(by, place)
    check_is_open(place.cohort)
    if (place.room, place.link) != (room, link):
        place.room, place.link = room, link
        place.save(update_fields=["room", "link", "updated_at"])
        place.cohort.sessions.update(sequence=F("sequence") + 1, updated_at=clock.now())
    return place


@transaction.atomic
def add_place(*, by: By, cohort: Cohort, name: str, kind: PlaceKind) -> Place:
    """The same name again is the same place. Raises NotAllowed."""
    _check_can_change(by, cohort)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    places: Sequence[Place] = list(cohort.places.all())
    if there := next((place for place in places if name in place.names.values()), None):
        return there
    taken, wanted = {place.key for place in places}, slugify(name)[:60] or "place"
    key = next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if key not in taken)
    names = dict.fromkeys(cohort.version.languages or ["vi"], name)
    return Place.objects.create(cohort=cohort, key=key, kind=kind, names=names, position=len(places) + 1)


@transaction.atomic
def remove_place(*, by: By, place: Place) -> None:
    """One where nobody sits. Raises PlaceInUse, NotAllowed."""
    _check_can_change(by, place.cohort)
    if place.enrolments.exists() or place.cohort.sessions.filter(attendances__place=place).exists():
        raise PlaceInUse(_("People belong to this place, or were noted there. Give them another one first."))
    place.delete()
