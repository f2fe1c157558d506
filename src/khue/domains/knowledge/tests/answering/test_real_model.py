"""The embedded model and the embedded vectors answer from a small library, in the language of the question."""

import pytest

from khue.domains.knowledge.actions import answers, indexing
from khue.domains.knowledge.models import Exchange
from khue.domains.knowledge.tests.answering.conftest import BIRTH, PASSPORT, REGULATION, RESIDENCE, add


@pytest.fixture
def shelf(transactional_db, an, library, real_embeddings, real_model):
    for title, text, language in [
        ("Đăng ký khai sinh", BIRTH, "vi"),
        ("Cấp hộ chiếu", PASSPORT, "vi"),
        ("Đăng ký thường trú", RESIDENCE, "vi"),
        ("Internal regulation on leave", REGULATION, "en"),
    ]:
        add(library, an, title, text, language)
    indexing.embed_waiting()


def answered(by, question):
    exchange = answers.begin(by=by, question=question)
    events = list(answers.stream(exchange_id=exchange.pk, by=by))
    return events, Exchange.objects.get(pk=exchange.pk)


@pytest.mark.parametrize(
    ("question", "language", "held"),
    [
        ("Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?", "vi", "200.000 đồng"),
        ("How many working days of annual leave does a lecturer have?", "en", "40 working days"),
    ],
)
def test_an_answer_is_worded_checked_and_cited(shelf, an, question, language, held):
    events, exchange = answered(an, question)
    assert any(isinstance(event, answers.Piece) for event in events)
    assert (exchange.status, exchange.abstained, exchange.language) == ("answered", False, language)
    assert held in exchange.answer
    assert all(s["supported"] for s in exchange.sentences if held in s["text"])
    assert exchange.model


@pytest.mark.parametrize("question", ["Đỉnh núi cao nhất châu Phi tên là gì?", "Who painted the Mona Lisa?"])
def test_what_the_library_does_not_hold_is_not_answered(shelf, an, question):
    _, exchange = answered(an, question)
    assert exchange.abstained
    assert exchange.evidence


def test_the_next_question_works_after_the_model_was_stopped(shelf, an):
    exchange = answers.begin(by=an, question="Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?")
    stream = answers.stream(exchange_id=exchange.pk, by=an)
    next(stream)
    stream.close()
    exchange.refresh_from_db()
    assert exchange.status == "stopped"
    _, following = answered(an, "Hộ chiếu phổ thông có giá trị mấy năm?")
    assert following.status == "answered"
