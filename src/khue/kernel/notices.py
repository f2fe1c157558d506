"""News between processes through PostgreSQL's NOTIFY: one listening connection a process, opened when somebody in it
wants to hear. The same connection holds an advisory lock, the proof to the others that this process lives."""

import os
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import OperationalError, connection

CHANNEL = "khue"
ALIVE = 0x4B687565  # "Khue": the first key of the locks by which processes prove that they live
BEAT_S = 5.0
LINGER_S = 30.0
PATIENCE_S = 10.0

Hearing = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, eq=False)
class Subscription:
    """`on_news` gets each word sent to the topic. `on_beat` is called every few seconds, and once with True when the
    connection had been lost, for what was missed meanwhile. Both run in the listener's thread and must not block."""

    topic: str
    on_news: Callable[[Hearing, str], None]
    on_beat: Callable[[Hearing, bool], None] = lambda hearing, was_away: None

    def end(self) -> None:
        _current().drop(self)


def send(topic: str, word: str = "") -> None:
    """Is heard when the transaction has been committed; equal news of one transaction are heard once."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, f"{topic} {word}"])


def hear(subscription: Subscription) -> None:
    """From now on, until `end`; a second time changes nothing. Raises OperationalError when the database is away."""
    _current().add(subscription)


def process_number() -> int:
    """By which others know this process; proved alive while anything here is subscribed."""
    return _current().number


def nudge() -> None:
    """Calls all `on_beat` soon."""
    _current().wake()


def close() -> None:
    """Ends the connection; it comes back with the next that wants to hear."""
    _current().close()


class Listener:
    def __init__(self) -> None:
        self.pid = os.getpid()
        self.number = 1 + secrets.randbelow(2**31 - 1)
        self._lock = threading.Lock()
        self._subscriptions: list[Subscription] = []
        self._hears = threading.Event()
        self._thread: threading.Thread | None = None
        self._ending = False
        self._idle_since = 0.0
        self._bell, self._ear = socket.socketpair()
        self._bell.setblocking(False)

    def add(self, subscription: Subscription) -> None:
        with self._lock:
            if subscription not in self._subscriptions:
                self._subscriptions.append(subscription)
            if self._thread is None or not self._thread.is_alive():
                self._ending = False
                self._hears.clear()
                options = connection.get_connection_params()
                self._thread = threading.Thread(target=self._run, args=(options,), name="notices", daemon=True)
                self._thread.start()
        if not self._hears.wait(PATIENCE_S):
            self.drop(subscription)
            raise OperationalError("no connection to listen on")

    def drop(self, subscription: Subscription) -> None:
        with self._lock, suppress(ValueError):
            self._subscriptions.remove(subscription)
            self._idle_since = time.monotonic()

    def wake(self) -> None:
        with suppress(BlockingIOError):
            self._bell.send(b"!")

    def close(self) -> None:
        thread = self._thread
        if thread is None or not thread.is_alive():
            return
        self._ending = True
        self.wake()
        if thread is not threading.current_thread():
            thread.join(PATIENCE_S)

    def _run(self, options: dict[str, Any]) -> None:
        was_away = False
        while True:
            with suppress(psycopg.Error):
                self._listen(options, was_away)
                return
            self._hears.clear()
            was_away = True
            if self._is_to_end():
                return
            time.sleep(0.5)

    def _listen(self, options: dict[str, Any], was_away: bool) -> None:
        """Until nobody wants to hear any more."""
        with psycopg.connect(**options, autocommit=True) as hearing, selectors.DefaultSelector() as ears:
            hearing.execute("select pg_advisory_lock(%s, %s)", [ALIVE, self.number])
            hearing.execute("listen khue")
            ears.register(hearing.fileno(), selectors.EVENT_READ)
            ears.register(self._ear, selectors.EVENT_READ)
            self._hears.set()
            self._beat(hearing, was_away)
            while not self._is_to_end():
                self._turn(hearing, ears)

    def _turn(self, hearing: Hearing, ears: selectors.BaseSelector) -> None:
        news = dict.fromkeys(notice.payload for notice in hearing.notifies(timeout=0))
        if news:
            for topic, _, word in (payload.partition(" ") for payload in news):
                for subscription in self._wanted(topic):
                    subscription.on_news(hearing, word)
            return
        heard = [key.fileobj for key, _ in ears.select(BEAT_S)]
        if self._ear in heard:
            self._ear.recv(4096)
        if not heard or self._ear in heard:
            self._beat(hearing, False)

    def _beat(self, hearing: Hearing, was_away: bool) -> None:
        if self._wanted():
            for subscription in self._wanted():
                subscription.on_beat(hearing, was_away)
        else:
            hearing.execute("select 1")  # a connection that broke unseen is noticed

    def _wanted(self, topic: str | None = None) -> list[Subscription]:
        with self._lock:
            return [each for each in self._subscriptions if topic in {None, each.topic}]

    def _is_to_end(self) -> bool:
        """Decided under the lock, so that nobody joins a listener that is leaving."""
        with self._lock:
            idle = not self._subscriptions and time.monotonic() - self._idle_since > LINGER_S
            if self._ending or idle:
                self._hears.clear()
                self._thread = None
                return True
            return False


_listener = Listener()
_making = threading.Lock()


def _current() -> Listener:
    """This process's own: one that was forked must not speak with its parent's."""
    global _listener
    if _listener.pid != os.getpid():
        with _making:
            if _listener.pid != os.getpid():
                _listener = Listener()
    return _listener
