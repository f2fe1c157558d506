"""What domains may rely on, held against the fake and against the real embedded processes."""

from uuid import uuid4

import numpy as np
import pytest

from khue.gateway import api, errors
from khue.gateway.api import Caller, DataClass, Options, Turn

pytestmark = pytest.mark.django_db
AN = Caller(person_id=None, organisation_id=None, tool="test")


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.model)])
def model(request: pytest.FixtureRequest) -> str:
    request.getfixturevalue("model_server" if request.param == "fake" else "real_model")
    return str(request.param)


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.model)])
def embeddings(request: pytest.FixtureRequest) -> str:
    request.getfixturevalue("embedding_server" if request.param == "fake" else "real_embeddings")
    return str(request.param)


def ask(text: str, **options: object) -> api.ChatStream:
    return api.chat([Turn("user", text)], caller=AN, data_class=DataClass.PUBLIC, options=Options(**options))


def embed(*texts: str, kind: str = "query") -> np.ndarray:
    return api.embed(texts, kind=kind, caller=AN, data_class=DataClass.PUBLIC)


def test_pieces_make_up_the_reply(model: str) -> None:
    with ask("Count from one to five in words.", max_tokens=12) as stream:
        pieces = list(stream)
    assert stream.reply is not None
    assert "".join(pieces) == stream.reply.text != ""
    assert len(pieces) > 1
    assert stream.reply.prompt_tokens > 0 and stream.reply.completion_tokens > 0
    assert 0 < stream.reply.first_token_ms <= stream.reply.total_ms


def test_a_finished_call_is_on_record(model: str) -> None:
    reply = ask("Say hello.", max_tokens=5).text()
    [row] = api.calls()
    assert (row.id, row.outcome, row.kind, row.tool) == (reply.ledger_id, "done", "chat", "test")
    assert row.completion_tokens == reply.completion_tokens
    assert row.output_digest


def test_the_limit_of_tokens_is_kept_and_said(model: str) -> None:
    reply = ask("Count from one to fifty in words, all of them please.", max_tokens=4).text()
    assert (reply.finish_reason, reply.completion_tokens) == ("length", 4)


def test_closing_cancels_and_records_it(model: str) -> None:
    stream = ask("Count from one to fifty in words, all of them please.", max_tokens=200)
    next(iter(stream))
    stream.close()
    assert stream.reply is not None and stream.reply.finish_reason == "cancelled"
    assert [row.outcome for row in api.calls()] == ["cancelled"]


def test_texts_become_unit_vectors(embeddings: str) -> None:
    vectors = embed("đăng ký khai sinh", "hộ chiếu")
    assert vectors.shape == (2, 384) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert [(row.kind, row.texts, row.outcome) for row in api.calls()] == [("embed", 2, "done")]


def test_like_texts_are_near(embeddings: str) -> None:
    question = embed("lệ phí đăng ký khai sinh")[0]
    near, far = embed("mức lệ phí khi đăng ký khai sinh là 8.000 đồng", "the weather is fine", kind="passage")
    assert question @ near > question @ far


def test_no_texts_make_no_call(embeddings: str) -> None:
    assert embed().shape == (0, 384)
    assert api.calls() == []


def test_what_a_program_sends_is_taken_whole_or_refused(embeddings: str) -> None:
    program = Caller(person_id=None, organisation_id=None, tool="v1", key_id=uuid4())
    for caller, long in ((program, "một hai ba " * 100), (AN, "một hai ba " * 400)):
        assert api.embed([long], kind="passage", caller=caller, data_class=DataClass.PUBLIC).shape == (1, 384)
    with pytest.raises(errors.ContextTooLong):
        api.embed(["một hai ba " * 400], kind="passage", caller=program, data_class=DataClass.PUBLIC)


def test_servers_say_that_they_are_ready(model: str, embeddings: str) -> None:
    assert [state.state for state in api.model_states()] == ["ready", "ready"]


def test_the_context_can_be_measured(model: str) -> None:
    assert api.context_length() == 4096
    assert 3 <= api.count_tokens("một hai ba bốn") <= 12
