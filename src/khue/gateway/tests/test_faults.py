"""Servers that fail, lie, flood or vanish, and what becomes of the call, the memory and the record."""

import threading
import time
import tracemalloc
from typing import Any
from uuid import uuid4

import pytest
from tests.models import Serve, free_port

from khue.gateway import api, errors, screening
from khue.gateway.api import Caller, DataClass, Options, Turn
from khue.gateway.providers import health, http, registry
from khue.gateway.providers.line import Line
from khue.gateway.tests.fake import FakeServer

pytestmark = pytest.mark.django_db
DUNG = Caller(person_id=uuid4(), organisation_id=uuid4(), tool="ask")


def ask(
    text: str = "một hai ba", alias: str = "default", data_class: DataClass = DataClass.PUBLIC, **options: Any
) -> Any:
    return api.chat([Turn("user", text)], caller=DUNG, data_class=data_class, alias=alias, options=Options(**options))


def outcomes() -> list[tuple[str, str, str]]:
    """Of the servers in the order of trying."""
    return [(row.provider, row.outcome, row.error.split(":")[0]) for row in reversed(api.calls())]


@pytest.mark.parametrize("failure", ["flood", "giant"])
def test_an_endless_answer_is_ended_with_bounded_memory(model_server: FakeServer, failure: Any) -> None:
    model_server.failure = failure
    tracemalloc.start()
    try:
        with pytest.raises(errors.ModelFlooded):
            ask(max_tokens=100).text()
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # 100 tokens may take 2.6 MB on the wire
    assert peak < 16 * 2**20
    assert outcomes() == [("server", "failed", "ModelFlooded")]


