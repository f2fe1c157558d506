"""DOCX: headings, numbered paragraphs, tables and notes in document order."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from khue.domains.knowledge.reading import encodings, legacy, limits, tables
from khue.domains.knowledge.reading.blocks import Block, ReadDocument, Unreadable
from khue.domains.knowledge.reading.capitals import capitals
from khue.domains.knowledge.reading.readers.word_pages import Pages
from khue.domains.knowledge.reading.readers.word_styles import Numbering, Styles, parsed, q, value

# what stands inside a paragraph without belonging to its text
_SKIPPED = frozenset({q("del"), q("moveFrom"), q("pPr"), q("instrText"), q("txbxContent"), q("rPr")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LAYOUT = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI|Nơi nhận|ĐẢNG CỘNG SẢN|Độc lập\s*-\s*Tự do", re.IGNORECASE)
# lines of the head of an administrative document are often set in heading styles and head nothing
_FRAME = re.compile(r"Số\s*:|CỘNG H[OÒ][AÀ] XÃ|Độc lập\s*-|[\w\s.]{2,40}, ngày\s|\W*$|CHÍNH PHỦ$", re.IGNORECASE)


def read(content: bytes) -> ReadDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            limits.check_archive(archive)
            return _read(archive)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, EOFError, OSError) as problem:
        raise Unreadable("broken") from problem
    except RuntimeError as problem:
        raise Unreadable("encrypted" if "password" in str(problem) else "broken") from problem


def _read(archive: zipfile.ZipFile) -> ReadDocument:
    names = set(archive.namelist())
    body = parsed(archive.read("word/document.xml")).find(q("body"))
    if body is None:
        raise Unreadable("broken")
    walk = _Walk(Styles.of(archive, names), Numbering.of(archive, names), _notes(archive, names), Pages.of(body))
    walk.visit(body)
    found = tuple(_converted(walk.found))
    return ReadDocument(_title(archive, names), found, walk.pages.count, capitals=_capitals(archive, names))


def _capitals(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, ...]:
    """Of the text with its boxes, of headers and footers."""
    parts = [name for name in sorted(names) if re.fullmatch(r"word/(?:document|header\d*|footer\d*)\.xml", name)]
    written = (paragraph for part in parts for paragraph in parsed(archive.read(part)).iter(q("p")))
    return capitals(legacy.converted("".join(text.text or "" for text in one.iter(q("t")))) for one in written)


def _title(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "docProps/core.xml" not in names:
        return ""
    found = parsed(archive.read("docProps/core.xml")).findtext("{http://purl.org/dc/elements/1.1/}title")
    return " ".join(encodings.clean(legacy.converted(found or "")).split())


def _notes(archive: zipfile.ZipFile, names: set[str]) -> dict[tuple[str, str], etree._Element]:
    """Footnotes and endnotes by kind and number."""
    found = {}
    for kind in ("footnote", "endnote"):
        name = f"word/{kind}s.xml"
        if name in names:
            for note in parsed(archive.read(name)).findall(q(kind)):
                if value(note, "type") in {None, "normal"}:
                    found[kind, value(note, "id") or ""] = note
    return found


@dataclass
class _Walk:
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], etree._Element]
    pages: Pages
    found: list[Block] = field(default_factory=list)
    depth: int = 0

    def visit(self, parent: etree._Element) -> None:
        for child in parent.iterchildren():
            if child.tag == q("p"):
                self._paragraph(child)
            elif child.tag == q("tbl"):
                self._table(child)
            elif child.tag in {q("sdt"), q("sdtContent"), q("customXml"), q("ins"), q("moveTo")}:
                self.visit(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = self.styles.of_paragraph(paragraph)
        page = self.pages.at(paragraph)
        label = self.numbering.label(paragraph, style)
        notes: list[etree._Element] = []
        text = "".join(self._texts(paragraph, style, notes))
        for part in _parts(text):
            level = self.styles.heading_level(paragraph, style)
            if level and len(part) <= 300 and not _FRAME.match(part):
                self.found.append(Block.heading(label + part, level, page))
            else:
                rank = 1 if label.startswith("- ") else 0
                self.found.append(Block(label + part, "item" if label else "paragraph", page=page, rank=rank))
            label = ""
        for box in paragraph.iter(q("txbxContent")):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                self.visit(box)
        for note in notes:
            words = " ".join("".join(self._texts(p, "", [])) for p in note.iter(q("p"))).split()
            if words:
                self.found.append(Block(f"[{' '.join(words)}]", page=page, rank=1))

    def _texts(self, node: etree._Element, style: str, notes: list[etree._Element]) -> Iterator[str]:
        for child in node.iterchildren():
            if child.tag == q("r"):
                raw = "".join(self._run(child, notes))
                yield legacy.in_font(raw, self.styles.font(child, style)) if not raw.isascii() else raw
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != _FALLBACK:
                yield from self._texts(child, style, notes)

    def _run(self, run: etree._Element, notes: list[etree._Element]) -> Iterator[str]:
        for child in run.iterchildren():
            if child.tag == q("t"):
                yield child.text or ""
            elif child.tag in {q("br"), q("cr")}:
                yield "\n"
            elif child.tag in {q("tab"), q("ptab")}:
                yield "\t"
            elif child.tag == q("noBreakHyphen"):
                yield "-"
            elif child.tag in {q("footnoteReference"), q("endnoteReference")}:
                kind = etree.QName(child).localname.removesuffix("Reference")
                note = self.notes.get((kind, value(child, "id") or ""))
                notes += [note] if note is not None else []

    def _table(self, table: etree._Element) -> None:
        """A table of data as rows with their header; one that only arranges a page as its paragraphs."""
        if self.depth > 30:
            raise Unreadable("too_deep")
        grid = self._grid(table)
        if _is_data(grid):
            self.found += tables.blocks(grid, self.pages.at(table))
            return
        self.depth += 1
        for cell in table.iterchildren(q("tr"), q("sdt")):
            for inner in cell.iter(q("tc")):
                if next(inner.iterancestors(q("tbl"))) is table:
                    self.visit(inner)
        self.depth -= 1

    def _grid(self, table: etree._Element) -> list[list[str]]:
        """Cells by row; a merged cell counts for each place that it covers."""
        rows: list[list[str]] = []
        for row in table.iterchildren(q("tr")):
            cells: list[str] = []
            for cell in row.iterchildren(q("tc")):
                text = self._cell(cell)
                merge = cell.find(f"{q('tcPr')}/{q('vMerge')}")
                goes_on = merge is not None and value(merge, "val") != "restart"
                if goes_on and rows and len(cells) < len(rows[-1]):
                    text = rows[-1][len(cells)]
                span = cell.find(f"{q('tcPr')}/{q('gridSpan')}")
                wide = value(span, "val") if span is not None else "1"
                cells += [text] * (min(int(wide), 60) if wide and wide.isdigit() else 1)
            rows.append(cells)
        return rows

    def _cell(self, cell: etree._Element) -> str:
        paragraphs = (
            "".join(self._texts(paragraph, self.styles.of_paragraph(paragraph), [])) for paragraph in cell.iter(q("p"))
        )
        return " ".join(" ".join(paragraphs).split())


def _parts(text: str) -> Iterator[str]:
    """Manual line breaks divide a paragraph."""
    for line in text.split("\n"):
        if part := " ".join(line.split()):
            yield part


def _is_data(grid: list[list[str]]) -> bool:
    """At least two columns and two rows, a header of short names, and not the frame of an administrative document."""
    rows = [row for row in grid if any(row)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    text = " ".join(cell for row in rows[:2] for cell in row)
    if _LAYOUT.search(text) or _LAYOUT.search(" ".join(rows[-1])):
        return False
    filled = sum(1 for row in rows for cell in row if cell) / sum(map(len, rows))
    longest = max((len(cell) for cell in rows[0]), default=0)
    return filled > 0.4 and longest <= 200


def _converted(found: list[Block]) -> Iterator[Block]:
    """What no font gave away may still be old code: judged by the words."""
    old = legacy.found("\n".join(block.text for block in found))
    for block in found:
        text = encodings.clean(legacy.convert(block.text, old) if old else block.text).strip()
        # lines drawn with underscores or dots say nothing
        if any(letter.isalnum() for letter in text):
            yield Block(text, block.kind, block.level, block.page, rank=block.rank)
