"""What a file is, by its content and not by its name; the name decides only between forms of plain text."""

import io
import zipfile
from pathlib import PurePath

from khue.domains.knowledge.reading.blocks import Unreadable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
HTML = "text/html"
MARKDOWN = "text/markdown"
CSV = "text/csv"
JSONL = "application/jsonl"
TEXT = "text/plain"

# names of what is refused, as people call it
_REFUSED = [
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"ID3", "MP3"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"SQLite format 3", "SQLite"),
]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_type(name: str, content: bytes) -> str:
    """One of the names above. Raises Unreadable for what is empty, encrypted or of a form that is not read."""
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    head = content[:1024]
    if b"%PDF-" in head:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(content)
    if head.startswith(_OLE):
        return _of_ole(content)
    refused = next((form for magic, form in _REFUSED if head.startswith(magic)), None)
    if refused:
        raise Unreadable("unknown_form", refused)
    return _of_text(PurePath(name).suffix.lower(), head)


def _of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Unreadable("broken") from problem
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return XLSX
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return _of_opendocument(content)
    raise Unreadable("unknown_form", "ZIP")


def _of_opendocument(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("mimetype") as file:
        kind = file.read(100).decode("ascii", "replace").strip()
    if kind != ODS:
        raise Unreadable("unknown_form", kind.rsplit(".", 1)[-1][:40])
    return ODS


def _of_ole(content: bytes) -> str:
    """Office files of before 2007, and the envelope of encrypted ones of after."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("encrypted")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return XLS
    raise Unreadable("old_word" if "WordDocument".encode("utf-16-le") in content else "unknown_form", "DOC")


def _of_text(suffix: str, head: bytes) -> str:
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<body" in start:
        return HTML
    by_suffix = {".html": HTML, ".htm": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN, ".csv": CSV, ".tsv": CSV}
    if suffix in {".jsonl", ".ndjson"} and start.startswith(b"{"):
        return JSONL
    return by_suffix.get(suffix, TEXT)
