"""One file to what is in it: finds out the form by content and calls its reader."""

from collections.abc import Callable
from pathlib import Path

from khue.domains.knowledge.reading import formats, limits
from khue.domains.knowledge.reading.blocks import ReadDocument, Reading, Unreadable
from khue.domains.knowledge.reading.readers import html, jsonl, markdown, pdf, plain, sheets, word

_READERS: dict[str, Callable[[bytes], ReadDocument]] = {
    formats.PDF: pdf.read,
    formats.DOCX: word.read,
    formats.HTML: html.read,
    formats.MARKDOWN: markdown.read,
    formats.TEXT: plain.read,
    formats.CSV: sheets.read_csv,
    formats.XLSX: sheets.read_workbook,
    formats.XLS: sheets.read_workbook,
    formats.ODS: sheets.read_workbook,
}


def read(path: Path, name: str) -> Reading:
    """Raises Unreadable. Call it through sandbox.Sandbox for files that come from outside."""
    content = path.read_bytes()
    media_type = formats.media_type(name, content)
    several = media_type == formats.JSONL
    documents = jsonl.read(content) if several else (_READERS[media_type](content),)
    for document in documents:
        limits.check_text(list(document.blocks))
    if not any(document.blocks for document in documents):
        raise Unreadable("no_text")
    return Reading(media_type, documents, several)


def rows(path: Path, name: str) -> list[list[str]]:
    """The cells of a spreadsheet, of several sheets the longest. Raises Unreadable, also for what is no table."""
    content = path.read_bytes()
    media_type = formats.media_type(name, content)
    if media_type == formats.CSV or (media_type == formats.TEXT and path.suffix.lower() in {".csv", ".tsv", ".txt"}):
        return sheets.csv_rows(content)
    if media_type not in {formats.XLSX, formats.XLS, formats.ODS}:
        raise Unreadable("no_table")
    return max((found for _name, found in sheets.workbook_rows(content)), key=len, default=[])
