"""Reads of attendance: the board of a session, a person's days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, FilteredRelation, Prefetch, Q, QuerySet

from khue.domains.academy.models import Attendance, AttendanceChange, Enrolment, Place, Session
from khue.domains.academy.rules.attendance import THERE, Presence


@dataclass(frozen=True)
class Seat:
    """Somebody on the roll and what is known of them in this session."""

    enrolment: Enrolment
    attendance: Attendance | None

    @property
    def is_there(self) -> bool:
        return self.attendance is not None and self.attendance.presence in THERE


@dataclass(frozen=True)
class PlaceBoard:
    """One place of a session. `place` None: people whose place is not set."""

    place: Place | None
    seats: tuple[Seat, ...]
    counts: dict[str, int]

    @property
    def there(self) -> int:
        return sum(seat.is_there for seat in self.seats)

    @property
    def present(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.is_there)

    @property
    def missing(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if not seat.is_there)


@dataclass(frozen=True)
class HeadCount:
    """Of those who are, or belong, at a place: how many are there."""

    there: int
    of: int


def head_count(session: Session, place: Place) -> HeadCount:
    """What the board of a place adds up to, counted by the database: the projector asks every few seconds."""
    here = FilteredRelation("attendances", condition=Q(attendances__session=session))
    is_there = Q(here__presence__in=THERE)
    rows = session.cohort.enrolments.taking_part().on_roll().annotate(here=here)
    found = rows.aggregate(
        there=Count("pk", filter=is_there & Q(here__place=place)),
        missing=Count("pk", filter=Q(place=place) & (Q(here=None) | ~is_there)),
    )
    return HeadCount(found["there"], found["there"] + found["missing"])


def board(session: Session) -> list[PlaceBoard]:
    """Everybody on the roll, under the place where they are, else their own; two queries however many they are."""
    rows = Prefetch("attendances", queryset=Attendance.objects.filter(session=session), to_attr="here")
    enrolments = session.cohort.enrolments.taking_part().on_roll().prefetch_related(rows)
    known = list(session.cohort.places.all())
    by_place: dict[UUID | None, list[Seat]] = {place.pk: [] for place in known}
    for enrolment in enrolments:
        attendance = next(iter(enrolment.here), None)  # type: ignore[attr-defined]
        seat = Seat(enrolment, attendance)
        where = attendance.place_id if attendance and seat.is_there else enrolment.place_id
        by_place.setdefault(where, []).append(seat)
    names = {place.pk: place for place in known}
    boards = [_place(names.get(key) if key else None, seats) for key, seats in by_place.items()]
    return [one for one in boards if one.seats or one.place]


def _place(place: Place | None, seats: list[Seat]) -> PlaceBoard:
    counts = Counter(seat.attendance.presence if seat.attendance else Presence.ABSENT.value for seat in seats)
    return PlaceBoard(place, tuple(seats), dict(counts))


def changes(session: Session, *, enrolment: Enrolment | None = None) -> list[AttendanceChange]:
    """The corrections of a session, of everybody or of one; the latest hundred."""
    found = session.attendance_changes.exclude(reason="").select_related("enrolment__person", "by")
    return list((found.filter(enrolment=enrolment) if enrolment else found)[:100])


def noted_in(person_id: UUID, sessions: Iterable[Session]) -> QuerySet[Attendance]:
    """Where the person is noted already; for who comes back because the answer got lost on the way."""
    return of_person(person_id).filter(session__in=list(sessions), presence__in=THERE | {Presence.HELD})


def of_person(person_id: UUID) -> QuerySet[Attendance]:
    return Attendance.objects.filter(enrolment__person=person_id).select_related("session", "place")
