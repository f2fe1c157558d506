"""While others are answered: the place is said in words, the question keeps it, who leaves gives it back at once."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from khue.domains.knowledge.actions import answers
from khue.domains.knowledge.models import Exchange
from khue.domains.people.actions import accounts
from khue.domains.people.models import Person
from khue.gateway import api as gateway

FEE = "Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"


@pytest.fixture
def busy(books, model_server, settings):
    """The one place at the model is taken, until the stream is closed."""
    settings.KHUE_MODEL_SLOTS = 1
    model_server.answers = ["từ " * 400, "Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng."]
    model_server.delay_s = 0.02
    caller = gateway.Caller(uuid4(), None, tool="test")
    first = gateway.chat([gateway.Turn("user", "x")], caller=caller, data_class=gateway.DataClass.PUBLIC)
    next(iter(first))
    yield first
    first.close()
    with connection.cursor() as cursor:
        cursor.execute("truncate gateway_ticket, gateway_line")


def test_the_place_is_told_then_the_answer_comes(busy, an, model_server):
    exchange = answers.begin(by=an, question=FEE)
    events = answers.stream(exchange_id=exchange.pk, by=an)
    waiting = next(events)
    assert waiting == answers.Waiting(1, 1, None)
    busy.close()
    rest = list(events)
    assert isinstance(rest[-1], answers.Finished)
    exchange.refresh_from_db()
    assert exchange.status == "answered" and exchange.model == "fake"


def test_a_question_that_waits_long_is_not_taken_for_one_that_was_lost(busy, an):
    exchange = answers.begin(by=an, question=FEE)
    Exchange.objects.filter(pk=exchange.pk).update(updated_at=timezone.now() - timedelta(minutes=9))
    events = answers.stream(exchange_id=exchange.pk, by=an)
    next(events)
    answers.begin(by=an, question="Còn trẻ em thì sao?", conversation_id=exchange.conversation_id)
    exchange.refresh_from_db()
    assert exchange.status == "answering"
    events.close()


def test_who_leaves_while_waiting_never_reaches_the_model(busy, an, model_server):
    exchange = answers.begin(by=an, question=FEE)
    brake, asked = answers.Brake(), len(model_server.requests)
    events = answers.stream(exchange_id=exchange.pk, by=an, brake=brake)
    next(events)
    threading.Timer(0.2, brake.pull).start()
    list(events)
    exchange.refresh_from_db()
    assert exchange.status == "stopped" and len(model_server.requests) == asked
    assert "cancelled" in {row.outcome for row in gateway.calls() if row.tool == "ask" and row.kind == "chat"}


def test_a_closed_account_ends_its_answer(busy, an):
    """Cleanly, also while it waits; what was there is kept, and it is on record why."""
    exchange = answers.begin(by=an, question=FEE)
    events = answers.stream(exchange_id=exchange.pk, by=an)
    next(events)
    accounts.deactivate(by=None, person=Person.objects.get(pk=an.person_id))
    assert isinstance(list(events)[-1], answers.Finished)
    exchange.refresh_from_db()
    assert exchange.status == "stopped" and not exchange.error
    ended = {(row.outcome, row.error) for row in gateway.calls(person_id=an.person_id) if row.kind == "chat"}
    assert ended == {("cancelled", "AccountClosed")}


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "thứ 7 trong 31"), ("en", "number 7 of 31"), ("fr", "rang 7 sur 31")],
)
def test_the_place_in_words(language, words):
    with translation.override(language):
        said = render_to_string("knowledge/ask/_place.html", {"place": answers.Waiting(7, 31, 130), "minutes": 2})
        following = render_to_string(
            "knowledge/ask/_place.html", {"place": answers.Waiting(1, 1, None), "minutes": None}
        )
    assert words in said and "2" in said.split(words)[1]
    assert "2" not in following and "1" not in following
