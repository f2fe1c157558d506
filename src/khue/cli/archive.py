"""The archive of a backup: one tar with the database, the files and keys, and last a manifest with every digest."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

DATABASE = "database.dump"
STATE = "state/"
MANIFEST = "manifest.json"
FORMAT = 1
# the running processes' own, which no archive holds
RUNNING = {"postgres", "postgres.new", "run", "logs"}
# and what is made anew from the rest
DERIVED = RUNNING | {"static", "index"}
BLOCK = 1 << 20


class ArchiveDamaged(SystemExit):
    """The archive is not what was written; nothing was changed."""


@dataclass
class Manifest:
    version: str
    migrations: dict[str, str]
    made_at: int = field(default_factory=lambda: int(time.time()))
    format: int = FORMAT
    digests: dict[str, str] = field(default_factory=dict)


def state_files(home: Path) -> Iterator[Path]:
    """Everything under KHUE_HOME that cannot be made anew."""
    for top in sorted(home.iterdir()):
        if top.name not in DERIVED and not top.name.startswith(".backup-"):
            yield from (path for path in sorted([top, *top.rglob("*")]) if path.is_file() and not path.is_symlink())


def hold(home: Path, aside: Path) -> None:
    """Links the files into a folder, so that what is deleted meanwhile still gets into the archive."""
    for path in state_files(home):
        held = aside / path.relative_to(home)
        if held.exists():
            continue
        held.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, held)
        except FileNotFoundError:
            continue
        except OSError:  # a file system without links
            shutil.copy2(path, held)


def write(target: Path, *, dump: Path, files: Path, manifest: Manifest) -> None:
    """Readable by its owner only; under its name only when complete."""
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            _add(tar, dump, DATABASE, manifest)
            for path in sorted(path for path in files.rglob("*") if path.is_file()):
                _add(tar, path, STATE + str(path.relative_to(files)), manifest)
            text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size, entry.mode, entry.mtime = len(text), 0o600, manifest.made_at
            tar.addfile(entry, io.BytesIO(text))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)


def verified(path: Path) -> Manifest:
    """Reads the whole archive; raises ArchiveDamaged unless every part is there, unchanged, and nothing besides."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(path) as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None:
                    raise ArchiveDamaged(f"{path}: {entry.name} is not a file. Nothing was changed.")
                if entry.name == MANIFEST:
                    manifest = Manifest(**json.load(content))
                else:
                    found[entry.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except (tarfile.TarError, ValueError, TypeError, EOFError) as damage:
        raise ArchiveDamaged(f"{path} is not a backup of Khuê, or is cut off: {damage}. Nothing was changed.") from None
    if manifest is None:
        raise ArchiveDamaged(f"{path} has no manifest: it is cut off. Nothing was changed.")
    if wrong := sorted(name for name in manifest.digests | found if manifest.digests.get(name) != found.get(name)):
        raise ArchiveDamaged(f"{path} is damaged: {', '.join(wrong[:5])}. Nothing was changed.")
    return manifest


def unpack(path: Path, *, dump: Path, files: Path) -> None:
    with tarfile.open(path) as tar:
        for entry in tar:
            if entry.name == DATABASE:
                _copy(tar, entry, dump)
            elif entry.name.startswith(STATE):
                tar.extract(tarfile.TarInfo.replace(entry, name=entry.name.removeprefix(STATE)), files, filter="data")


def _copy(tar: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> None:
    content = tar.extractfile(entry)
    assert content is not None
    with target.open("wb") as file:
        shutil.copyfileobj(content, file, BLOCK)


class _Digesting:
    """A file that is digested while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.sha.update(block)
        return block


def _add(tar: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    with path.open("rb") as file:
        entry = tar.gettarinfo(arcname=name, fileobj=file)
        entry.type, entry.linkname, entry.mode = tarfile.REGTYPE, "", 0o600
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.size = os.fstat(file.fileno()).st_size
        source = _Digesting(file)
        tar.addfile(entry, source)
    manifest.digests[name] = source.sha.hexdigest()
