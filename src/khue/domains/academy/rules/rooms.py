"""Where somebody is in a session, and when a trainer should look at them.

Somebody is stuck who raises a hand. Somebody seems stuck who is here and has begun a step (a page, a quiz, a lab) but
has not moved in it for longer than PATIENCE allows: on a page the next section, in a quiz the next answer, in a lab the
next act. Whoever is here and has begun nothing, so long after the beginning, has perhaps not found the page. Nobody
seems stuck before the session has begun, after it is over, with everything done, or while the room listens: only if at
least MOVING of the others who are here have moved since.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# questions of one person in one stretch of time
QUESTIONS = 3
STRETCH = timedelta(minutes=10)
# digests are needed until the last have answered; then their key is dropped
SEALED_AFTER = timedelta(minutes=30)


class StepState(StrEnum):
    NOT_BEGUN = "not-begun"
    BEGUN = "begun"
    DONE = "done"


class Sign(StrEnum):
    """Why somebody seems stuck."""

    NOT_BEGUN = "not-begun"
    STILL = "still"


# kind of a step → how long without a movement
PATIENCE = {
    "topic": timedelta(minutes=10),
    "quiz": timedelta(minutes=6),
    "lab": timedelta(minutes=15),
    "sprint": timedelta(minutes=30),
}
# from the beginning of the session, or from when they came
TO_BEGIN = timedelta(minutes=15)
# share of the others
MOVING = 0.25


@dataclass(frozen=True)
class Progress:
    """Of one person at one step. `done` of `of` in the step's own unit (sections, answers); `moved_at` last."""

    state: StepState = StepState.NOT_BEGUN
    done: int = 0
    of: int = 0
    moved_at: datetime | None = None
    # of what was handed in: from 0 to 1, and whether that is enough
    share: float | None = None
    is_passed: bool | None = None


@dataclass(frozen=True)
class Alarm:
    """`kind` of the step where they are; "" where nothing is begun. `since`: the last movement."""

    sign: Sign
    kind: str
    since: datetime


@dataclass(frozen=True)
class Guest:
    """Somebody who is here, with their progress at each step, by its kind."""

    came_at: datetime
    steps: tuple[tuple[str, Progress], ...]

    @property
    def moved_at(self) -> datetime | None:
        return max((progress.moved_at for _kind, progress in self.steps if progress.moved_at), default=None)


def alarms(guests: Mapping[UUID, Guest], *, starts_at: datetime, ends_at: datetime, now: datetime) -> dict[UUID, Alarm]:
    """Who seems stuck, and since when."""
    if not starts_at <= now <= ends_at:
        return {}
    found = {key: _alarm(guest, starts_at, now) for key, guest in guests.items()}
    moves = sorted(guest.moved_at for guest in guests.values() if guest.moved_at)
    others = len(guests) - 1
    return {
        key: alarm
        for key, alarm in found.items()
        if alarm and len(moves) - bisect_right(moves, alarm.since) >= MOVING * others
    }


def _alarm(guest: Guest, starts_at: datetime, now: datetime) -> Alarm | None:
    watched = [(kind, progress) for kind, progress in guest.steps if kind in PATIENCE]
    ahead = [(kind, progress) for kind, progress in watched if progress.state != StepState.DONE]
    if not ahead:
        return None
    since = max(guest.came_at, starts_at, guest.moved_at or starts_at)
    begun = [(kind, progress.moved_at) for kind, progress in ahead if progress.moved_at]
    if not begun:
        return Alarm(Sign.NOT_BEGUN, "", since) if now - since > TO_BEGIN else None
    kind = max(begun, key=lambda pair: pair[1])[0]
    return Alarm(Sign.STILL, kind, since) if now - since > PATIENCE[kind] else None


def stretch(at: datetime) -> int:
    """Number of the stretch of time in which a person may ask QUESTIONS questions."""
    return int(at.timestamp() // STRETCH.total_seconds())