def test_an_endless_refusal_is_ended_too(model_server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_ANSWER", 4)
    model_server.failure = "error-in-200"
    with pytest.raises(errors.ModelFlooded):
        ask().text()


def test_signs_of_life_are_no_answer(model_server: FakeServer, settings: Any) -> None:
    """Comments keep the line busy; nobody waits for them longer than for silence."""
    settings.KHUE_MODEL_TIMEOUT_S = 0.3
    model_server.failure = "murmur"
    with pytest.raises(errors.ModelTooSlow):
        ask().text()


def test_an_answer_that_drips_for_ever_is_ended(model_server: FakeServer, settings: Any) -> None:
    """Each piece in time, and no end."""
    settings.KHUE_MODEL_TIMEOUT_S = 0.2
    model_server.failure, model_server.answers, model_server.delay_s = "limitless", ["la " * 5000], 0.05
    with pytest.raises(errors.ModelTooSlow):
        ask(max_tokens=1).text()


@pytest.mark.parametrize(("failure", "error"), [("html", "ModelRefused"), ("no-completion", "ModelRefused")])
def test_what_is_no_answer_is_refused(model_server: FakeServer, failure: Any, error: str) -> None:
    model_server.failure = failure
    with pytest.raises(errors.ModelRefused):
        ask().text()
    assert outcomes() == [("server", "failed", error)]


def test_a_server_that_does_not_stream_is_understood(model_server: FakeServer) -> None:
    model_server.failure = "not-a-stream"
    reply = ask("xin chào").text()
    assert (reply.text, reply.finish_reason, reply.completion_tokens) == ("xin chào", "stop", 2)


def test_the_line_is_let_go_of_as_soon_as_the_call_has_failed(model_server: FakeServer) -> None:
    model_server.failure = "no-completion"
    stream = ask()
    with pytest.raises(errors.ModelRefused) as kept:
        stream.text()
    [pool] = _pools()
    assert kept and pool._requests == []


def test_a_forgotten_answer_blocks_nobody(model_server: FakeServer) -> None:
    """The garbage collector may close it in a thread that holds the lock of the pool."""
    model_server.answers = ["một hai ba bốn năm"]
    provider, limits = registry.chat_provider(), http.Limits.of(9, silence_s=9)
    body = {"messages": [{"role": "user", "content": "một"}], "stream": True}
    pieces = http.events(provider, "/chat/completions", body, limits=limits, line=Line())
    next(pieces)
    [pool] = _pools()

    def collect() -> None:
        with pool._optional_thread_lock:
            pieces.close()

    thread = threading.Thread(target=collect, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def _pools() -> list[Any]:
    return [http.client(is_near=True)._transport._pool]


# What it reads -------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["hộ tịch ", "a"])
def test_ten_megabytes_are_refused_before_anything_looks_at_them(
    model_server: FakeServer, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.delattr(screening, "inspect")
    with pytest.raises(errors.ContextTooLong):
        ask(word * (10_000_000 // len(word.encode())))
    assert model_server.requests == []
    assert [(row.outcome, row.error) for row in api.calls()] == [("refused", "ContextTooLong")]


def test_what_does_not_fit_is_not_sent(model_server: FakeServer) -> None:
    model_server.context = 1500
    with pytest.raises(errors.ContextTooLong):
        ask("một " * 1600).text()
    assert model_server.requests == []
    assert outcomes() == [("server", "failed", "ContextTooLong")]


def test_the_answer_has_the_room_that_is_left_and_says_that_it_ended_there(model_server: FakeServer) -> None:
    model_server.context, model_server.answers = 1500, ["la " * 1000]
    reply = ask("một " * 1300, max_tokens=800).text()
    left = model_server.requests[0]["max_tokens"]
    assert 100 < left < 200
    assert (reply.finish_reason, reply.completion_tokens) == ("length", left)


def test_a_prompt_that_the_server_cut_fails_the_call(model_server: FakeServer) -> None:
    model_server.prompt_tokens = 64
    with pytest.raises(errors.ContextTooLong):
        ask("một hai " * 100).text()
    assert outcomes() == [("server", "failed", "ContextTooLong")]


def test_the_length_is_what_the_server_says(model_server: FakeServer) -> None:
    model_server.context = 32768
    assert api.context_length() == 32768


# Another server ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("hang", "ModelTooSlow"),
        ("loading", "ModelUnreachable"),
        ("refuse", "ModelRefused"),
        ("error-in-200", "ModelRefused"),
        ("html", "ModelRefused"),
        ("no-completion", "ModelRefused"),
        ("giant", "ModelFlooded"),
    ],
)
def test_a_server_that_fails_before_its_first_word_gives_way(
    serve: Serve, settings: Any, failure: Any, error: str
) -> None:
    first, second = serve(first="institution:default", second="institution:default")
    settings.KHUE_MODEL_TIMEOUT_S = 0.5 if failure == "hang" else 60
    first.failure = failure
    reply = ask("một").text()
    assert (reply.text, reply.provider) == ("một", "second")
    assert outcomes() == [("first", "failed", error), ("second", "done", "")]
    assert len(second.requests) == 1


def test_a_server_that_is_not_there_gives_way(serve: Serve) -> None:
    first, second = serve(first="institution:default", second="institution:default")
    first.stop()
    assert ask().text().provider == "second"


def test_after_the_first_word_nobody_takes_over(serve: Serve) -> None:
    first, second = serve(first="institution:default", second="institution:default")
    first.failure = "die"
    pieces = []
    with pytest.raises(errors.ModelDied):
        pieces.extend(ask())
    assert pieces == ["một"] and second.requests == []


def test_one_that_ails_is_asked_last_until_it_is_back(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PAUSES_S", [0.1])
    first, second = serve(first="institution:default", second="institution:default")
    first.failure = "loading"
    ask().text()
    assert len(first.requests) == 1
    ask().text()
    assert len(first.requests) == 1, "it is not tried while it ails"
    assert health.is_ailing(registry.candidates("default")[0])
    first.failure = ""
    until = time.monotonic() + 5
    while health.is_ailing(registry.candidates("default")[0]):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert ask().text().provider == "first"


def test_when_all_ail_they_are_tried_all_the_same(serve: Serve) -> None:
    first, second = serve(first="institution:default", second="institution:default")
    first.failure = second.failure = "loading"
    with pytest.raises(errors.ModelUnreachable):
        ask().text()
    second.failure = ""
    assert ask().text().provider == "second"
    assert [provider for provider, *_rest in outcomes()] == ["first", "second", "first", "second"]


def test_a_request_that_is_wrong_does_not_make_a_server_ill(serve: Serve) -> None:
    serve(first="institution:default")[0].failure = "echo"
    with pytest.raises(errors.ModelRefused):
        ask().text()
    assert not health.is_ailing(registry.candidates("default")[0])


def test_it_never_turns_to_a_wider_zone(serve: Serve) -> None:
    near, far = serve(near="institution:default", far="abroad:cloud")
    near.failure = "loading"
    with pytest.raises(errors.ModelUnreachable):
        ask().text()
    assert far.requests == []


def test_otherwise_turns_to_a_nearer_one(serve: Serve) -> None:
    far, near = serve(far="country:cloud", near="machine:default", otherwise={"cloud": "default"})
    far.failure = "loading"
    reply = ask(alias="cloud", data_class=DataClass.INTERNAL).text()
    assert (reply.provider, reply.zone, reply.decision) == ("near", "machine", "allow")
    assert [(row.provider, row.decision) for row in reversed(api.calls())] == [
        ("far", "pseudonymise"),
        ("near", "allow"),
    ]


def test_what_may_not_go_far_goes_near_at_once(serve: Serve) -> None:
    far, near = serve(far="abroad:cloud", near="institution:default", otherwise={"cloud": "default"})
    assert ask(alias="cloud", data_class=DataClass.CONFIDENTIAL).text().provider == "near"
    assert far.requests == []


def test_a_call_that_is_stopped_is_not_given_to_another(serve: Serve) -> None:
    first, second = serve(first="institution:default", second="institution:default")
    first.failure = "hang"
    stream = ask("một")
    threading.Timer(0.3, stream.close).start()
    assert list(stream) == []
    assert second.requests == [] and outcomes() == [("first", "cancelled", "")]


def test_an_alias_that_is_not_there(serve: Serve) -> None:
    serve(first="institution:default")
    with pytest.raises(errors.UnknownAlias):
        ask(alias="large")


def test_vectors_come_from_the_next_server(
    embedding_server: FakeServer, serve: Serve, settings: Any, tmp_path: Any
) -> None:
    import yaml

    row = {"name": "spare", "kind": "embed", "url": embedding_server.url, "zone": "machine", "jurisdiction": "VN",
           "operator": "Test", "models": {"embeddings": registry.EMBEDDING_MODEL}}  # fmt: skip
    (tmp_path / "spare.yaml").write_text(yaml.safe_dump({"providers": [row]}))
    settings.KHUE_PROVIDERS, settings.KHUE_EMBED_URL = str(tmp_path / "spare.yaml"), f"http://127.0.0.1:{free_port()}"
    assert api.embed(["một"], kind="query", caller=DUNG, data_class=DataClass.PUBLIC).shape == (1, 384)
    assert outcomes() == [("server", "failed", "ModelUnreachable"), ("spare", "done", "")]
