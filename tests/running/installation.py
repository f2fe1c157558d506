"""A Khuê of its own for a test: own state, own ports, run as its user would run it."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import psutil


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.port = free_port()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("KHUE_", "DATABASE_", "DJANGO_"))}
        self.environment = clean | {
            "KHUE_HOME": str(home),
            "KHUE_CACHE": os.environ.get("KHUE_CACHE", os.path.expanduser("~/.cache/khue")),
            "KHUE_PORT": str(self.port),
            "KHUE_RUNTIME_PORT": str(free_port()),
            "KHUE_EMBED_PORT": str(free_port()),
            "KHUE_MODEL": "none",
            "KHUE_LANGUAGE": "en",
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
            **settings,
        }
        self.process: subprocess.Popen[str] | None = None

    def khue(self, *arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self._command(*arguments), env=self.environment, text=True, capture_output=True, timeout=240
        )

    def python(self, source: str) -> str:
        command = [sys.executable, "-c", source]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "khue.config.settings"}
        done = subprocess.run(command, env=environment, text=True, capture_output=True, timeout=240)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def up(self) -> "Installation":
        self.output = (self.home.parent / "console.txt").open("w+")
        self.process = subprocess.Popen(
            self._command("up"), env=self.environment, stdout=self.output, stderr=self.output, text=True
        )
        self.wait_for("Ready in")
        return self

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "khue.cli.main", *arguments]

    def console(self) -> str:
        return Path(self.output.name).read_text()

    def wait_for(self, words: str, seconds: float = 240) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.console():
            assert self.process is not None
            assert self.process.poll() is None, self.console()
            assert time.monotonic() < deadline, self.console()
            time.sleep(0.1)

    def part(self, name: str) -> psutil.Process | None:
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            process = psutil.Process(json.loads((self.home / "run" / f"{name}.json").read_text())["pid"])
            return None if process.status() == psutil.STATUS_ZOMBIE else process
        return None

    def everything(self) -> list[psutil.Process]:
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)

    def serves(self) -> bool:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


def eventually(condition: object, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.2)
    return False
