"""A course in a box: all files of a programme in one ZIP with a manifest, the same bytes on every machine.

A ZIP from elsewhere is hostile until it is read: names that climb out, links, bombs and lies about sizes end it before
anything is kept. Nothing is ever unpacked to the disk."""

import hashlib
import io
import json
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from khue.domains.academy.course.faults import Fault, FaultyCourse

MANIFEST = "manifest.json"
KIND = "khue-programme"
MOST_FILES = 2_000
LARGEST_FILE = 20_000_000
LARGEST_TOTAL = 100_000_000
# text seldom shrinks to less than a fifth; a bomb shrinks to a thousandth
MOST_RATIO = 100
LONGEST_PATH = 200
# what every entry of a box carries: neither clock nor account of the machine that made it
MOMENT = (1980, 1, 1, 0, 0, 0)
READABLE = stat.S_IFREG | 0o644


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the paths and digests of all files: what makes two copies the same."""
    listed = json.dumps(_listed(files), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(listed.encode()).hexdigest()


def _listed(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    return {
        path: {"sha256": hashlib.sha256(octets).hexdigest(), "size": len(octets)}
        for path, octets in sorted(files.items())
    }


def write(files: Mapping[str, bytes], *, programme: str, version: str) -> bytes:
    """Stored, not compressed: compressors differ between machines, and the texts are small."""
    manifest = {
        "kind": KIND,
        "format": 1,
        "programme": programme,
        "version": version,
        "digest": digest(files),
        "files": _listed(files),
    }
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, MANIFEST, (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode())
        for path, octets in sorted(files.items()):
            _put(archive, path, octets)
    return box.getvalue()


def _put(archive: zipfile.ZipFile, path: str, octets: bytes) -> None:
    entry = zipfile.ZipInfo(path, MOMENT)
    entry.create_system, entry.external_attr = 3, READABLE << 16
    archive.writestr(entry, octets)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Raises FaultyCourse for links out of the folder and for what is too much."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        if any(part.startswith(".") for part in Path(name).parts):
            continue
        if path.is_symlink():
            raise _refused(name, _("A link is not allowed in a programme. Put the file itself there."))
        if path.is_file():
            if path.stat().st_size > LARGEST_FILE:
                raise _refused(name, _too_large())
            files[name] = path.read_bytes()
            _check_total(name, files)
    return files


def read(box: BinaryIO) -> dict[str, bytes]:
    """The files of a ZIP. Raises FaultyCourse; what it says names the entry."""
    try:
        with zipfile.ZipFile(box) as archive:
            files = _without_common_folder(_unpacked(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, RuntimeError):
        raise _refused("ZIP", _("This file is not a ZIP, or it is damaged. Ask for it again.")) from None
    return _checked_by_manifest(files)


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise _refused("ZIP", _("There are too many files (%(most)s at most).") % {"most": MOST_FILES})
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise _refused("ZIP", _too_much())
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    for entry in entries:
        name = _safe_name(entry)
        if entry.orig_filename.endswith("/"):
            continue
        if name.casefold() in seen:
            raise _refused(name, _("Two files of the ZIP have this name."))
        seen.add(name.casefold())
        files[name] = _octets(archive, entry, name)
        _check_total(name, files)
    return files


def _safe_name(entry: zipfile.ZipInfo) -> str:
    """`orig_filename`, because the library already cuts `filename` at a null byte."""
    name = unicodedata.normalize("NFC", entry.orig_filename).removesuffix("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    shown = name.encode("unicode_escape").decode()[:LONGEST_PATH] if not name.isprintable() else name[:LONGEST_PATH]
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _refused(shown, _("A link or a device is not allowed in a programme. Put the file itself there."))
    if entry.flag_bits & 0x1:
        raise _refused(shown, _("The ZIP is locked with a password. Make it again without one."))
    parts = name.split("/")
    climbs = name.startswith("/") or "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts)
    if climbs or not name.isprintable() or len(name) > LONGEST_PATH:
        raise _refused(shown, _("The name leads out of the programme's folder or cannot be used. Nothing was read."))
    return name


def _octets(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """No more than the entry says and the limit allows is ever held."""
    if entry.file_size > LARGEST_FILE:
        raise _refused(name, _too_large())
    if entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise _refused(name, _bomb())
    with archive.open(entry) as stream:
        octets = stream.read(entry.file_size + 1)
    if len(octets) != entry.file_size:
        raise _refused(name, _bomb())
    return octets


def _check_total(name: str, files: Mapping[str, bytes]) -> None:
    if len(files) > MOST_FILES:
        raise _refused(name, _("There are too many files (%(most)s at most).") % {"most": MOST_FILES})
    if sum(map(len, files.values())) > LARGEST_TOTAL:
        raise _refused(name, _too_much())


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """A folder that somebody zipped by hand stands in the ZIP under its own name."""
    kept = {path: octets for path, octets in files.items() if not _is_litter(path)}
    tops = {path.split("/")[0] for path in kept}
    if "programme.yaml" in kept or len(tops) != 1:
        return kept
    top = f"{tops.pop()}/"
    return {path.removeprefix(top): octets for path, octets in kept.items()}


def _is_litter(path: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.split("/"))


def _checked_by_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    """A box that was changed on its way is refused; a ZIP made by hand has no manifest and needs none."""
    written = files.pop(MANIFEST, None)
    if written is None:
        return files
    try:
        listed = json.loads(written)["files"]
        expected = {str(path): str(entry["sha256"]) for path, entry in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _refused(MANIFEST, _("The manifest cannot be read. Ask for the file again.")) from None
    if faults := list(_changed(files, expected)):
        raise FaultyCourse(faults)
    return files


def _changed(files: Mapping[str, bytes], expected: Mapping[str, str]) -> Iterator[Fault]:
    for path in sorted(files.keys() | expected.keys()):
        if path not in files:
            yield Fault(path, 0, _("The manifest names this file, but it is not there. Ask for the ZIP again."))
        elif path not in expected:
            yield Fault(path, 0, _("The manifest does not name this file. Take it out, or remove manifest.json."))
        elif hashlib.sha256(files[path]).hexdigest() != expected[path]:
            yield Fault(path, 0, _("This is not what the manifest says: the file was changed. Ask for the ZIP again."))


def _refused(file: str, text: str) -> FaultyCourse:
    return FaultyCourse([Fault(file, 0, text)])


def _too_large() -> str:
    return _("The file is too large (%(most)s MB at most).") % {"most": LARGEST_FILE // 1_000_000}


def _too_much() -> str:
    return _("All files together are too large (%(most)s MB at most).") % {"most": LARGEST_TOTAL // 1_000_000}


def _bomb() -> str:
    return _("The file would grow far beyond what the ZIP says. Nothing was read.")
