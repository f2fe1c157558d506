"""A conversation as it is given away: all of it, the person's own alone."""

from khue.domains.knowledge.actions import answers
from khue.domains.knowledge.models import Exchange
from khue.domains.knowledge.queries.artefacts import Conversations
from khue.domains.knowledge.tests.answering.conftest import books  # noqa: F401
from khue.gateway.api import entry

KIND = Conversations()
FEE = "Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"


def asked(by, question):
    exchange = answers.begin(by=by, question=question)
    list(answers.stream(exchange_id=exchange.pk, by=by))
    return Exchange.objects.get(pk=exchange.pk)


def test_it_holds_questions_answers_citations_and_the_ledgers_entries(books, an, model_server):  # noqa: F811
    model_server.answers = ["Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng."]
    exchange = asked(an, FEE)
    frozen = KIND.frozen(an.person_id, [exchange.conversation_id])[exchange.conversation_id]
    (one,) = frozen.body["exchanges"]
    assert (one["question"], one["model"], one["found"]) == (FEE, "fake", {})
    assert one["sentences"][0]["citations"][0]["quote"] == "Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng."
    (call,) = frozen.ledger
    assert call["seq"] == entry(exchange.ledger_id).seq and call["outcome"] == "done"


def test_personal_data_in_a_question_is_counted_and_not_repeated(books, an, no_model):  # noqa: F811
    exchange = asked(an, "Ông Nguyễn Văn Hùng, số 001087654321, nộp lệ phí hộ chiếu bao nhiêu?")
    frozen = KIND.frozen(an.person_id, [exchange.conversation_id])[exchange.conversation_id]
    assert "person" in frozen.body["exchanges"][0]["found"]


def test_somebody_elses_is_not_there(books, an, binh, no_model):  # noqa: F811
    exchange = asked(an, FEE)
    assert KIND.frozen(binh.person_id, [exchange.conversation_id]) == {}
    assert KIND.made_by(binh.person_id) == [] and len(KIND.made_by(an.person_id)) == 1
