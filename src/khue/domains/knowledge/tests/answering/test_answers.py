"""From the question to the stored, checked answer, with model servers that behave as the real ones."""

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.utils import translation

from khue.domains.knowledge.actions import answers, writing
from khue.domains.knowledge.models import Conversation, Document, Exchange
from khue.gateway.api import calls

FEE = "Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"


def answered(by, question, **more):
    exchange = answers.begin(by=by, question=question, **more)
    return list(answers.stream(exchange_id=exchange.pk, by=by)), Exchange.objects.get(pk=exchange.pk)


@pytest.fixture
def model(model_server):
    model_server.answers = ["Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng."]
    return model_server


def test_evidence_is_stored_before_any_model_is_asked(books, an, model):
    exchange = answers.begin(by=an, question=FEE)
    first = exchange.evidence[0]
    assert (first["n"], first["title"]) == (1, "Cấp hộ chiếu")
    assert first["quote"] == "Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng."
    text = Document.objects.get(pk=first["document"]).body.text
    assert text[first["start"] : first["end"]] == first["quote"]
    assert exchange.status == "answering"
    assert exchange.timings["evidence_ms"] > 0
    assert model.requests == []


def test_an_answer_streams_is_checked_and_stored_as_shown(books, an, model):
    events, exchange = answered(an, FEE)
    assert "".join(e.text for e in events if isinstance(e, answers.Piece)) == model.answers[0]
    assert isinstance(events[-1], answers.Finished)
    checked = [e for e in events if isinstance(e, answers.SentenceChecked)]
    assert [c.position for c in checked] == list(range(len(checked)))
    assert [s["text"] for s in exchange.sentences] == [c.text for c in checked]
    assert exchange.sentences[0]["supported"]
    citation = exchange.sentences[0]["citations"][0]
    assert set(citation) == {"document", "title", "page", "quote", "start", "end", "n"}
    assert citation["n"] == 1
    assert exchange.status == "answered"
    assert exchange.model == "fake"
    assert exchange.ledger_id in {call.id for call in calls()}
    assert exchange.timings["first_token_ms"] <= exchange.timings["total_ms"]


def test_a_sentence_that_no_source_states_is_marked_with_the_reason(books, an, model):
    model.answers = ["Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng. Lệ phí cấp hộ chiếu phổ thông là 350.000 đồng."]
    _, exchange = answered(an, FEE)
    assert [s["supported"] for s in exchange.sentences][:2] == [True, False]
    assert "350.000" in exchange.sentences[1]["reason"]
    assert exchange.sentences[1]["citations"] == []


def test_an_answer_without_any_support_gives_way_to_quotations(books, an, model):
    model.answers = ["Lệ phí cấp hộ chiếu phổ thông là 350.000 đồng."]
    _, exchange = answered(an, FEE)
    assert "350.000" not in exchange.answer
    assert "200.000 đồng" in exchange.answer
    assert all(s["supported"] and s["quoted"] for s in exchange.sentences)


def test_a_question_that_the_library_does_not_answer_gets_no_answer(books, an, model):
    events, exchange = answered(an, "Đỉnh núi cao nhất châu Phi tên là gì?")
    assert exchange.abstained
    assert exchange.sentences == []
    assert exchange.evidence, "the nearest passages are shown"
    assert model.requests == [], "no model is asked to guess"
    assert events[-1].exchange.status == "answered"


def test_it_says_so_in_the_language_of_the_question(books, an, model):
    _, english = answered(an, "Which mountain is the highest of all Africa?")
    assert english.language == "en"
    assert english.answer.startswith("The documents that you may read")


def test_without_a_model_the_documents_speak_for_themselves(books, an, no_model):
    _, exchange = answered(an, FEE)
    assert exchange.sentences[0]["text"] == "Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng."
    assert exchange.sentences[0]["quoted"]
    assert exchange.model == ""
    assert exchange.status == "answered"


def test_without_embeddings_words_alone_find_the_evidence(books, an, model, embedding_server):
    embedding_server.failure = "refuse"
    _, exchange = answered(an, FEE)
    assert exchange.sentences[0]["supported"]


def test_a_follow_up_is_completed_from_what_went_before(books, an, model):
    first = answers.begin(by=an, question="Hồ sơ cấp hộ chiếu phổ thông gồm gì?")
    list(answers.stream(exchange_id=first.pk, by=an))
    second = answers.begin(by=an, question="Còn lệ phí?", conversation_id=first.conversation_id)
    assert second.position == 1
    assert "hộ chiếu" in second.searched
    assert second.evidence[0]["title"] == "Cấp hộ chiếu"


def test_a_short_question_about_something_else_is_asked_alone(books, an, model):
    first = answers.begin(by=an, question="Hộ chiếu phổ thông có giá trị mấy năm?")
    other = answers.begin(by=an, question="annual leave of a lecturer", conversation_id=first.conversation_id)
    assert not other.abstained and other.searched == ""
    assert "annual leave" in other.evidence[0]["quote"]


def test_stopping_keeps_what_was_written(books, an, model):
    model.answers = ["Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng. Hồ sơ gồm tờ khai theo mẫu TK01. Và còn nữa."]
    exchange = answers.begin(by=an, question=FEE)
    stream = answers.stream(exchange_id=exchange.pk, by=an)
    for event in stream:
        if isinstance(event, answers.SentenceChecked):
            break
    stream.close()
    exchange.refresh_from_db()
    assert exchange.status == "stopped"
    assert exchange.answer.startswith("Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng.")


