"""The official client against a running server: the same policy, filter, budgets and ledger as on the pages."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import openai
import pytest
from django.db import connection
from openai import OpenAI

from khue.domains.people.api import actor_of
from khue.domains.stewardship.actions import keys
from khue.domains.stewardship.models import Key
from khue.gateway import api as gateway

pytestmark = pytest.mark.django_db(transaction=True)
ASKED: Any = [{"role": "user", "content": "Lệ phí khai sinh là bao nhiêu?"}]


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_question_and_its_answer(program: OpenAI, model_server: Any, cast: Any, key: Any) -> None:
    model_server.answers = ["Miễn lệ phí khi đúng hạn."]
    answer = program.chat.completions.create(
        model="default", messages=ASKED, max_tokens=50, temperature=0.3, seed=7, stop=["\n\n"]
    )
    assert answer.choices[0].message.content == "Miễn lệ phí khi đúng hạn."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None and answer.usage.total_tokens > 0
    [asked] = model_server.requests
    assert (asked["max_tokens"], asked["temperature"], asked["seed"], asked["stop"]) == (50, 0.3, 7, ["\n\n"])
    [row] = gateway.calls()
    assert (row.person_id, row.organisation_id, row.tool, row.purpose) == (
        cast.binh.pk, key.key.organisation_id, "v1", "Bảng tính",
    )  # fmt: skip
    assert row.data_class == gateway.DataClass.INTERNAL


def test_a_streamed_answer_comes_in_pieces_with_its_usage(program: OpenAI, model_server: Any) -> None:
    model_server.answers = ["một hai ba bốn"]
    chunks = list(
        program.chat.completions.create(
            model="default", messages=ASKED, stream=True, stream_options={"include_usage": True}
        )
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == "một hai ba bốn" and len([p for p in pieces if p]) == 4
    assert chunks[-1].usage is not None and chunks[-1].usage.completion_tokens == 4
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"


def test_json_by_schema(program: OpenAI, model_server: Any) -> None:
    model_server.answers = ['{"fee": 8000}']
    schema = {"type": "object", "properties": {"fee": {"type": "integer"}}, "required": ["fee"]}
    answer = program.chat.completions.create(
        model="default",
        messages=ASKED,
        response_format={"type": "json_schema", "json_schema": {"name": "fee", "schema": schema}},
    )
    assert answer.choices[0].message.content == '{"fee": 8000}'
    assert model_server.requests[0]["response_format"]["json_schema"]["schema"] == schema


def test_tools_are_passed_on_and_called(program: OpenAI, model_server: Any) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "fee", "arguments": '{"of": "khai sinh"}'}}
    model_server.tool_calls = [call]
    tool: Any = {"type": "function", "function": {"name": "fee", "parameters": {"type": "object", "properties": {}}}}
    answer = program.chat.completions.create(model="default", messages=ASKED, tools=[tool], tool_choice="auto")
    assert answer.choices[0].finish_reason == "tool_calls"
    [made] = answer.choices[0].message.tool_calls or []
    assert (made.id, made.function.arguments) == ("c1", '{"of": "khai sinh"}')  # type: ignore[union-attr]
    model_server.tool_calls, model_server.answers = [], ["8.000 đồng"]
    turns = [*ASKED, answer.choices[0].message, {"role": "tool", "tool_call_id": "c1", "content": "8000"}]
    program.chat.completions.create(model="default", messages=turns, tools=[tool])
    assert [turn["role"] for turn in model_server.requests[-1]["messages"]] == ["user", "assistant", "tool"]


def test_embeddings_as_numbers_and_packed(program: OpenAI, embedding_server: Any) -> None:
    plain = program.embeddings.create(model="multilingual-e5-small", input=["khai sinh"], encoding_format="float")
    packed = program.embeddings.create(model="embeddings", input="khai sinh")
    assert np.allclose(plain.data[0].embedding, packed.data[0].embedding, atol=1e-6)
    assert len(plain.data[0].embedding) == 384 and plain.usage.prompt_tokens > 0
    assert embedding_server.requests[0]["input"] == ["query: khai sinh"]


def test_models_are_listed(program: OpenAI) -> None:
    assert {"default", "fake", "embeddings"} <= {model.id for model in program.models.list()}
    assert program.models.retrieve("default").id == "default"


def test_personal_data_above_the_key_s_class_is_not_sent(program: OpenAI, model_server: Any) -> None:
    with pytest.raises(openai.PermissionDeniedError) as refused:
        program.chat.completions.create(
            model="default", messages=[{"role": "user", "content": "Số CCCD của tôi là 001099012346, ở Hà Nội."}]
        )
    assert refused.value.code == "data_class_not_allowed"
    assert model_server.requests == []
    assert [row.error for row in gateway.calls()] == ["ClassAboveKey"]


def test_secret_data_goes_nowhere(program: OpenAI, model_server: Any) -> None:
    with pytest.raises(openai.PermissionDeniedError):
        program.chat.completions.create(model="default", messages=ASKED, extra_headers={"X-Khue-Class": "secret"})
    assert model_server.requests == []


def test_two_questions_take_turns(program: OpenAI, model_server: Any) -> None:
    model_server.delay_s = 0.05
    answers: list[Any] = []

    def ask() -> None:
        answers.append(program.chat.completions.create(model="default", messages=ASKED))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(answers) == 3 and model_server.most_at_once == 1


def test_a_key_revoked_in_mid_answer_ends_it(program: OpenAI, model_server: Any, cast: Any, key: Any) -> None:
    model_server.answers, model_server.delay_s = [" ".join(["từ"] * 200)], 0.05
    heard: list[Any] = []
    with pytest.raises(openai.APIError) as ended:
        for number, chunk in enumerate(program.chat.completions.create(model="default", messages=ASKED, stream=True)):
            heard.append(chunk)
            if number == 5:
                keys.revoke(by=actor_of(cast.dung.pk), key=key.key)
    assert ended.value.code == "invalid_api_key"
    assert 5 < len(heard) < 60
    until(lambda: [(row.outcome, row.error) for row in gateway.calls()] == [("cancelled", "KeyRevoked")])
    with pytest.raises(openai.AuthenticationError):
        program.models.list()


def test_a_key_revoked_while_it_waits_never_reaches_the_model(
    served: str, program: OpenAI, model_server: Any, make: Any, cast: Any, key: Any
) -> None:
    other = OpenAI(base_url=f"{served}/v1", api_key=make().text, max_retries=0)
    model_server.answers, model_server.delay_s = [" ".join(["từ"] * 4000)], 0.05
    first = other.chat.completions.create(model="default", messages=ASKED, stream=True)
    next(iter(first))
    threading.Thread(target=_revoke_when_both_are_on_record, args=(cast.dung.pk, key.key)).start()
    with pytest.raises(openai.APIError) as ended:
        list(program.chat.completions.create(model="default", messages=ASKED, stream=True))
    assert ended.value.code == "invalid_api_key"
    first.close()
    until(lambda: len(gateway.calls()) == 2 and {row.outcome for row in gateway.calls()} == {"cancelled"})
    assert len(model_server.requests) == 1


def _revoke_when_both_are_on_record(by: Any, key: Key) -> None:
    """Not earlier: a key that is revoked before its request has come is refused at the door."""
    try:
        until(lambda: len(gateway.calls()) == 2)
        keys.revoke(by=actor_of(by), key=key)
    finally:
        connection.close()


def test_who_leaves_frees_the_place(program: OpenAI, model_server: Any) -> None:
    model_server.answers, model_server.delay_s = [" ".join(["từ"] * 400)], 0.05
    first = program.chat.completions.create(model="default", messages=ASKED, stream=True)
    next(iter(first))
    first.close()
    until(lambda: [row.outcome for row in gateway.calls()] == ["cancelled"])
    model_server.answers, model_server.delay_s = ["xong"], 0.0
    answer = program.chat.completions.create(model="default", messages=ASKED)
    assert answer.choices[0].message.content == "xong"


def test_a_model_that_dies_in_mid_stream(program: OpenAI, model_server: Any) -> None:
    model_server.failure = "die"
    with pytest.raises(openai.APIError) as ended:
        list(program.chat.completions.create(model="default", messages=ASKED, stream=True))
    assert ended.value.code == "model_died"
    until(lambda: [row.outcome for row in gateway.calls()] == ["failed"])
