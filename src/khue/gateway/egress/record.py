"""What was refused, kept so that a loop cannot flood it: the first time at once, then the number of times a minute.

Written to a file of this machine: the hook may run anywhere, also inside the database's own driver.
"""

import atexit
import fcntl
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings

PAUSE_S = 60.0
# a process notes so many different targets apart; the rest together
TARGETS = 200
REST = "…"
FILE_BYTES = 2_000_000
LONGEST = 200
FILE = "refused.jsonl"
OURS = "khue."


@dataclass(frozen=True)
class Refused:
    """One target that a process tried, `times` since the last note of it. `way`: connect, send, name, socket. `by`: the
    module that tried."""

    id: UUID
    at: datetime
    process: str
    way: str
    target: str
    by: str
    times: int


class _Counter:
    def __init__(self) -> None:
        self.times = 0
        self.next = 0.0


_counters: dict[tuple[str, str], _Counter] = {}
_lock = threading.RLock()


def note(way: str, target: str) -> None:
    """Never raises: the refusal itself must reach whoever tried."""
    target = target[:LONGEST]
    with _lock:
        key = (way, target)
        if key not in _counters and len(_counters) >= TARGETS:
            key = (way, REST)
        counter = _counters.setdefault(key, _Counter())
        counter.times += 1
        if time.monotonic() >= counter.next:
            _write(key, counter, _who())


def _write(key: tuple[str, str], counter: _Counter, by: str) -> None:
    way, target = key
    now = datetime.now(UTC).isoformat()
    line = {"id": str(uuid4()), "at": now, "process": _process(), "way": way, "target": target, "by": by}
    line["times"] = str(counter.times)
    counter.times, counter.next = 0, time.monotonic() + PAUSE_S
    try:
        _append(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    except OSError:
        counter.times += int(line["times"])


def _append(line: bytes) -> None:
    place = file()
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_written = False
    while not is_written:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb", buffering=0) as notes:
            fcntl.flock(notes, fcntl.LOCK_SH)
            # it may have been taken away between the two lines above
            if is_written := _is_at(notes, place):
                if os.fstat(notes.fileno()).st_size >= FILE_BYTES:
                    raise OSError("full")
                notes.write(line)


def _is_at(notes: IO[bytes], place: Path) -> bool:
    return place.exists() and os.fstat(notes.fileno()).st_ino == place.stat().st_ino


@atexit.register
def _write_rest() -> None:
    with _lock:
        for key, counter in _counters.items():
            if counter.times:
                _write(key, counter, "")


def file() -> Path:
    """The processes of the models know no settings."""
    home = settings.KHUE_HOME if settings.configured else os.environ.get("KHUE_HOME") or "~/.local/share/khue"
    return Path(home).expanduser() / "run" / FILE


def noted() -> list[Refused]:
    """What is not in the ledger yet."""
    return [each for place in (taken(), file()) for each in read(place)]


def taken() -> Path:
    """The notes on their way into the ledger."""
    return file().with_suffix(".taken")


def take() -> list[Refused]:
    """Takes the notes out of the way of those who write; `taken()` is for the caller to delete when they are kept."""
    if not taken().exists() and file().exists():
        file().rename(taken())
    return list(read(taken()))


def read(place: Path) -> Iterator[Refused]:
    if not place.exists():
        return
    with place.open("rb") as notes:
        fcntl.flock(notes, fcntl.LOCK_EX)
        lines = notes.read().decode("utf-8", "replace").splitlines()
    for line in lines:
        try:
            yield _parsed(json.loads(line))
        except (ValueError, KeyError, TypeError):
            continue


def _parsed(data: dict[str, Any]) -> Refused:
    return Refused(
        **data | {"id": UUID(data["id"]), "at": datetime.fromisoformat(data["at"]), "times": int(data["times"])}
    )


def _process() -> str:
    """As its command says: "khue ask", "granian", "khue.gateway.providers.runtime"."""
    main = sys.modules.get("__main__")
    spec = getattr(main, "__spec__", None)
    name = str(getattr(spec, "name", "") or Path(sys.argv[0] or "python").name).removesuffix(".__main__")
    return " ".join(["khue", *sys.argv[1:2]]) if name in {"khue.cli.main", "khue"} else name


def _who() -> str:
    """The innermost module of ours on the way here, or else the outermost of all."""
    frame, name = sys._getframe(), ""
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(OURS) and not name.startswith("khue.gateway.egress"):
            return name
        frame = frame.f_back  # type: ignore[assignment]
    return name
