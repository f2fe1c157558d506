"""Any DOCX as paragraphs with the formatting that applies to them, wherever it was said."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document as open_docx
from docx.oxml.ns import qn

from khue.domains.drafting.nd30.formats import Formats, ParagraphFormat, RunFormat
from khue.domains.drafting.nd30.lists import Lists
from khue.domains.drafting.nd30.parting import parted

MOST_PARAGRAPHS = 20_000
MOST_OCTETS = 200 * 1024 * 1024
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class UnreadableDocument(ValueError):
    """`reason`: "broken", "old", "macros", "locked", "too-large", "scanned", "empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Piece:
    """A run: its text and how it looks."""

    element: Any
    text: str
    format: RunFormat


@dataclass
class Paragraph:
    """`text` is what can be read, with the number that a list gives it. `cell`: table, row and column of the innermost
    table; `depth`: how many tables it stands in; `boxed`: in a text box; `goes_on`:
    a line of the paragraph before, broken by hand. `draws`: has a drawing; `length`: of that
    line, in millimetres."""

    element: Any
    number: int
    text: str
    pieces: list[Piece]
    format: ParagraphFormat
    mark: str = ""
    cell: tuple[int, int, int] | None = None
    width: float = 0
    depth: int = 0
    boxed: bool = False
    goes_on: bool = False
    length: float | None = None
    section: int = 0
    role: str = ""
    rule: "Paragraph | None" = None

    @property
    def where(self) -> str:
        """ "¶12 (table 1, row 1, cell 2)": for people to find."""
        place = f"¶{self.number}"
        if self.cell:
            place += " [{}.{}.{}]".format(*(part + 1 for part in self.cell))
        words = " ".join(self.text.split())
        return f"{place}: {words[:60]}{'…' if len(words) > 60 else ''}" if words else place

    @property
    def said(self) -> list[Piece]:
        """The runs with something to see."""
        return [piece for piece in self.pieces if piece.text.strip()]


@dataclass
class Reading:
    document: Any
    paragraphs: list[Paragraph]
    formats: Formats
    tracked: bool = False
    boxes: int = 0
    sections: list[Any] = field(default_factory=list)
    # letters and marks written one after the other, not as one character
    parted: bool = False


def read(octets: bytes) -> Reading:
    """Raises UnreadableDocument."""
    _check_package(octets)
    try:
        document = open_docx(io.BytesIO(octets))
    except Exception as problem:
        raise UnreadableDocument("broken") from problem
    formats = Formats(document)
    walk = _Walk(document, formats)
    found = list(walk.paragraphs())
    if not any(paragraph.text.strip() for paragraph in found):
        raise UnreadableDocument("scanned" if walk.pictures else "empty")
    return Reading(document, found, formats, walk.tracked, walk.boxes, list(document.sections), walk.parted)


