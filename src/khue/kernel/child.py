"""A process of its own for work on what strangers brought: without secrets, without network, with limits on memory.

    child = Child("khue.domains.analysis.engine.child", str(memory))
    answer = child.ask({"sql": "…"}, seconds=10)

Both speak JSON lines on the child's standard streams. The child's module calls `shut_in` first and then `serve`.
"""

import json
import os
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from khue.kernel.fence import Fence

LONGEST_ANSWER = 512 * 1024**2


class Child:
    """Used by one thread at a time; started when first asked. After an error it has ended, and the next question starts
    another."""

    def __init__(self, module: str, *arguments: str, longest_answer: int = LONGEST_ANSWER) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._longest = longest_answer
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(self, request: dict[str, Any], *, seconds: float) -> dict[str, Any]:
        """Raises TimeoutError, or EOFError where it died."""
        until = time.monotonic() + seconds
        process = self._running()
        try:
            _send(process, json.dumps(request).encode() + b"\n", until)
            answer: dict[str, Any] = json.loads(_line(process, until, self._longest))
        except (OSError, EOFError, ValueError) as problem:
            self.end()
            raise problem if isinstance(problem, TimeoutError) else EOFError from problem
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(  # noqa: S603
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )
            assert self._process.stdin
            os.set_blocking(self._process.stdin.fileno(), False)
        return self._process

    def end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:  # what could not be written any more does not matter
                    continue


def environment() -> dict[str, str]:
    """No secrets; only what Python needs to find this package."""
    found = os.pathsep.join(folder for folder in sys.path if folder)
    return {"PYTHONPATH": found, "PATH": "", "LANG": "C.UTF-8", "HOME": "/nonexistent"}


def _send(process: subprocess.Popen[bytes], request: bytes, until: float) -> None:
    """Also when the child does not read."""
    assert process.stdin
    rest = memoryview(request)
    while rest:
        left = until - time.monotonic()
        if left <= 0 or not select.select([], [process.stdin], [], left)[1]:
            raise TimeoutError
        rest = rest[os.write(process.stdin.fileno(), rest[:65536]) :]


def _line(process: subprocess.Popen[bytes], until: float, longest: int) -> bytes:
    """One line, however long it takes to come; raises TimeoutError or EOFError."""
    assert process.stdout
    pieces: list[bytes] = []
    size = 0
    while not pieces or not pieces[-1].endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(process.stdout.fileno(), 1 << 20)
        size += len(piece)
        if not piece or size > longest:
            raise EOFError
        pieces.append(piece)
    return b"".join(pieces)


# The child's side ---------------------------------------------------------------------------------


def shut_in(*, memory: int, writes: int = 0, files: int = 64) -> None:
    """`memory` in bytes of address space; `writes`: how long a file may become."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (writes, writes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    Fence().ready()()


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Until the parent ends. What the work prints is not taken for an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        answers.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
        answers.flush()
