"""What a person takes along says as much about trust as the page did."""

from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from docx import Document
from docx.shared import RGBColor

from khue.domains.knowledge.exporting import markdown, transcript, word
from khue.gateway.classes import DataClass


@pytest.fixture
def asked():
    citation = {"n": 1, "document": "d", "title": "Quy chế *mới*", "page": 3, "quote": "60 ngày", "start": 0, "end": 7}
    return transcript(
        "Khai sinh",
        [
            SimpleNamespace(
                question="Mất bao lâu?",
                created_at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC),
                sentences=[
                    {"text": "Trong 60 ngày.", "supported": True, "citations": [citation]},
                    {"text": "Nhận ngay.", "supported": False, "citations": []},
                ],
                abstained=False,
                answer="Trong 60 ngày. Nhận ngay.",
                error="",
                model="qwen",
                data_class=0,
            )
        ],
        DataClass.INTERNAL,
    )


def test_markdown_marks_the_sentence_without_a_source(asked):
    with override("en"):
        text = markdown(asked)
    assert "Trong 60 ngày.[1]" in text
    assert "Nhận ngay. **(not backed by a source)**" in text


def test_markdown_lists_each_source_once_with_page_and_quote(asked):
    with override("en"):
        assert "- [1] Quy chế \\*mới\\*, page 3: “60 ngày”" in markdown(asked)


def test_word_keeps_diacritics_and_colours_what_is_not_backed(asked):
    with override("en"):
        document = Document(BytesIO(word(asked)))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    amber = [run.text for run in runs if run.font.color and run.font.color.rgb == RGBColor(0x8A, 0x5A, 0x00)]
    assert amber == ["Nhận ngay.", " (not backed by a source)"]
    assert any(run.text == "Trong 60 ngày." for run in runs)


def test_markdown_carries_its_class_at_both_ends_and_for_programs(asked):
    with override("en"):
        lines = markdown(asked).splitlines()
    assert lines[:3] == ["---", "data-class: internal", "---"]
    assert "**Data class: Internal**. For use inside the institution; do not publish or pass on." in lines
    assert lines[-1] == "**Data class: Internal**"


def test_word_carries_its_class_on_every_page_and_for_programs(asked):
    with override("en"):
        document = Document(BytesIO(word(asked)))
    [section] = document.sections
    assert section.header.paragraphs[0].text == "Data class: Internal"
    assert section.footer.paragraphs[0].text.startswith("For use inside the institution")
    assert document.core_properties.keywords == "data-class:internal"


def test_the_class_is_the_highest_of_all_that_took_part(asked):
    risen = SimpleNamespace(
        question="?", created_at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC), sentences=[], abstained=False, answer="x",
        error="", model="", data_class=2,
    )  # fmt: skip
    assert transcript("Khai sinh", [risen], DataClass.PUBLIC).data_class == DataClass.CONFIDENTIAL


def test_an_abstention_is_exported_as_it_was_read():
    exchange = SimpleNamespace(
        question="?",
        created_at=datetime(2026, 3, 5, tzinfo=UTC),
        sentences=[],
        abstained=True,
        answer="Thư viện không có căn cứ.",
        error="",
        model="",
        data_class=0,
    )
    assert "Thư viện không có căn cứ." in markdown(transcript("t", [exchange], DataClass.PUBLIC))


HOSTILE = "Xem ![x](https://evil.example/?q=An) [đây](https://evil.example) hoặc www.evil.example, gửi a@evil.example"


def hostile():
    citation = {"n": 1, "title": HOSTILE, "page": None, "quote": "Nộp tại https://cong.example/a", "document": "d"}
    text = f"{HOSTILE} https://cong.example/a"
    exchange = SimpleNamespace(
        question=HOSTILE,
        created_at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC),
        sentences=[{"text": text, "supported": True, "citations": [citation]}],
        abstained=False,
        answer="",
        error="",
        model="qwen",
        data_class=0,
    )
    return transcript(HOSTILE, [exchange], DataClass.PUBLIC)


def test_in_markdown_only_the_address_of_a_source_is_a_link():
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark").render(markdown(hostile()).partition("Sources:")[0])
    assert "<img" not in html
    assert html.count("<a ") == 1 and 'href="https://cong.example/a"' in html
    # programs that make links by themselves find none to make
    assert "evil.example" in html
    assert not [made for made in ("https://evil", "www.evil", "a@evil") if made in markdown(hostile())]


def test_word_holds_no_link_and_no_picture():
    parts = Document(BytesIO(word(hostile()))).part.rels.values()
    assert not [part for part in parts if part.is_external or "image" in part.reltype]