@pytest.mark.parametrize("failure", ["die", "refuse", "malformed"])
def test_a_model_that_fails_leaves_a_message_and_the_next_question_works(books, an, model, failure):
    model.failure = failure
    events, exchange = answered(an, FEE)
    assert isinstance(events[-1], answers.Failed)
    assert exchange.status == "failed"
    assert exchange.error == events[-1].message
    assert exchange.evidence
    model.failure = ""
    _, again = answered(an, FEE, conversation_id=exchange.conversation_id)
    assert again.status == "answered"


def test_what_was_written_before_the_model_died_is_kept(books, an, model):
    model.failure = "die"
    events, exchange = answered(an, FEE)
    written = "".join(e.text for e in events if isinstance(e, answers.Piece))
    assert written
    assert exchange.answer == written.strip()


def test_a_database_that_goes_away_for_a_moment_loses_nothing(books, an, model, monkeypatch):
    monkeypatch.setattr(writing, "PAUSE_S", 0.01)
    exchange = answers.begin(by=an, question=FEE)
    stream = answers.stream(exchange_id=exchange.pk, by=an)
    events = [next(stream)]
    away = iter([OperationalError("server closed the connection"), OperationalError("starting up")])
    save = Exchange.save

    def unreachable(self, *args, **kwargs):
        for error in away:
            raise error
        save(self, *args, **kwargs)

    monkeypatch.setattr(Exchange, "save", unreachable)
    events += stream
    assert isinstance(events[-1], answers.Finished)
    assert Exchange.objects.get(pk=exchange.pk).status == "answered"


def test_trying_again_forgets_the_failure(books, an, model):
    model.failure = "die"
    _, failed = answered(an, FEE)
    model.failure = ""
    fresh = answers.again(by=an, exchange_id=failed.pk)
    assert (fresh.status, fresh.error, fresh.sentences) == ("answering", "", [])
    list(answers.stream(exchange_id=failed.pk, by=an))
    failed.refresh_from_db()
    assert failed.status == "answered"


def test_an_answer_that_nobody_writes_any_more_is_said_to_have_failed(books, an, model):
    from datetime import timedelta

    from django.utils import timezone

    left = answers.begin(by=an, question=FEE)
    Exchange.objects.filter(pk=left.pk).update(updated_at=timezone.now() - timedelta(hours=1))
    answers.begin(by=an, question="Còn thời hạn?", conversation_id=left.conversation_id)
    left.refresh_from_db()
    assert left.status == "failed"
    assert left.error


def test_nobody_asks_in_the_conversation_of_another(books, an, chi, model):
    exchange = answers.begin(by=an, question=FEE)
    with pytest.raises(Conversation.DoesNotExist):
        answers.begin(by=chi, question="Còn lệ phí?", conversation_id=exchange.conversation_id)
    with pytest.raises(Exchange.DoesNotExist):
        list(answers.stream(exchange_id=exchange.pk, by=chi))


def test_another_academy_gets_nothing_of_these_documents(books, chi, model):
    _, exchange = answered(chi, FEE)
    assert exchange.evidence == []
    assert exchange.abstained
    assert model.requests == []


def test_a_document_deleted_meanwhile_is_not_quoted(books, an, model):
    exchange = answers.begin(by=an, question=FEE)
    Document.objects.all().delete()
    events = list(answers.stream(exchange_id=exchange.pk, by=an))
    assert isinstance(events[-1], answers.Failed)
    assert model.requests == []


def test_the_call_carries_the_highest_class_of_the_evidence(books, an, model):
    Document.objects.filter(title="Cấp hộ chiếu").update(data_class=2)
    _, exchange = answered(an, FEE)
    assert exchange.conversation.data_class == 2
    assert {call.data_class for call in calls() if call.id == exchange.ledger_id} == {2}


def test_what_the_model_did_not_read_is_named(books, an, model):
    _, exchange = answered(an, FEE)
    assert exchange.left_out
    read = model.requests[-1]["messages"][-1]["content"]
    for item in exchange.left_out:
        assert item["title"]
        passage = next(e for e in exchange.evidence if e["passage"] == item["passage"])
        assert passage["quote"] not in read
    told = {item["passage"] for item in exchange.left_out}
    assert all(e["quote"] in read for e in exchange.evidence if e["passage"] not in told)


def test_what_has_been_answered_is_not_answered_again(books, an, model):
    _, exchange = answered(an, FEE)
    asked = len(model.requests)
    [event] = answers.stream(exchange_id=exchange.pk, by=an)
    assert isinstance(event, answers.Finished)
    assert len(model.requests) == asked


def test_the_line_under_the_answer_says_what_left(books, an, model, settings):
    settings.KHUE_MODEL_ZONE = "country"
    Document.objects.update(data_class=0)
    _, exchange = answered(an, FEE)
    assert (exchange.zone, exchange.not_sent) == ("country", "")
    with translation.override("en"):
        line = render_to_string("knowledge/ask/_line.html", {"exchange": exchange})
    assert "a server in the country" in line and "question and passages were sent" in line
    assert "no data sent out" not in line


def test_an_answer_of_this_machine_says_that_nothing_was_sent(books, an, no_model):
    _, exchange = answered(an, FEE)
    with translation.override("en"):
        line = render_to_string("knowledge/ask/_line.html", {"exchange": exchange})
    assert "Answered on this machine, no data sent out" in line


def test_where_the_policy_lets_no_model_have_it_the_documents_speak_for_themselves(books, an, model, settings):
    settings.KHUE_MODEL_ZONE = "abroad"
    Document.objects.update(data_class=2)
    events, exchange = answered(an, FEE)
    assert isinstance(events[-1], answers.Finished)
    assert exchange.status == "answered" and exchange.not_sent
    assert exchange.sentences[0]["quoted"] and exchange.model == ""
    assert model.requests == []
