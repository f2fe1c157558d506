"""The parent's side: one child after another, each for as many checks as it survives.

    with Runner() as runner:
        done = runner.run("khue.domains.knowledge.handing.checks:questions", handed_in, {"least": 2})

Children that are free wait for the next Runner of this process; they end with it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal

from khue.kernel.child import Child

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
        self._child: Child | None = None

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *exc: object) -> None:
        child, self._child = self._child, None
        if child:
            _FREE.put(self.memory, child)

    def run(self, name: str, handed_in: Mapping[str, Any], settings: Mapping[str, Any]) -> Done:
        """Whatever the check does, this returns; about `seconds` later at the latest."""
        started = time.monotonic()
        child = self._child = self._child or _FREE.get(self.memory) or _made(self.memory)
        try:
            answer = child.ask({"run": name, "handed_in": handed_in, "settings": settings}, seconds=self.seconds)
        except TimeoutError:
            return Done(why="slow", took_ms=_since(started))
        except EOFError:
            return Done(why="crashed", took_ms=_since(started))
        if "error" in answer:
            return Done(why="crashed", facts={"error": answer["error"]}, took_ms=_since(started))
        facts = answer["facts"]
        return Done(facts.pop("passed"), facts, took_ms=_since(started))


def _made(memory: int) -> Child:
    return Child("khue.domains.academy.checking.child", str(memory), longest_answer=LONGEST_ANSWER)


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


class _Free:
    """Children between two Runners."""

    def __init__(self) -> None:
        self._children: list[tuple[int, Child]] = []
        self._lock = Lock()

    def get(self, memory: int) -> Child | None:
        with self._lock:
            found = next((one for one in self._children if one[0] == memory), None)
            if found:
                self._children.remove(found)
        return found[1] if found else None

    def put(self, memory: int, child: Child) -> None:
        with self._lock:
            if len(self._children) < KEPT:
                self._children.append((memory, child))
                return
        child.end()


_FREE = _Free()
