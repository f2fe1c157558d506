"""What kind of file it is, by its bytes before its name."""

import zipfile
from pathlib import Path

from khue.domains.analysis.reading import delimited, parquet, workbook
from khue.domains.analysis.reading.refusals import Unreadable
from khue.domains.analysis.reading.sandbox import Read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# a sheet of a million rows is about 400 MB of XML
LARGEST_UNPACKED = 1_500 * 1024**2
MOST_TIMES_LARGER = 250


def read(path: Path, name: str, into: Path) -> Read:
    with path.open("rb") as file:
        head = file.read(65536)
    if not head:
        raise Unreadable("empty")
    if head.startswith(b"PAR1"):
        return parquet.read(path, name, into)
    if head.startswith(b"PK"):
        _check_archive(path)
        return workbook.read(path, name, into)
    if head.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes()[: 4 * 1024**2]:
            raise Unreadable("password")
        return workbook.read(path, name, into)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise Unreadable("unknown")
    return delimited.read(path, name, into)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as problem:
        raise Unreadable("broken", str(problem)) from problem
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or unpacked > MOST_TIMES_LARGER * max(path.stat().st_size, 20_000):
        raise Unreadable("bomb", str(unpacked // 1024**2))
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("password")
    if not any(part.filename.startswith(("xl/", "content.xml")) for part in parts):
        raise Unreadable("unknown")
