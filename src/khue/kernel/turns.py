"""Work of a few hundredths of a second that many threads want at once: who came first is served first.

Threads that share one interpreter otherwise take its lock from each other at random, and some wait several times as
long as others; `threading.Semaphore` lets who has just ended begin anew before those who wait.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """`at_once` threads work, the others wait in the order in which they came. Not for work that takes a turn again."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._guard = threading.Lock()
        self._line: deque[threading.Event] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        called = threading.Event()
        with self._guard:
            if self._free:
                self._free -= 1
                called.set()
            else:
                self._line.append(called)
        called.wait()
        try:
            yield
        finally:
            with self._guard:
                if self._line:
                    self._line.popleft().set()
                else:
                    self._free += 1

    @property
    def waiting(self) -> int:
        return len(self._line)
