"""Server-sent events from an ordinary, blocking generator."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from dataclasses import dataclass

from django.db import connections
from django.http import StreamingHttpResponse
from django.utils import timezone, translation

from khue.kernel.connections import give_back

HEARTBEAT_SECONDS = 15.0
_BEAT = b": \n\n"

Event = tuple[str, str]


def frame(name: str, data: str) -> bytes:
    """One event of the text/event-stream format; each line of the data goes on a line of its own. Without a name it is
    a plain message; without either it says only that somebody is there."""
    if not name and not data:
        return _BEAT
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"{f'event: {name}{chr(10)}' if name else ''}{lines}\n".encode()


@dataclass(frozen=True)
class _Failed:
    error: BaseException


class _Pump:
    """Runs the generator in a thread of its own and hands its events to the event loop."""

    def __init__(self, events: Iterator[Event], on_leave: Callable[[], None] | None) -> None:
        self.events, self.on_leave = events, on_leave
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[Event | _Failed | None] = asyncio.Queue()
        self.left = threading.Event()
        self.finished = threading.Event()

    def run(self) -> None:
        try:
            for event in self.events:
                if self.left.is_set():
                    break
                self._hand_over(event)
            self._close_events()
            self._hand_over(None)
        except BaseException as error:
            self._hand_over(_Failed(error))
        finally:
            connections.close_all()
            self.finished.set()

    def _close_events(self) -> None:
        if isinstance(self.events, Generator):
            self.events.close()

    def _hand_over(self, item: Event | _Failed | None) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.queue.put_nowait, item)

    def leave(self) -> None:
        """The reader is gone: ends the generator at its next event, or at once where `on_leave` can wake it."""
        if not self.finished.is_set():
            self.left.set()
            if self.on_leave:
                self.on_leave()


async def _next(pump: _Pump, heartbeat: float) -> Event | _Failed | bytes | None:
    try:
        return await asyncio.wait_for(pump.queue.get(), heartbeat)
    except TimeoutError:
        return _BEAT


def sse(
    events: Iterator[Event],
    *,
    on_leave: Callable[[], None] | None = None,
    heartbeat: float = HEARTBEAT_SECONDS,
) -> StreamingHttpResponse:
    """Sends (event name, data) pairs as they come.

    The generator runs in a thread, in the language and time zone that hold at the call. When the reader leaves, it is
    closed: its `finally` runs, so that a generation stops and is recorded. A generator that is just waiting cannot be
    closed from outside; `on_leave` is called from the event loop then, and may end the wait (a stream's `close`).
    """
    give_back()  # the request is not over, in Django's eyes, before its last event
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def run(pump: _Pump) -> None:
        with translation.override(language), timezone.override(zone):
            pump.run()

    async def frames() -> AsyncIterator[bytes]:
        pump = _Pump(events, on_leave)
        threading.Thread(target=run, args=(pump,), name="sse", daemon=True).start()
        try:
            while (item := await _next(pump, heartbeat)) is not None:
                if isinstance(item, _Failed):
                    raise item.error
                yield item if isinstance(item, bytes) else frame(*item)
        finally:
            pump.leave()

    response = StreamingHttpResponse(frames(), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    return response
