"""Where a session is and who trains there: what the session says of a place, else the place, else the session."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from khue.domains.academy.models import Enrolment, Place, Session, SessionPlace


@dataclass(frozen=True)
class Where:
    """`trainers`: their names. `room`, `link`: "" where nobody has said."""

    place: Place
    room: str
    link: str
    trainers: tuple[str, ...]
    trainer_ids: tuple[UUID, ...]

    @property
    def address(self) -> str:
        """For a calendar."""
        return ", ".join(part for part in (self.place.name, self.room or self.link) if part)


def of_sessions(sessions: Iterable[Session]) -> dict[UUID, list[Where]]:
    """Session → each place of its cohort, in their order; a handful of queries however many sessions there are."""
    known = list(sessions)
    places: dict[UUID, list[Place]] = {}
    for place in Place.objects.filter(cohort__in={session.cohort_id for session in known}):
        places.setdefault(place.cohort_id, []).append(place)
    own = {
        (row.session_id, row.place_id): row
        for row in SessionPlace.objects.filter(session__in=known).prefetch_related("trainers")
    }
    everywhere = {session.pk: session for session in Session.objects.filter(pk__in=[s.pk for s in known])
                  .prefetch_related("trainers")}  # fmt: skip
    return {
        session.pk: [
            _where(place, own.get((session.pk, place.pk)), everywhere[session.pk])
            for place in places.get(session.cohort_id, [])
        ]
        for session in known
    }


def _where(place: Place, own: SessionPlace | None, session: Session) -> Where:
    trainers = list(own.trainers.all()) if own else []
    trainers = trainers or list(session.trainers.all())
    return Where(
        place=place,
        room=(own.room if own else "") or place.room,
        link=(own.link if own else "") or place.link,
        trainers=tuple(str(person) for person in trainers),
        trainer_ids=tuple(person.pk for person in trainers),
    )


def of_person(person_id: UUID, sessions: Iterable[Session]) -> dict[UUID, Where]:
    """Session → where this person goes: participants to their place, trainers to where they train."""
    known = list(sessions)
    seats = dict(Enrolment.objects.filter(person=person_id).values_list("cohort", "place"))
    cohorts = {session.pk: session.cohort_id for session in known}
    found = {
        key: _theirs(wheres, place_id=seats.get(cohorts[key]), person_id=person_id)
        for key, wheres in of_sessions(known).items()
    }
    return {key: where for key, where in found.items() if where}


def _theirs(wheres: list[Where], *, place_id: UUID | None, person_id: UUID) -> Where | None:
    seat = next((where for where in wheres if where.place.pk == place_id), None)
    return seat or next((where for where in wheres if person_id in where.trainer_ids), None)