def _check_package(octets: bytes) -> None:
    if octets[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableDocument("old")
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as box:
            names = box.infolist()
    except zipfile.BadZipFile as problem:
        raise UnreadableDocument("broken") from problem
    if any("vbaProject" in one.filename for one in names):
        raise UnreadableDocument("macros")
    if any(one.flag_bits & 1 for one in names):
        raise UnreadableDocument("locked")
    if sum(one.file_size for one in names) > MOST_OCTETS:
        raise UnreadableDocument("too-large")
    if not any(one.filename == "word/document.xml" for one in names):
        raise UnreadableDocument("broken")


class _Walk:
    def __init__(self, document: Any, formats: Formats) -> None:
        self.body = document.element.body
        self.formats = formats
        self.lists = Lists(document)
        self.tracked = False
        self.parted = False
        self.pictures = 0
        self.boxes = 0
        self.tables = -1
        self.count = 0
        self.section = 0

    def paragraphs(self) -> Iterator[Paragraph]:
        yield from self._inside(self.body, None, 0, 0.0)

    def _inside(
        self, parent: Any, cell: tuple[int, int, int] | None, depth: int, width: float, boxed: bool = False
    ) -> Iterator[Paragraph]:
        for child in list(parent):
            if child.tag == qn("w:p"):
                for number, line in enumerate(parted(child)):
                    yield from self._paragraph(line, cell, depth, width, boxed, goes_on=number > 0)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child, depth)
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}:
                self.tracked |= child.tag in {qn("w:ins"), qn("w:moveTo")}
                yield from self._inside(child, cell, depth, width, boxed)

    def _table(self, table: Any, depth: int) -> Iterator[Paragraph]:
        self.tables += 1
        number = self.tables
        columns = [int(each.get(qn("w:w")) or 0) for each in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
        for row_number, row in enumerate(table.iterfind(qn("w:tr"))):
            for column, cell in enumerate(row.iterfind(qn("w:tc"))):
                own = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
                wide = int(own.get(qn("w:w")) or 0) if own is not None and own.get(qn("w:type")) == "dxa" else 0
                wide = wide or (columns[column] if column < len(columns) else 0)
                yield from self._inside(cell, (number, row_number, column), depth + 1, wide * 25.4 / 1440)

    def _paragraph(
        self, element: Any, cell: tuple[int, int, int] | None, depth: int, width: float, boxed: bool, goes_on: bool
    ) -> Iterator[Paragraph]:
        self.count += 1
        if self.count > MOST_PARAGRAPHS:
            raise UnreadableDocument("too-large")
        boxes: list[Any] = []
        lengths: list[float] = []
        pieces = list(self._pieces(element, boxes, lengths))
        mark = self.lists.mark(element, self.formats)
        text = "".join(piece.text for piece in pieces)
        yield Paragraph(
            element=element,
            number=self.count,
            text=f"{mark} {text}" if mark and text.strip() else text,
            pieces=pieces,
            format=self.formats.paragraph(element),
            mark=mark,
            cell=cell,
            width=width,
            depth=depth,
            boxed=boxed,
            goes_on=goes_on,
            length=max(lengths) if lengths else None,
            section=self.section,
        )
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            self.section += 1
        for box in boxes:
            self.boxes += 1
            yield from self._inside(box, cell, depth, width, boxed=True)

    def _pieces(self, element: Any, boxes: list[Any], lengths: list[float]) -> Iterator[Piece]:
        paragraph = element
        for run in self._runs(element):
            written = "".join(self._texts(run, boxes, lengths))
            text = unicodedata.normalize("NFC", written)
            self.parted |= text != written
            if text:
                yield Piece(run, text, self.formats.run(run, paragraph))

    def _runs(self, element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag == qn("w:r"):
                yield child
            elif child.tag in {qn("w:del"), qn("w:moveFrom")}:
                self.tracked = True
            elif child.tag in {qn("w:ins"), qn("w:moveTo")}:
                self.tracked = True
                yield from self._runs(child)
            elif child.tag in {qn("w:hyperlink"), qn("w:sdt"), qn("w:sdtContent"), qn("w:smartTag"), qn("w:fldSimple")}:
                yield from self._runs(child)

    def _texts(self, run: Any, boxes: list[Any], lengths: list[float]) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == qn("w:t"):
                yield child.text or ""
            elif tag == qn("w:tab"):
                yield "\t"
            elif tag in {qn("w:br"), qn("w:cr")} and child.get(qn("w:type")) != "page":
                yield "\n"
            elif tag == qn("w:noBreakHyphen"):
                yield "-"
            elif tag in {qn("w:drawing"), qn("w:pict"), f"{MC}AlternateContent", qn("w:object")}:
                self._drawing(child, boxes, lengths)

    def _drawing(self, element: Any, boxes: list[Any], lengths: list[float]) -> None:
        """Of what a newer program understands and an older one sees instead, only the first is read."""
        if element.tag == f"{MC}AlternateContent":
            for choice in element.iterfind(f"{MC}Choice"):
                for child in choice:
                    self._drawing(child, boxes, lengths)
                return
            return
        found = list(element.iter(qn("w:txbxContent")))
        boxes += found
        if found:
            return
        if any(True for _ in element.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic")):
            self.pictures += 1
            return
        extent = next(
            element.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"), None
        )
        if extent is not None:
            lengths.append(int(extent.get("cx") or 0) / 36_000)
        elif any(True for _ in element.iter("{urn:schemas-microsoft-com:vml}imagedata")):
            self.pictures += 1
        else:
            lengths.append(0.0)
