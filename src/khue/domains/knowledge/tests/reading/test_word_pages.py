"""On which page a paragraph of a Word file begins."""

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement

from khue.domains.knowledge.reading.readers.word_pages import Pages


def pages(document):
    found = Pages.of(document.element.body)
    return [found.at(paragraph._p) for paragraph in document.paragraphs], found.count


@pytest.fixture
def document():
    made = docx.Document()
    for text in ("An", "Bình", "Chi"):
        made.add_paragraph(text)
    return made


def laid_out(run, at=0):
    run._r.insert(at, OxmlElement("w:lastRenderedPageBreak"))


def test_nothing_tells_of_pages(document):
    assert pages(document) == ([None, None, None], None)


def test_breaks_set_by_hand(document):
    document.paragraphs[0].add_run().add_break(WD_BREAK.PAGE)
    document.paragraphs[2].paragraph_format.page_break_before = True
    assert pages(document) == ([1, 2, 3], 3)


def test_a_break_of_a_line_is_no_break_of_a_page(document):
    document.paragraphs[0].add_run().add_break()
    document.paragraphs[1].paragraph_format.page_break_before = False
    assert pages(document) == ([None, None, None], None)


def test_what_word_laid_out_counts_and_breaks_by_hand_do_not_count_twice(document):
    document.paragraphs[0].add_run().add_break(WD_BREAK.PAGE)
    laid_out(document.paragraphs[1].runs[0])
    assert pages(document) == ([1, 2, 2], 2)


def test_a_paragraph_that_goes_over_to_the_next_page_begins_on_its_own(document):
    laid_out(document.paragraphs[1].add_run(" đi tiếp"))
    assert pages(document) == ([1, 1, 2], 2)
