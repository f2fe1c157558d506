"""Model calls wait their turn, say where they stand, and give their place back whatever becomes of them."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from khue.gateway import api, errors
from khue.gateway.api import Caller, ChatStream, DataClass, Turn
from khue.gateway.tests.fake import FakeServer

pytestmark = pytest.mark.django_db(transaction=True)
AN, BINH, CHI = uuid4(), uuid4(), uuid4()


@pytest.fixture(autouse=True)
def one_at_a_time(settings: Any, model_server: FakeServer) -> Iterator[None]:
    settings.KHUE_MODEL_SLOTS = 1
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate gateway_ticket, gateway_line")


def ask(person: UUID, text: str = "một hai ba bốn") -> ChatStream:
    caller = Caller(person_id=person, organisation_id=None, tool="ask")
    return api.chat([Turn("user", text)], caller=caller, data_class=DataClass.PUBLIC)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_no_more_run_at_once_than_there_are_slots(settings: Any, model_server: FakeServer) -> None:
    settings.KHUE_MODEL_SLOTS, model_server.delay_s = 2, 0.01
    texts: list[str] = []

    def read(person: UUID) -> None:
        texts.append(ask(person).text().text)
        connection.close()

    threads = [threading.Thread(target=read, args=(uuid4(),)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert texts == ["một hai ba bốn"] * 12
    assert model_server.most_at_once == 2
    assert {row.outcome for row in api.calls()} == {"done"}


def test_who_waits_hears_the_place_and_then_the_answer(model_server: FakeServer) -> None:
    model_server.delay_s = 0.05
    first, second = ask(AN), ask(BINH)
    next(iter(first))
    places = second.wait()
    assert next(places).position == 1
    list(first)
    assert list(places) == []
    assert second.text().text == "một hai ba bốn"
    assert [row.outcome for row in api.calls()] == ["done", "done"]


def test_a_call_that_is_stopped_while_it_waits_never_reaches_the_model(model_server: FakeServer) -> None:
    first, second, third = ask(AN), ask(BINH), ask(CHI)
    next(iter(first))
    threading.Timer(0.2, second.close).start()
    assert list(second) == []
    assert len(model_server.requests) == 1
    assert [row.outcome for row in api.calls() if row.person_id == BINH] == ["cancelled"]
    first.close()
    assert third.text().text == "một hai ba bốn"


@pytest.mark.parametrize("failure", ["die", "refuse", "malformed"])
def test_a_failed_call_gives_its_place_back(model_server: FakeServer, failure: Any) -> None:
    model_server.failure = failure
    with pytest.raises(errors.GatewayError):
        ask(AN).text()
    model_server.failure = ""
    assert ask(BINH).text().text == "một hai ba bốn"


def test_a_full_queue_refuses_and_says_so_on_record(settings: Any, model_server: FakeServer) -> None:
    settings.KHUE_QUEUE_LIMIT = 0
    first = ask(AN)
    next(iter(first))
    with pytest.raises(errors.QueueFull):
        ask(BINH).text()
    assert [row.error for row in api.calls() if row.person_id == BINH] == ["QueueFull"]
    assert len(model_server.requests) == 1
    first.close()


def test_an_account_that_is_closed_ends_its_answers_and_no_others(settings: Any, model_server: FakeServer) -> None:
    settings.KHUE_MODEL_SLOTS, model_server.delay_s = 2, 0.02
    model_server.answers = [" ".join(["từ"] * 300)] * 2
    closed, other = ask(AN), ask(BINH)
    words, others = iter(closed), iter(other)
    next(words), next(others)
    api.end_calls(AN, reason="AccountClosed")
    assert len(list(words)) < 290
    assert closed.reply is not None and closed.reply.finish_reason == "cancelled" and closed.reply.text.startswith("từ")
    assert len(list(others)) == 299
    assert {(row.person_id, row.outcome, row.error) for row in api.calls()} == {
        (AN, "cancelled", "AccountClosed"),
        (BINH, "done", ""),
    }


def test_an_account_that_is_closed_while_it_waits_never_reaches_the_model(model_server: FakeServer) -> None:
    first, second = ask(BINH), ask(AN)
    next(iter(first))
    places = second.wait()
    next(places)
    api.end_calls(AN, reason="AccountClosed")
    assert list(second) == []
    assert [row.error for row in api.calls(person_id=AN)] == ["AccountClosed"]
    assert len(model_server.requests) == 1
    first.close()
