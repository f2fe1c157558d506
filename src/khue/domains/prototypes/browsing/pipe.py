"""Chromium's DevTools protocol over two pipes: no port is opened, nobody else can reach the browser."""

import json
import os
import select
import time
from collections.abc import Callable
from typing import Any

Message = dict[str, Any]
MOST = 64_000_000


class Hung(TimeoutError):
    """What runs in the page did not answer in time: an endless loop, or far too much work."""


class Gone(OSError):
    """The browser has ended."""


class Refused(RuntimeError):
    """The browser does not do what it was asked."""


class Pipe:
    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._number = 0
        self._held = b""
        # what a tab does at once about what happens in it
        self.hearing: dict[str, Callable[[Message], None]] = {}

    def send(self, method: str, session: str | None = None, **given: Any) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": given} | ({"sessionId": session} if session else {})
        self._write(json.dumps(message).encode() + b"\0")
        return self._number

    def call(self, method: str, session: str | None = None, seconds: float = 20, **given: Any) -> dict[str, Any]:
        """Raises Hung when no answer comes."""
        number = self.send(method, session, **given)
        answer = self._wait(lambda message: message.get("id") == number, seconds)
        if "error" in answer:
            raise Refused(f"{method}: {answer['error'].get('message')}")
        return dict(answer["result"])

    def wait_for(self, method: str, session: str, seconds: float) -> dict[str, Any]:
        """The next event of this name."""
        return self._wait(lambda told: told.get("method") == method and told.get("sessionId") == session, seconds)

    def close(self) -> None:
        for one in (self._reading, self._writing):
            os.close(one)

    def _write(self, octets: bytes) -> None:
        try:
            while octets:
                octets = octets[os.write(self._writing, octets) :]
        except BrokenPipeError:
            raise Gone("the browser has ended") from None

    def _wait(self, is_meant: Callable[[Message], bool], seconds: float) -> Message:
        until = time.monotonic() + seconds
        while True:
            message = self._next(until)
            if "method" in message and (hear := self.hearing.get(message.get("sessionId", ""))):
                hear(message)
            if is_meant(message):
                return message

    def _next(self, until: float) -> Message:
        while b"\0" not in self._held:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._reading], [], [], left)[0]:
                raise Hung("no answer from the page")
            piece = os.read(self._reading, 1 << 16)
            if not piece or len(self._held) > MOST:
                raise Gone("the browser has ended")
            self._held += piece
        message, _, self._held = self._held.partition(b"\0")
        return dict(json.loads(message))
