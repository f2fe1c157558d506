"""Reads files in a process of its own, with limits on memory and time, so that a hostile file harms nobody else.

    with Sandbox() as sandbox:
        reading = sandbox.read(path, "Quyết định.docx")

The child speaks JSON lines on its standard streams; it is replaced after it died or was ended.
"""

import json
import os
import resource
import select
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from khue.domains.knowledge.reading.blocks import Block, ReadDocument, Reading, Unreadable
from khue.kernel.fence import Fence

MEMORY = 2 * 1024**3
SECONDS = 120
_LONGEST_REPLY = 512 * 1024**2


class Sandbox:
    """A context manager; used by one thread at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.memory = memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()

    def read(self, path: Path, name: str) -> Reading:
        """Raises Unreadable, with "too_heavy" or "too_slow" for a file that had to be stopped."""
        child = self._running()
        assert child.stdin and child.stdout
        try:
            child.stdin.write(json.dumps({"path": str(path), "name": name}).encode() + b"\n")
            child.stdin.flush()
            answer = _line(child.stdout, time.monotonic() + self.seconds)
        except TimeoutError as problem:
            self._end()
            raise Unreadable("too_slow") from problem
        except (OSError, EOFError) as problem:
            self._end()
            raise Unreadable("too_heavy") from problem
        return _reading(json.loads(answer), self)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", __name__, str(self.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                # what could not be written any more does not matter
                try:
                    stream.close()
                except OSError:
                    continue


def _environment() -> dict[str, str]:
    """No secrets; only what Python needs to find this package."""
    found = os.pathsep.join(folder for folder in sys.path if folder)
    return {"PYTHONPATH": found, "PATH": "", "LANG": "C.UTF-8", "HOME": "/nonexistent"}


def _line(stream: IO[bytes], until: float) -> bytes:
    """One line from a pipe, however long it takes to come; raises TimeoutError or EOFError."""
    pieces: list[bytes] = []
    size = 0
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([stream], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(stream.fileno(), 1 << 20)
        size += len(piece)
        if not piece or size > _LONGEST_REPLY:
            raise EOFError
        pieces.append(piece)
        if piece.endswith(b"\n"):
            return b"".join(pieces)


def _reading(answer: dict[str, Any], sandbox: Sandbox) -> Reading:
    if "error" in answer:
        if answer["error"] == "too_heavy":
            sandbox._end()
        raise Unreadable(answer["error"], answer["detail"])
    documents = tuple(
        ReadDocument(
            one["title"],
            tuple(Block(**block) for block in one["blocks"]),
            one["pages"],
            one["key"],
            tuple(one["capitals"]),
        )
        for one in answer["documents"]
    )
    return Reading(answer["media_type"], documents, answer["several"])


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # it has nothing to write but its answer
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    # readers have their own limit of depth, well below what this needs of memory
    sys.setrecursionlimit(10_000)


def _answer(request: dict[str, str]) -> dict[str, Any]:
    from khue.domains.knowledge.reading import reader

    try:
        return asdict(reader.read(Path(request["path"]), request["name"]))
    except Unreadable as refusal:
        return {"error": refusal.code, "detail": refusal.detail}
    except MemoryError:
        return {"error": "too_heavy", "detail": ""}
    except RecursionError:
        return {"error": "too_deep", "detail": ""}
    except Exception:  # any other failure of a parser is a file that it cannot read
        return {"error": "broken", "detail": ""}


def _serve() -> None:
    _limit(int(sys.argv[1]))
    Fence().ready()()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(_answer(json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
