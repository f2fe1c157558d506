"""The answers that are being written in this process, by person: an account that is closed ends them, in whatever
process they run and whatever they wait for."""

import threading
import weakref
from typing import Protocol
from uuid import UUID

from khue.kernel import notices

TOPIC = "calls-end"  # news to all processes: a person's id, and why


class Call(Protocol):
    def close(self, reason: str = "") -> None: ...


class _Running:
    def __init__(self) -> None:
        self._calls: dict[str, weakref.WeakSet[Call]] = {}
        self._lock = threading.Lock()
        self._subscription = notices.Subscription(TOPIC, self._on_news)

    def add(self, person: UUID | None, call: Call) -> None:
        if person is None:
            return
        with self._lock:
            self._calls.setdefault(str(person), weakref.WeakSet()).add(call)
        notices.hear(self._subscription)

    def drop(self, person: UUID | None, call: Call) -> None:
        with self._lock:
            self._calls.get(str(person), weakref.WeakSet()).discard(call)
            self._calls = {each: calls for each, calls in self._calls.items() if calls}
            if not self._calls:
                self._subscription.end()

    def _on_news(self, hearing: notices.Hearing, word: str) -> None:
        person, _, reason = word.partition(" ")
        with self._lock:
            calls = list(self._calls.get(person, ()))
        for call in calls:
            call.close(reason)


_running = _Running()
add, drop = _running.add, _running.drop


def end(person: UUID, reason: str) -> None:
    """Once the running transaction is committed; each ends with what was written until then, and is on record with the
    reason (one word)."""
    notices.send(TOPIC, f"{person} {reason}")
