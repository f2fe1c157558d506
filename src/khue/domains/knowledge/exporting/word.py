"""DOCX: unsupported sentences stand in amber with the words that say so."""

from io import BytesIO

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from khue.domains.knowledge.exporting import classes
from khue.domains.knowledge.exporting.transcript import Answer, Transcript

JADE = RGBColor(0x1F, 0x6F, 0x63)
AMBER = RGBColor(0x8A, 0x5A, 0x00)
GREY = RGBColor(0x56, 0x60, 0x5F)


def word(transcript: Transcript) -> bytes:
    document = new_document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    document.core_properties.title = transcript.title
    document.core_properties.author = "Khuê"
    _stamp(document, transcript)
    document.add_heading(transcript.title, level=0)
    for answer in transcript.answers:
        _add(document, answer)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _stamp(document: Document, transcript: Transcript) -> None:
    """On every page, and where programs look."""
    document.core_properties.category = classes.stamp(transcript.data_class)
    document.core_properties.keywords = f"data-class:{classes.mark(transcript.data_class)}"
    section = document.sections[0]
    for part, text in ((section.header, classes.stamp), (section.footer, classes.rule)):
        paragraph = part.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if part is section.header else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(text(transcript.data_class))
        run.font.size, run.font.color.rgb = Pt(10), GREY


def _add(document: Document, answer: Answer) -> None:
    document.add_heading(answer.question, level=1)
    _small(document, date_format(localtime(answer.asked_at), "SHORT_DATETIME_FORMAT"))
    paragraph = document.add_paragraph("" if answer.sentences else answer.note)
    for sentence in answer.sentences:
        run = paragraph.add_run(sentence.text)
        for number in sentence.numbers:
            mark = paragraph.add_run(f"[{number}]")
            mark.font.superscript, mark.font.color.rgb = True, JADE
        if not sentence.supported:
            run.font.color.rgb = AMBER
            paragraph.add_run(f" ({_('not backed by a source')})").font.color.rgb = AMBER
        paragraph.add_run(" ")
    for citation in answer.citations:
        page = ", " + _("page %(page)s") % {"page": citation.page} if citation.page else ""
        _small(document, f"[{citation.number}] {citation.title}{page}: “{citation.quote}”")
    if answer.model:
        _small(document, _("Model: %(name)s") % {"name": answer.model})


def _small(document: Document, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(10), GREY
