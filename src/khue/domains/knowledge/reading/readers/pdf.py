"""PDF: the text layer, page by page."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from khue.domains.knowledge.reading import encodings, legacy, limits, lines
from khue.domains.knowledge.reading.blocks import ReadDocument, Unreadable
from khue.domains.knowledge.reading.capitals import capitals
from khue.domains.knowledge.reading.lines import Line

_PAGE_NUMBER = re.compile(r"\W*(?:trang|page|p\.)?\s*\d{1,4}(?:\s*(?:/|of|sur|trên)\s*\d{1,4})?\W*", re.IGNORECASE)
# PDFium writes a hyphen that divides a word at the end of a line so, and joins the two lines itself
_DIVIDED = re.compile("(?<=[a-zà-ỹ])[\ufffe\x02](?=[a-zà-ỹ])")
_DIVIDING = re.compile("[\ufffe\x02]")
_EDGE = 2
# characters a page below which a document counts as scanned
_SCANNED = 8


def read(content: bytes) -> ReadDocument:
    document = _opened(content)
    try:
        if len(document) > limits.PAGES:
            raise Unreadable("too_many_pages", str(len(document)))
        pages = [list(_lines(document, number)) for number in range(len(document))]
        title = str(document.get_metadata_value("Title") or "").strip()
    finally:
        document.close()
    pages = _converted(pages)
    if sum(len(line.text) for page in pages for line in page) < _SCANNED * len(pages):
        raise Unreadable("scan")
    kept = [line for page in _without_running_heads(pages) for line in page]
    written = (line.text for page in pages for line in page)
    return ReadDocument(encodings.clean(title), tuple(lines.blocks(kept)), len(pages), capitals=capitals(written))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        raise Unreadable("encrypted" if "password" in str(problem).lower() else "broken") from problem


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """An unreadable page among others is passed over."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    try:
        yield from _page_lines(text_page, number + 1)
    finally:
        text_page.close()
        page.close()


def _page_lines(text_page: pypdfium2.PdfTextPage, number: int) -> Iterator[Line]:
    raw = text_page.get_text_range()
    at = 0
    gap = False
    for piece in raw.split("\r\n"):
        text = _DIVIDING.sub("-", _DIVIDED.sub("", piece)).strip()
        if text:
            first = at + len(piece) - len(piece.lstrip())
            size = round(pdfium.FPDFText_GetFontSize(text_page, first) * 2) / 2
            yield Line(legacy.in_font(text, _font(text_page, first)), number, size, gap)
        gap = not text
        at += len(piece) + 2


def _font(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    size = pdfium.FPDFText_GetFontInfo(text_page, index, buffer, len(buffer), ctypes.byref(flags))
    name = buffer.raw[: max(0, min(size, len(buffer)) - 1)].decode("utf-8", "replace")
    # an embedded part of a font is called "ABCDEF+Name"
    return name.split("+", 1)[-1]


def _converted(pages: list[list[Line]]) -> list[list[Line]]:
    text = "\n".join(line.text for page in pages for line in page)
    old = legacy.found(text)
    found: list[list[Line]] = []
    for page in pages:
        found.append([])
        for line in page:
            plain = encodings.clean(legacy.convert(line.text, old) if old else line.text)
            plain = " ".join(plain.split())
            if plain:
                found[-1].append(Line(plain, line.page, line.size, line.gap))
    return found


def _without_running_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """Without what repeats at the edge of most pages, digits aside, and without lone page numbers there."""
    seen = Counter(_form(line) for page in pages for line in _edges(page))
    often = max(3, int(len(pages) * 0.6))
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        yield [
            line
            for line in page
            if id(line) not in edges or not (_PAGE_NUMBER.fullmatch(line.text) or seen[_form(line)] >= often)
        ]


def _edges(page: list[Line]) -> list[Line]:
    if len(page) <= 2 * _EDGE:
        return [line for line in (page[:1] + page[1:][-1:]) if len(line.text) < 120]
    return [line for line in page[:_EDGE] + page[-_EDGE:] if len(line.text) < 120]


def _form(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())
