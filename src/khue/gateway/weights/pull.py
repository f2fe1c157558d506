"""Brings a model of the catalogue onto this machine: fetched, checked, moved into place, converted."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext_lazy as _

from khue.gateway.weights import sources
from khue.gateway.weights.catalogue import Entry, Packages, Url, entry, folder
from khue.kernel.errors import UserError

CONVERSION = 2  # raise it when the converter's output changes
Step = Literal["fetch", "check", "convert", "failed-source", "wrong-digest", "ready"]
# step, what it is about, bytes done, bytes in all
Report = Callable[[Step, str, int, int], None]


class PullFailed(UserError):
    def __init__(self, reasons: list[str]) -> None:
        super().__init__(
            _("The model could not be fetched from any of its sources. What has arrived is kept; "
              "the next try goes on from there.")
        )  # fmt: skip
        self.reasons = reasons


class ConversionFailed(UserError):
    def __init__(self, said: str) -> None:
        super().__init__(_("The embedding model arrived but could not be prepared for this machine."))
        self.said = said


@dataclass(frozen=True)
class Pulled:
    name: str
    path: Path
    sha256: str
    size: int
    source: str
    """What gave the file; "here" when nothing had to be fetched."""


def silent(step: Step, about: str, done: int, total: int) -> None:
    pass


def pull(name: str, report: Report = silent) -> Pulled:
    """Fetches what is missing; does little where all is there. Safe to run twice at once and to break off."""
    wanted = entry(name)
    with _alone(wanted) as scratch:
        source = "here" if _is_checked(wanted) else _fetched(wanted, scratch, report)
        if wanted.convert and not _is_converted(wanted):
            report("convert", wanted.name, 0, 1)
            _convert(wanted, scratch)
    report("ready", str(wanted.ready_path), wanted.size, wanted.size)
    return Pulled(wanted.name, wanted.ready_path, wanted.sha256, wanted.size, source)


def is_ready(name: str) -> bool:
    """Whether the model process could start now; trusts an earlier check."""
    wanted = entry(name)
    return _is_converted(wanted) if wanted.convert else _is_checked(wanted)


def _fetched(wanted: Entry, scratch: Path, report: Report) -> str:
    if wanted.path.exists() and wanted.path.stat().st_size == wanted.size and _is_right(wanted, wanted.path, report):
        _remember(wanted)
        return "here"
    reasons: list[str] = []
    for source in wanted.sources:
        partial = wanted.path.with_name(f"{wanted.file}.{_kind(source)}.part")
        report("fetch", str(source), 0, wanted.size)
        try:
            sources.fetch(
                source, wanted, partial, scratch, lambda have: report("fetch", "", min(have, wanted.size), wanted.size)
            )
        except sources.SourceFailed as error:
            reasons.append(f"{source}: {error}")
            report("failed-source", reasons[-1], 0, wanted.size)
            continue
        if _is_right(wanted, partial, report):
            partial.replace(wanted.path)
            _remember(wanted)
            _clear(wanted)
            return str(source)
        reasons.append(f"{source}: SHA-256")
        report("wrong-digest", str(source), 0, wanted.size)
        _clear(wanted)
    raise PullFailed(reasons)


def _kind(source: Url | Packages) -> str:
    return "url" if isinstance(source, Url) else "packages"


def _clear(wanted: Entry) -> None:
    for leftover in folder().glob(f"{wanted.file}.*.part*"):
        leftover.unlink()


def _is_right(wanted: Entry, path: Path, report: Report) -> bool:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(sources.BLOCK):
            sha.update(block)
            report("check", "", file.tell(), wanted.size)
    return sha.hexdigest() == wanted.sha256


def _mark(wanted: Entry) -> Path:
    return folder() / f"{wanted.file}.checked"


def _remember(wanted: Entry) -> None:
    _mark(wanted).write_text(_stamp(wanted))


def _is_checked(wanted: Entry) -> bool:
    mark = _mark(wanted)
    return wanted.path.exists() and mark.exists() and mark.read_text() == _stamp(wanted)


def _stamp(wanted: Entry) -> str:
    """Changes when the file does, so that a second start need not read a gigabyte."""
    status = wanted.path.stat()
    return json.dumps([wanted.sha256, status.st_size, status.st_mtime_ns])


@contextmanager
def _alone(wanted: Entry) -> Iterator[Path]:
    """Gives an empty folder; what a killed run left there goes."""
    folder().mkdir(parents=True, exist_ok=True)
    scratch = folder() / f".{wanted.name}.scratch"
    with (folder() / f".{wanted.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _conversion(wanted: Entry) -> str:
    return json.dumps({"version": CONVERSION, "sha256": wanted.sha256})


def _is_converted(wanted: Entry) -> bool:
    mark = wanted.ready_path / "conversion.json"
    return mark.exists() and mark.read_text() == _conversion(wanted)


def _convert(wanted: Entry, scratch: Path) -> None:
    """In a process of its own: it needs a gigabyte for a few seconds, and modules that nothing else needs."""
    made = scratch / wanted.name
    command = [sys.executable, "-m", "khue.gateway.weights.convert_e5", str(wanted.path), str(made)]
    process = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if process.returncode != 0:
        raise ConversionFailed(process.stderr[-2000:])
    (made / "conversion.json").write_text(_conversion(wanted))
    shutil.rmtree(wanted.ready_path, ignore_errors=True)
    made.replace(wanted.ready_path)
