"""The state of a room while a session runs: for its trainers, for a participant, for the wall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count

from khue.domains.academy.models import Enrolment, Hand, Place, Poll, PollAnswer, Question, Room, Session, Vote
from khue.domains.academy.queries import attendance, steps
from khue.domains.academy.queries.attendance import Seat
from khue.domains.academy.queries.steps import Seen, Step
from khue.domains.academy.rules import polls, rooms
from khue.domains.academy.rules.attendance import GAP
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.domains.academy.rules.polls import PollKind, Tally
from khue.domains.academy.rules.rooms import Alarm, Guest, Progress, StepState
from khue.domains.academy.rules.voices import digest
from khue.kernel.clock import now

NOT_BEGUN = Progress()
# each telephone asks every few seconds: a statement that stands
TIMES = """
select coalesce(room.stamp, 0), session.starts_at, session.ends_at from academy_session session
join academy_enrolment enrolment on enrolment.cohort_id = session.cohort_id
left join academy_room room on room.session_id = session.id
where session.id = %s and enrolment.person_id = %s and enrolment.state = any(%s)
"""


@dataclass(frozen=True)
class Times:
    """What a telephone that looks again must know of a session; `stamp` counts what changed in its room."""

    stamp: int
    starts_at: datetime
    ends_at: datetime


def times_of(session_id: UUID, person_id: UUID) -> Times | None:
    """None for who takes no part."""
    with connection.cursor() as cursor:
        cursor.execute(TIMES, [session_id, person_id, [state.value for state in TAKES_PART]])
        row = cursor.fetchone()
    return Times(*row) if row else None


@dataclass(frozen=True)
class Row:
    """Somebody on the roll. `at`: the step at which they moved last, else the first that is not done; `cells`: their
    progress at each step of the session."""

    seat: Seat
    is_here: bool
    cells: tuple[tuple[Step, Progress], ...]
    hand: Hand | None
    alarm: Alarm | None

    @property
    def at(self) -> tuple[Step, Progress] | None:
        moved = [(cell[1].moved_at, cell) for cell in self.cells if cell[1].moved_at]
        if moved:
            return max(moved, key=lambda pair: pair[0])[1]
        return next((cell for cell in self.cells if cell[1].state != StepState.DONE), None)

    @property
    def done(self) -> int:
        return sum(progress.state == StepState.DONE for _step, progress in self.cells)


@dataclass(frozen=True)
class PlaceRows:
    """`place` None: people whose place is not set."""

    place: Place | None
    rows: tuple[Row, ...]

    @property
    def here(self) -> int:
        return sum(row.is_here for row in self.rows)


@dataclass(frozen=True)
class StepCount:
    """Of those who are here, or of all while nobody is noted: how many have begun, how many are done."""

    step: Step
    begun: int
    done: int
    of: int


@dataclass(frozen=True)
class Attention:
    """What the trainers see of the people."""

    places: tuple[PlaceRows, ...]
    counts: tuple[StepCount, ...]
    hands: tuple[Hand, ...]
    still: tuple[Row, ...]

    @property
    def here(self) -> int:
        return sum(place.here for place in self.places)

    @property
    def expected(self) -> int:
        return sum(len(place.rows) for place in self.places)


def attention(session: Session) -> Attention:
    """Everybody on the roll, by place; one round for all places."""
    at = now()
    asked = steps.of_session(session)
    boards = attendance.board(session)
    seats = {seat.enrolment.pk: seat for board in boards for seat in board.seats}
    seen = steps.progress(session.cohort, asked, [seat.enrolment.person_id for seat in seats.values()])
    hands = list(Hand.objects.up().filter(enrolment__cohort=session.cohort_id))
    here = {key for key, seat in seats.items() if is_here(seat, at)}
    alarms = rooms.alarms(
        {key: _guest(seats[key], asked, seen, session) for key in here},
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        now=at,
    )
    raised = {hand.enrolment_id: hand for hand in hands}
    rows = {
        key: Row(seat, key in here, _cells(seat, asked, seen), raised.get(key), alarms.get(key))
        for key, seat in seats.items()
    }
    places = tuple(
        PlaceRows(board.place, tuple(sorted((rows[seat.enrolment.pk] for seat in board.seats), key=_attention_first)))
        for board in boards
    )
    still = [row for row in rows.values() if row.alarm and not row.hand]
    still.sort(key=lambda row: row.alarm.since if row.alarm else at)
    return Attention(places, _counts(asked, list(rows.values())), tuple(hands), tuple(still))


def is_here(seat: Seat, at: datetime) -> bool:
    """Noted as there, or online with a sign of life a moment ago."""
    seen = seat.attendance.seen_online_at if seat.attendance else None
    return seat.is_there or bool(seen and at - seen <= GAP)


def _cells(seat: Seat, asked: Sequence[Step], seen: Seen) -> tuple[tuple[Step, Progress], ...]:
    person = seat.enrolment.person_id
    return tuple((step, seen.get((person, step.pk), NOT_BEGUN)) for step in asked)


def _guest(seat: Seat, asked: Sequence[Step], seen: Seen, session: Session) -> Guest:
    came_at = seat.attendance.at if seat.attendance else session.starts_at
    return Guest(came_at, tuple((step.kind, progress) for step, progress in _cells(seat, asked, seen)))


def _attention_first(row: Row) -> tuple[bool, bool, bool]:
    return (row.hand is None, row.alarm is None, not row.is_here)


def _counts(asked: Sequence[Step], rows: Sequence[Row]) -> tuple[StepCount, ...]:
    counted = [row for row in rows if row.is_here] or list(rows)
    found = []
    for number, step in enumerate(asked):
        states = [row.cells[number][1].state for row in counted]
        done = states.count(StepState.DONE)
        found.append(StepCount(step, done + states.count(StepState.BEGUN), done, len(states)))
    return tuple(found)


@dataclass(frozen=True)
class Asked:
    """A question with its votes; `is_mine`: the one who looks has voted for it."""

    question: Question
    votes: int
    is_mine: bool = False


def questions(
    session: Session, room: Room | None, *, seat: Enrolment | None = None, hidden: bool = False
) -> list[Asked]:
    """Open ones first, those with most votes first; `hidden` for trainers."""
    found = session.questions.annotate(count=Count("votes"))
    if not hidden:
        found = found.filter(hidden_at=None)
    listed = list(found)
    mine = _votes(listed, room, seat) if seat and room and room.salt else set()
    asked = [
        Asked(question, question.kept_votes if room and room.sealed_at else question.count, question.pk in mine)
        for question in listed
    ]
    return sorted(asked, key=_most_wanted)


def _most_wanted(asked: Asked) -> tuple[bool, bool, int, int]:
    question = asked.question
    return (question.hidden_at is not None, question.answered_at is not None, -asked.votes, question.position)


def _votes(listed: Sequence[Question], room: Room, seat: Enrolment) -> set[UUID]:
    own = {_digest(room, "vote", question.pk, seat): question.pk for question in listed}
    return {own[found] for found in Vote.objects.filter(digest__in=own).values_list("digest", flat=True)}


def _digest(room: Room, purpose: str, thing: object, seat: Enrolment) -> str:
    return digest(settings.SECRET_KEY.encode(), bytes(room.salt), purpose, thing, seat.pk)


@dataclass(frozen=True)
class Polled:
    """A poll with what was answered: the whole, and by place. `mine`: the answer of the one who looks."""

    poll: Poll
    whole: Tally
    by_place: tuple[tuple[Place | None, Tally], ...] = ()
    mine: object = None

    @property
    def is_open(self) -> bool:
        return self.poll.closed_at is None


def latest_poll(session: Session) -> Polled | None:
    """The one that is open, else the last one."""
    poll = _latest(session)
    return polled([poll])[0] if poll else None


def own_poll(session: Session, room: Room | None, seat: Enrolment) -> Polled | None:
    """The same for a telephone: its own answer; those of all only once they are revealed. A thousand ask together."""
    poll = _latest(session)
    if poll is None:
        return None
    whose = _digest(room, "poll", poll.pk, seat) if room and room.salt else ""
    mine = poll.answers.filter(digest=whose).values_list("given", flat=True).first() if whose else None
    given = list(poll.answers.values_list("given", flat=True)) if poll.revealed_at else []
    return Polled(poll, _tally(poll, given), mine=mine)


def _latest(session: Session) -> Poll | None:
    return session.polls.select_related("opened_by").order_by("-created_at").first()


def all_polls(session: Session) -> list[Polled]:
    return polled(list(session.polls.select_related("opened_by").order_by("-created_at")))


def polled(found: Sequence[Poll]) -> list[Polled]:
    """One read for the answers of all of them."""
    answers: dict[UUID, list[PollAnswer]] = {poll.pk: [] for poll in found}
    for answer in PollAnswer.objects.filter(poll__in=answers).select_related("place"):
        answers[answer.poll_id].append(answer)
    return [_polled(poll, answers[poll.pk]) for poll in found]


def _polled(poll: Poll, answers: Sequence[PollAnswer]) -> Polled:
    by_place: dict[UUID | None, list[object]] = {}
    for answer in answers:
        by_place.setdefault(answer.place_id, []).append(answer.given)
    counted = {place: len(given) for place, given in by_place.items()}
    elsewhere = polls.together(counted)
    shown = [(place, given) for place, given in by_place.items() if place not in elsewhere]
    places = {answer.place_id: answer.place for answer in answers}
    tallies: list[tuple[Place | None, Tally]] = [(places[place], _tally(poll, given)) for place, given in shown]
    tallies.sort(key=lambda pair: pair[0].position if pair[0] else 9999)
    if elsewhere and tallies:
        tallies.append((None, _tally(poll, list(chain.from_iterable(by_place[place] for place in elsewhere)))))
    return Polled(poll, _tally(poll, [answer.given for answer in answers]), tuple(tallies))


def _tally(poll: Poll, given: Sequence[object]) -> Tally:
    return polls.tally(PollKind(poll.kind), poll.options, poll.steps, given, poll.struck)


def hand_of(seat: Enrolment) -> Hand | None:
    """The one that is up, else the last one that a trainer has answered."""
    own = Hand.objects.filter(enrolment=seat).select_related("taken_by", "settled_by", "topic", "activity")
    up = own.filter(settled_at=None).first()
    return up or own.exclude(settled_by=None).order_by("-settled_at").first()


def seat_in(person_id: UUID, version_id: UUID) -> Enrolment | None:
    """In the latest cohort of this version in which the person takes part."""
    seats = Enrolment.objects.taking_part().filter(person=person_id, cohort__version=version_id)
    return seats.order_by("-cohort__starts_on").first()


def hand_up(person_id: UUID, cohort_id: UUID) -> Hand | None:
    up = Hand.objects.filter(enrolment__person=person_id, enrolment__cohort=cohort_id, settled_at=None)
    return up.select_related("taken_by").first()


def own_steps(session: Session, seat: Enrolment) -> list[tuple[Step, Progress]]:
    asked = steps.of_session(session)
    seen: Mapping[tuple[UUID, UUID], Progress] = steps.progress(session.cohort, asked, [seat.person_id])
    return [(step, seen.get((seat.person_id, step.pk), NOT_BEGUN)) for step in asked]


def likely_step(own: Sequence[tuple[Step, Progress]]) -> str:
    """Where somebody who raises a hand is: the last step that they have begun, else the first that is left."""
    begun = [step for step, progress in own if progress.state is StepState.BEGUN]
    left = [step for step, progress in own if progress.state is not StepState.DONE]
    return (begun[-1:] or left[:1])[0].address if left else "session"
