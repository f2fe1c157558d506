"""Waiting one's turn before a model with few places."""

import threading
import weakref
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from khue.gateway.errors import QueueFull, TooManyAtOnce
from khue.gateway.queue import rows
from khue.gateway.queue.places import Place
from khue.kernel import notices
from khue.kernel.connections import give_back
from khue.kernel.models import uuid7

REPEAT_S = 15.0  # a place is said again, so that who waits is seen to be there


class Ticket:
    """A place in line, then one of the slots. Freed by `leave`, by being forgotten, and by the end of its process."""

    def __init__(self, line: str, slots: int, person: str) -> None:
        self.id: UUID = uuid7()
        self.line, self.slots, self.person = line, slots, person
        self.place: Place | None = None
        self.is_served = self.is_left = False
        self._changed = threading.Condition()
        self._forgotten = weakref.finalize(self, _return, line, slots, self.id)
        self._forgotten.atexit = False

    def wait(self) -> Iterator[Place]:
        """Each place that it comes to, the same one again every few seconds; ends when it is served, or left."""
        place = None
        while not (self.is_served or self.is_left):
            give_back()
            place = self._next(place)
            if place and not (self.is_served or self.is_left):
                yield place

    def _next(self, told: Place | None) -> Place | None:
        with self._changed:
            self._changed.wait_for(lambda: self.is_served or self.is_left or self.place != told, REPEAT_S)
            return self.place

    def leave(self, *, done: bool = False) -> None:
        """`done`: it was served to its end, and tells how long that takes."""
        self.stop()
        if not self._forgotten.detach():
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                rows.lock(cursor, self.line)
                rows.leave(cursor, self.line, self.id, done=done)
                rows.move(cursor, self.line, self.slots)
        except (OperationalError, InterfaceError):
            _return(self.line, self.slots, self.id)
        _lines.drop(self)

    def stop(self) -> None:
        """From any thread: whoever waits with it goes on, to leave."""
        with self._changed:
            self.is_left = True
            self._changed.notify_all()

    def stands(self, standing: rows.Standing) -> None:
        with self._changed:
            self.is_served = self.is_served or standing.position == 0
            self.place = Place(standing.position, standing.of, _expected(standing, self.slots))
            self._changed.notify_all()


def enter(line: str, slots: int, person: str) -> Ticket:
    """A ticket in the line of this name, before which `slots` are served at once. Raises QueueFull, TooManyAtOnce."""
    ticket = Ticket(line, slots, person)
    _lines.add(ticket)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            rows.lock(cursor, line)
            rows.join(cursor, line, ticket.id, person)
            rows.sweep(cursor, line, slots)
            rows.move(cursor, line, slots)
            _refuse_if_full(cursor, ticket)
            for standing in rows.standings(cursor, line):
                if standing.id == ticket.id:
                    ticket.stands(standing)
    except BaseException:
        ticket._forgotten.detach()
        _lines.drop(ticket)
        raise
    return ticket


def _refuse_if_full(cursor: rows.Cursor, ticket: Ticket) -> None:
    waiting, own = rows.counts(cursor, ticket.line, ticket.person)
    if own > settings.KHUE_QUEUE_PER_PERSON:
        raise TooManyAtOnce
    if waiting > settings.KHUE_QUEUE_LIMIT:
        raise QueueFull(waiting=waiting - 1)


def _expected(standing: rows.Standing, slots: int) -> int | None:
    """A place is free every `service / slots` seconds on average."""
    return None if standing.service_s is None else round(standing.position * standing.service_s / slots)


class _Lines:
    """The tickets of this process, by line, and what of them the database still has to be told."""

    def __init__(self) -> None:
        self.tickets: weakref.WeakValueDictionary[UUID, Ticket] = weakref.WeakValueDictionary()
        self.returned: list[tuple[str, int, UUID]] = []
        self._subscription = notices.Subscription(rows.TOPIC, self.on_news, self.on_beat)
        self._lock = threading.RLock()

    def add(self, ticket: Ticket) -> None:
        with self._lock:
            self.tickets[ticket.id] = ticket
            notices.hear(self._subscription)

    def drop(self, ticket: Ticket) -> None:
        with self._lock:
            self.tickets.pop(ticket.id, None)
            self._rest()

    def _rest(self) -> None:
        if not self.tickets and not self.returned:
            self._subscription.end()

    def on_news(self, hearing: notices.Hearing, line: str) -> None:
        waiting = {t.id: t for t in self._of(line) if not t.is_served}
        if waiting:
            with hearing.cursor() as cursor:
                for standing in rows.standings(cursor, line):
                    if ticket := waiting.get(standing.id):
                        ticket.stands(standing)

    def on_beat(self, hearing: notices.Hearing, was_away: bool) -> None:
        """Gives back what nobody holds any more, and sees to it that the dead do not block the line."""
        self._give_back(hearing)
        for line, slots in {(t.line, t.slots) for t in list(self.tickets.values()) if was_away or not t.is_served}:
            with hearing.transaction(), hearing.cursor() as cursor:
                if not rows.try_lock(cursor, line):
                    continue
                for ticket in self._of(line) if was_away else ():
                    rows.join(cursor, line, ticket.id, ticket.person, served=ticket.is_served)
                if was_away:
                    rows.move(cursor, line, slots)
                rows.sweep(cursor, line, slots)

    def _give_back(self, hearing: notices.Hearing) -> None:
        while self.returned:
            line, slots, ticket = self.returned[-1]
            with hearing.transaction(), hearing.cursor() as cursor:
                rows.lock(cursor, line)
                rows.leave(cursor, line, ticket, done=False)
                rows.move(cursor, line, slots)
            self.returned.pop()
        with self._lock:
            self._rest()

    def _of(self, line: str) -> list[Ticket]:
        return [ticket for ticket in list(self.tickets.values()) if ticket.line == line]


_lines = _Lines()


def _return(line: str, slots: int, ticket: UUID) -> None:
    """By the listener: this thread may be in no state to."""
    _lines.returned.append((line, slots, ticket))
    notices.nudge()
