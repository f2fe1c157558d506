"""Child processes: started, watched, restarted with growing pauses, and ended with everything below them."""

import ctypes
import json
import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any

import psutil

from khue.kernel.fence import Fence

LOG_BYTES = 5_000_000
LOGS_KEPT = 3
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]


class ServiceFailed(SystemExit):
    """A part did not start; the text says where its log is."""


@dataclass(frozen=True)
class Service:
    """How to run one part. `is_ready` says whether it serves; `user` is the system account that it runs as; one that
    runs `once` is not restarted; what one that is `shown` prints appears on the console, not only in its log; `fence`
    stands around it and its children."""

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], bool] = lambda: True
    environment: dict[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 60.0
    grace: float = 10.0
    once: bool = False
    shown: bool = False
    fence: Fence | None = None


def answers(port: int, path: str = "/", *, host: str = "127.0.0.1", header: str = "localhost") -> bool:
    """Whether an HTTP server on this machine answers without an error of its own."""
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": header})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def as_account(name: str | None) -> dict[str, Any]:
    """Arguments of Popen that give up everything of the present user for another account."""
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []} if name else {}


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


class Child:
    """One running service: its process group, its log, its record under KHUE_HOME/run."""

    def __init__(self, service: Service, home: Path, say: Say) -> None:
        self.service = service
        self.say = say
        self.home = home
        self.record = home / "run" / f"{service.name}.json"
        self.log = home / "logs" / f"{service.name}.log"
        self.failures = 0
        self.start_again_at = 0.0
        self.start()

    def start(self) -> None:
        service = self.service
        self.process = subprocess.Popen(  # noqa: S603 - commands are the program's own
            service.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"KHUE_HOME": str(self.home)} | service.environment,
            **as_account(service.user),
            start_new_session=True,
            preexec_fn=_die_with(os.getpid(), service.stop_signal, service.fence),  # noqa: PLW1509 - no lock is taken before exec
        )
        self.started_at = time.monotonic()
        self.start_again_at = 0.0
        _write_record(self.record, self.process.pid)
        show = self.say if service.shown else None
        assert self.process.stdout is not None
        threading.Thread(target=_copy_log, args=(self.process.stdout, self.log, show), daemon=True).start()

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def plan_restart(self) -> float:
        """Ends what is left of the group and returns the seconds until the next start."""
        _kill_group(self.process.pid)
        steady = time.monotonic() - self.started_at > STEADY_AFTER
        self.failures = 1 if steady else self.failures + 1
        pause: float = min(LONGEST_PAUSE, 0.5 * 2 ** (self.failures - 1))
        self.start_again_at = time.monotonic() + pause
        return pause

    def stop(self) -> None:
        if self.is_alive:
            self.process.send_signal(self.service.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.service.grace)
        _kill_group(self.process.pid)
        self.process.wait()
        self.record.unlink(missing_ok=True)

    def last_words(self, lines: int = 8) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Supervisor:
    """Starts services in order and ends them in the opposite order. Used from the main thread only: on Linux a child
    is ended by the kernel when the thread that started it ends, however it ends."""

    def __init__(self, home: Path, say: Say) -> None:
        self.home = home
        self.say = say
        self.children: dict[str, Child] = {}
        for folder in ("run", "logs"):
            (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)

    def start(self, service: Service) -> Child:
        end_leftover(self.home, service.name)
        child = self.children[service.name] = Child(service, self.home, self.say)
        return child

    def start_and_wait(self, service: Service) -> None:
        self.start(service)
        self.wait_until_ready(service.name)

    def wait_until_ready(self, name: str) -> None:
        child = self.children[name]
        deadline = time.monotonic() + child.service.patience
        while not child.service.is_ready():
            if not child.is_alive or time.monotonic() > deadline:
                raise ServiceFailed(f"{name} did not start. The end of {child.log}:\n{child.last_words()}")
            time.sleep(0.05)

    def watch(self) -> None:
        """One look at all children: the dead are restarted when their pause is over."""
        for child in [child for child in self.children.values() if not child.is_alive]:
            if child.service.once:
                self._finish(child)
            elif not child.start_again_at:
                pause = child.plan_restart()
                how = _how(child.process.returncode)
                self.say(f"{child.service.name} ended ({how}); starting it again in {pause:.1f} s")
            elif time.monotonic() >= child.start_again_at:
                child.start()

    def run(self, every: float = 0.25) -> None:
        """Until a signal handler raises."""
        while True:
            self.watch()
            time.sleep(every)

    def _finish(self, child: Child) -> None:
        del self.children[child.service.name]
        child.stop()
        if child.process.returncode:
            self.say(f"{child.service.name} failed. The end of {child.log}:\n{child.last_words()}")

    def stop(self) -> None:
        while self.children:
            _, child = self.children.popitem()
            child.stop()


def end_leftover(home: Path, name: str) -> bool:
    """Ends what an earlier supervisor of this home, now gone, left behind under this name."""
    record = home / "run" / f"{name}.json"
    if not record.exists():
        return False
    left = json.loads(record.read_text() or "{}")
    record.unlink(missing_ok=True)
    ours = [process for process in psutil.process_iter() if _belongs(process, left, home)]
    for process in ours:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(ours, timeout=5)
    return bool(ours)


def is_running(home: Path, name: str) -> bool:
    return pid(home, name) is not None


def pid(home: Path, name: str) -> int | None:
    """The process that a supervisor of this home runs under this name; None when there is none."""
    record = home / "run" / f"{name}.json"
    if not record.exists():
        return None
    known = json.loads(record.read_text() or "{}")
    with suppress(psutil.Error, KeyError):
        if abs(psutil.Process(known["pid"]).create_time() - known["created"]) < 1:
            return int(known["pid"])
    return None


def _belongs(process: psutil.Process, left: dict[str, float], home: Path) -> bool:
    with suppress(psutil.Error, OSError, KeyError):
        if process.pid == left["pid"]:
            return abs(process.create_time() - left["created"]) < 1
        in_group = os.getpgid(process.pid) == left["pid"]
        return in_group and process.environ().get("KHUE_HOME") == str(home)
    return False


def _write_record(path: Path, pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        path.write_text(json.dumps({"pid": pid, "created": psutil.Process(pid).create_time()}))


def _die_with(parent: int, signal_number: int, fence: Fence | None) -> Callable[[], None]:
    """Run in the child before its program: asks Linux for a signal when the supervisor ends, even by SIGKILL, and to
    hold the child inside its fence."""
    put_up = fence.ready() if fence else None
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def before_exec() -> None:
        if prctl:
            prctl(PR_SET_PDEATHSIG, int(signal_number))
        if os.getppid() != parent:
            os._exit(1)
        if put_up:
            put_up()

    return before_exec


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _copy_log(source: IO[bytes], path: Path, show: Say | None) -> None:
    """From a child's output to its log until it ends; a full log becomes .1, .1 becomes .2, and so on."""
    log = path.open("ab", buffering=0)
    for line in source:
        if log.tell() > LOG_BYTES:
            log.close()
            for number in range(LOGS_KEPT - 1, 0, -1):
                with suppress(FileNotFoundError):
                    path.with_suffix(f".log.{number}").replace(path.with_suffix(f".log.{number + 1}"))
            path.replace(path.with_suffix(".log.1"))
            log = path.open("ab", buffering=0)
        log.write(line)
        if show:
            show(line.decode(errors="replace").rstrip())
    log.close()


def _how(code: int) -> str:
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
