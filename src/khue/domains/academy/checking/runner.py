"""The parent's side: one child after another, each for as many checks as it survives.

    with Runner() as runner:
        done = runner.run("khue.domains.knowledge.handing.checks:questions", handed_in, {"least": 2})

Children that are free wait for the next Runner of this process; they end with it.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal

MEMORY = 1024**3
SECONDS = 10.0
LONGEST_ANSWER = 64 * 1024
# how many may wait for the next check
KEPT = 4
Why = Literal["slow", "crashed"]


@dataclass(frozen=True)
class Done:
    """`why` it could not be checked, else empty; `passed` and `facts` say nothing then."""

    passed: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    why: Why | Literal[""] = ""
    took_ms: int = 0


class Runner:
    """A context manager; used by one thread."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.memory = memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *exc: object) -> None:
        child, self._child = self._child, None
        if child:
            _FREE.put(self.memory, child)

    def run(self, name: str, handed_in: Mapping[str, Any], settings: Mapping[str, Any]) -> Done:
        """Whatever the check does, this returns; about `seconds` later at the latest."""
        started = time.monotonic()
        request = json.dumps({"run": name, "handed_in": handed_in, "settings": settings}).encode() + b"\n"
        try:
            answer = self._asked(request, started + self.seconds)
        except TimeoutError:
            return Done(why="slow", took_ms=_since(started))
        except (OSError, EOFError):
            return Done(why="crashed", took_ms=_since(started))
        if "error" in answer:
            return Done(why="crashed", facts={"error": answer["error"]}, took_ms=_since(started))
        facts = answer["facts"]
        return Done(facts.pop("passed"), facts, took_ms=_since(started))

    def _asked(self, request: bytes, until: float) -> dict[str, Any]:
        child = self._child or _FREE.get(self.memory) or _started(self.memory)
        self._child = None
        try:
            _send(child, request, until)
            answer: dict[str, Any] = json.loads(_line(child, until))
        except (OSError, EOFError, ValueError) as problem:
            _end(child)
            raise problem if isinstance(problem, OSError | EOFError) else EOFError from problem
        self._child = child
        return answer


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


class _Free:
    """Children between two Runners."""

    def __init__(self) -> None:
        self._children: list[tuple[int, subprocess.Popen[bytes]]] = []
        self._lock = Lock()

    def get(self, memory: int) -> subprocess.Popen[bytes] | None:
        with self._lock:
            for at, (theirs, child) in enumerate(self._children):
                if theirs == memory:
                    del self._children[at]
                    return child if child.poll() is None else None
        return None

    def put(self, memory: int, child: subprocess.Popen[bytes]) -> None:
        with self._lock:
            if len(self._children) < KEPT:
                self._children.append((memory, child))
                return
        _end(child)


_FREE = _Free()


def _started(memory: int) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "khue.domains.academy.checking.child", str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    assert child.stdin
    os.set_blocking(child.stdin.fileno(), False)
    return child


def _environment() -> dict[str, str]:
    """No secrets; only what Python needs to find this package."""
    found = os.pathsep.join(folder for folder in sys.path if folder)
    return {"PYTHONPATH": found, "PATH": "", "LANG": "C.UTF-8", "HOME": "/nonexistent"}


def _send(child: subprocess.Popen[bytes], request: bytes, until: float) -> None:
    """Also when the child does not read."""
    assert child.stdin
    rest = memoryview(request)
    while rest:
        left = until - time.monotonic()
        if left <= 0 or not select.select([], [child.stdin], [], left)[1]:
            raise TimeoutError
        rest = rest[os.write(child.stdin.fileno(), rest[:65536]) :]


def _line(child: subprocess.Popen[bytes], until: float) -> bytes:
    """One line, however long it takes to come; raises TimeoutError or EOFError."""
    assert child.stdout
    found = b""
    while not found.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(child.stdout.fileno(), 65536)
        found += piece
        if not piece or len(found) > LONGEST_ANSWER:
            raise EOFError
    return found


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream:
            try:
                stream.close()
            except OSError:  # what could not be written any more does not matter
                continue
