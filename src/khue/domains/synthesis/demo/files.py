"""Invented reports as files: DOCX with page breaks, PDF by typst."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import docx
import typst
from docx.enum.text import WD_BREAK

_TYPST = """
#set page(paper: "a4", margin: 2cm)
#set text(size: 12pt, lang: "vi")
#let held = json(bytes(sys.inputs.held))
#for line in held.head [#align(center, text(weight: "bold", line)) #parbreak()]
#for (at, part) in held.parts.enumerate() {
  text(size: 14pt, weight: "bold")[#numbering("I.", at + 1) #part.heading]
  parbreak()
  for line in part.paragraphs [#line #parbreak()]
  if part.table.len() > 0 {
    [#part.caption #parbreak()]
    table(columns: (auto, 1fr, auto, auto, auto), ..part.table.flatten())
  }
}
"""


@dataclass
class Part:
    """A section; its table stands behind its first paragraph."""

    heading: str
    sentences: list[str]
    table: Sequence[Sequence[str]] = ()
    caption: str = ""

    @property
    def length(self) -> int:
        return sum(len(one) + 1 for one in self.sentences) + sum(len(cell) for row in self.table for cell in row)

    @property
    def paragraphs(self) -> Iterator[str]:
        for at in range(0, len(self.sentences), 4):
            yield " ".join(self.sentences[at : at + 4])


def written(head: Sequence[str], parts: Sequence[Part], pages: int, name: str) -> bytes:
    return _pdf(head, parts) if name.endswith(".pdf") else _word(head, parts, pages)


def _word(head: Sequence[str], parts: Sequence[Part], pages: int) -> bytes:
    document = docx.Document()
    for line in head:
        document.add_paragraph(line)
    share = sum(part.length for part in parts) / max(1, pages)
    on_page = 0
    for at, part in enumerate(parts):
        document.add_heading(f"{_roman(at + 1)}. {part.heading}", 1)
        for n, paragraph in enumerate(part.paragraphs):
            made = document.add_paragraph(paragraph)
            on_page += len(paragraph)
            if not n and part.table:
                _table(document, part)
            if on_page >= share:
                made.add_run().add_break(WD_BREAK.PAGE)
                on_page = 0
    octets = io.BytesIO()
    document.save(octets)
    return octets.getvalue()


def _table(document: "docx.document.Document", part: Part) -> None:
    document.add_paragraph(part.caption)
    table = document.add_table(len(part.table), len(part.table[0]))
    for cells, row in zip(table.rows, part.table, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text


def _roman(number: int) -> str:
    return ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"][number - 1]


def _pdf(head: Sequence[str], parts: Sequence[Part]) -> bytes:
    held = {
        "head": list(head),
        "parts": [
            {"heading": one.heading, "paragraphs": list(one.paragraphs), "caption": one.caption,
             "table": [list(row) for row in one.table]}
            for one in parts
        ],
    }  # fmt: skip
    made = typst.compile(_TYPST.encode(), sys_inputs={"held": json.dumps(held)}, format="pdf")
    assert isinstance(made, bytes)
    return made
