"""A brief on paper."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from khue.kernel import clock
from khue.ui import typesetting

TEMPLATE = Path(__file__).parent / "brief.typ"
FACE = "Times New Roman"
Body = Mapping[str, Any]


def pdf(body: Body) -> bytes:
    return typesetting.pdf(TEMPLATE, body, at=clock.now())


def docx(body: Body) -> bytes:
    made = Document()
    _styled(made, body)
    made.add_heading(body["title"], 0)
    made.add_paragraph(f"{body['place']}, {body['date']}")
    for section in body["sections"]:
        _section(made, section["heading"], section["text"])
    if body["options"]:
        made.add_heading(body["options_heading"], 1)
        for option in body["options"]:
            _option(made, option, body["labels"], "\u00a0: " if body["language"] == "fr" else ": ")
    _section(made, body["closing"]["heading"], body["closing"]["text"])
    made.add_heading(body["sources_heading"], 1)
    for line in body["sources"]:
        made.add_paragraph(line, style="List Bullet")
    made.add_paragraph(body["note"]).runs[0].italic = True
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _styled(made: DocxDocument, body: Body) -> None:
    made.core_properties.title = body["title"]
    made.core_properties.language = body["language"]
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        style = made.styles[name]
        style.font.name = FACE
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    made.styles["Normal"].font.size = Pt(13)


def _section(made: DocxDocument, heading: str, pieces: list[Body]) -> None:
    if pieces:
        made.add_heading(heading, 1)
        _paragraphs(made, pieces)


def _option(made: DocxDocument, option: Mapping[str, list[Body]], labels: Mapping[str, str], colon: str) -> None:
    made.add_heading("".join(piece["text"] for piece in option.get("name", [])) or "–", 2)
    for part, label in labels.items():
        if option.get(part):
            line = made.add_paragraph()
            line.add_run(f"{label}{colon}").bold = True
            _runs(line, option[part])


def _paragraphs(made: DocxDocument, pieces: list[Body]) -> None:
    line = made.add_paragraph()
    for piece in pieces:
        first, *others = piece["text"].split("\n")
        _runs(line, [{**piece, "text": first}])
        for text in others:
            line = made.add_paragraph()
            _runs(line, [{**piece, "text": text}])


def _runs(line: Any, pieces: list[Body]) -> None:
    """A bound figure has the number of its step after it; an unbound one is highlighted and has a question mark."""
    for piece in pieces:
        run = line.add_run(piece["text"])
        if piece["kind"] == "bound":
            line.add_run(f"[{piece['step']}]").font.superscript = True
        elif piece["kind"] == "unbound":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            line.add_run("[?]").font.superscript = True


FORMS: Mapping[str, tuple[str, Callable[[Body], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
    "pdf": ("application/pdf", pdf),
}
