"""What a person is told, and what the record says, when a model fails."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation
from tests.models import free_port, start

from khue.gateway import api, errors
from khue.gateway.api import Caller, DataClass, Options, Turn
from khue.gateway.ledger import store
from khue.gateway.models import LedgerEntry
from khue.gateway.tests.fake import FakeServer

pytestmark = pytest.mark.django_db
BINH = Caller(person_id=uuid4(), organisation_id=uuid4(), tool="ask", purpose="question")


def ask(text: str = "một hai ba bốn", data_class: DataClass = DataClass.PUBLIC, **options: Any) -> api.ChatStream:
    return api.chat([Turn("user", text)], caller=BINH, data_class=data_class, options=Options(**options))


def embed(text: str = "một", data_class: DataClass = DataClass.PUBLIC) -> Any:
    return api.embed([text], kind="query", caller=BINH, data_class=data_class)


def outcome() -> tuple[str, str]:
    [row] = api.calls()
    return row.outcome, row.error


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("refuse", errors.ModelRefused),
        ("loading", errors.ModelUnreachable),
        ("too-long", errors.ContextTooLong),
        ("error-in-200", errors.ModelRefused),
        ("malformed", errors.ModelRefused),
        ("die", errors.ModelDied),
    ],
)
def test_each_failure_has_its_error_and_its_row(model_server: FakeServer, failure: Any, error: type) -> None:
    model_server.failure = failure
    with pytest.raises(error):
        ask().text()
    said = outcome()
    assert said[0] == "failed"
    assert said[1].startswith(error.__name__)


def test_what_had_arrived_before_a_death_was_given(model_server: FakeServer) -> None:
    model_server.failure = "die"
    pieces: list[str] = []
    with pytest.raises(errors.ModelDied):
        pieces.extend(ask())
    assert pieces == ["một"]


def test_a_hanging_model_is_left_after_the_limit(model_server: FakeServer, settings: Any) -> None:
    settings.KHUE_MODEL_TIMEOUT_S = 0.2
    model_server.failure = "hang"
    with pytest.raises(errors.ModelTooSlow):
        ask().text()
    assert outcome() == ("failed", "ModelTooSlow")


def test_a_model_that_is_not_there(settings: Any) -> None:
    settings.KHUE_MODEL_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(errors.ModelUnreachable):
        ask().text()
    assert outcome() == ("failed", "ModelUnreachable")


def test_the_next_question_works_after_a_death(model_server: FakeServer) -> None:
    model_server.failure = "die"
    with pytest.raises(errors.ModelDied):
        ask().text()
    model_server.failure = ""
    assert ask("hai ba").text().text == "hai ba"


def test_no_model_is_an_error_of_its_own(no_model: None) -> None:
    with pytest.raises(errors.NoModel):
        ask()
    assert outcome() == ("refused", "NoModel")


@pytest.mark.parametrize("call", [ask, embed])
def test_secret_data_goes_nowhere(model_server: FakeServer, embedding_server: FakeServer, call: Any) -> None:
    with pytest.raises(errors.ClassNotAllowed):
        call(data_class=DataClass.SECRET)
    assert outcome() == ("refused", "ClassNotAllowed")
    assert model_server.requests == embedding_server.requests == []


@pytest.mark.django_db(transaction=True)
def test_no_row_no_call(model_server: FakeServer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table gateway_entry add constraint closed check (kind <> 'begun')")
        try:
            with pytest.raises(IntegrityError):
                ask().text()
        finally:
            cursor.execute("alter table gateway_entry drop constraint closed")
    assert model_server.requests == []


def test_a_transaction_may_not_wait_for_a_model(model_server: FakeServer) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ask()


def test_the_row_says_who_and_what_for(model_server: FakeServer) -> None:
    ask("câu hỏi", data_class=DataClass.INTERNAL).text()
    [row] = api.calls(organisation_ids=[BINH.organisation_id])
    assert (row.person_id, row.tool, row.purpose, row.data_class) == (BINH.person_id, "ask", "question", 1)
    assert api.calls(organisation_ids=[uuid4()]) == []
    assert api.calls(person_id=uuid4()) == []


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_call_waits_for_a_database_that_is_away_for_a_moment(
    model_server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, append, tries = ask(), store.append, list[Any]()

    def away_once(*facts: Any) -> int:
        tries.append(facts)
        if len(tries) == 1:
            raise OperationalError("the database system is starting up")
        return append(*facts)

    monkeypatch.setattr(store, "append", away_once)
    stream.text()
    assert len(tries) == 2
    assert outcome() == ("done", "")


def test_the_row_holds_no_text(model_server: FakeServer) -> None:
    ask("số căn cước của tôi").text()
    values = " ".join(LedgerEntry.objects.values_list("payload", flat=True))
    assert '"begun"' in values and "căn cước" not in values


def test_stopping_from_another_thread(model_server: FakeServer) -> None:
    model_server.answers = ["a b c d e f g h i j k l m n o p"]
    model_server.delay_s = 0.05
    stream = ask()
    pieces = iter(stream)
    next(pieces)
    threading.Thread(target=stream.close).start()
    rest = list(pieces)
    assert len(rest) < 10
    assert stream.reply is not None and stream.reply.finish_reason == "cancelled"
    assert outcome()[0] == "cancelled"


def test_stopping_while_the_first_word_is_awaited(model_server: FakeServer) -> None:
    model_server.failure = "hang"
    stream = ask("một")
    threading.Timer(0.3, stream.close).start()
    assert list(stream) == []
    assert outcome()[0] == "cancelled"


def test_a_stream_that_is_never_read_is_cancelled(model_server: FakeServer) -> None:
    with ask():
        pass
    assert outcome()[0] == "cancelled"
    assert model_server.requests == []


def test_choices_come_with_probabilities(model_server: FakeServer) -> None:
    model_server.probabilities = {"Yes": 0.6, " yes": 0.15, "No": 0.25}
    reply = ask(choices=("yes", "no")).text()
    assert reply.text == "yes"
    assert reply.probabilities == pytest.approx({"yes": 0.75, "no": 0.25})


@pytest.mark.parametrize("failure", ["die", "malformed", "refuse", "loading", "error-in-200"])
def test_embedding_failures(embedding_server: FakeServer, failure: Any) -> None:
    embedding_server.failure = failure
    with pytest.raises(errors.NoEmbeddings):
        embed()
    assert outcome()[0] == "failed"
    embedding_server.failure = ""
    assert embed().shape == (1, 384)


def test_e5_s_prefixes_are_put_here(embedding_server: FakeServer) -> None:
    embed("khai sinh")
    api.embed(["khai sinh"], kind="passage", caller=BINH, data_class=DataClass.PUBLIC, priority="background")
    assert [request["input"] for request in embedding_server.requests] == [["query: khai sinh"], ["passage: khai sinh"]]
    assert embedding_server.requests[1]["_headers"]["X-Khue-Priority"] == "background"


def test_a_batch_has_one_row(embedding_server: FakeServer) -> None:
    texts = [f"văn bản {number}" for number in range(70)]
    vectors = api.embed(texts, kind="passage", caller=BINH, data_class=DataClass.PUBLIC, priority="background")
    assert vectors.shape == (70, 384)
    assert [(row.texts, row.outcome) for row in api.calls()] == [(70, "done")]
    alone = api.embed(texts[69:], kind="passage", caller=BINH, data_class=DataClass.PUBLIC)
    assert alone[0] == pytest.approx(vectors[69])


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_errors_speak_the_reader_s_language(language: str) -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind.__name__ in TOLD]
    assert len(kinds) == len(TOLD)
    for kind in kinds:
        error = kind(**GIVEN.get(kind.__name__, {}))
        with translation.override("en"):
            english = str(error)
        with translation.override(language):
            assert str(error) != english


GIVEN: dict[str, dict[str, Any]] = {
    "ModelRefused": {"said": "x"},
    "ClassNotAllowed": {"decision": api.decide(DataClass.SECRET, api.Zone.MACHINE), "zone": api.Zone.MACHINE},
}
TOLD = {
    "NoModel", "ModelUnreachable", "ModelDied", "ModelTooSlow", "ModelRefused", "ContextTooLong", "NoEmbeddings",
    "ClassNotAllowed", "ModelFlooded", "UnknownAlias",
}  # fmt: skip


def test_a_runtime_killed_in_mid_answer(real_model: Any, settings: Any) -> None:
    """On a runtime of its own: the shared one stays."""
    settings.KHUE_RUNTIME_PORT = free_port()
    [child] = [child for child in api.children() if child.name == "runtime"]
    process = start(child.argv, child.health_url)
    try:
        stream = ask("Count from one to one hundred in words, all of them please.", max_tokens=300)
        with pytest.raises(errors.ModelDied):
            for index, _piece in enumerate(stream):
                if index == 3:
                    os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    assert outcome() == ("failed", "ModelDied")
    with pytest.raises(errors.ModelUnreachable):
        ask().text()


@pytest.mark.model
@pytest.mark.parametrize("module", ["embedding_server", "runtime"])
def test_a_child_ends_with_its_parent(module: str, settings: Any, tmp_path: Path) -> None:
    """A parent starts it and is killed; nobody is left to end it."""
    name = "embeddings" if module == "embedding_server" else module
    settings.KHUE_MODEL, settings.KHUE_MODEL_URL, settings.KHUE_EMBED_URL = "local", "", ""
    settings.KHUE_RUNTIME_PORT = settings.KHUE_EMBED_PORT = free_port()
    child = next(child for child in api.children() if child.name == name)
    if child.missing:
        pytest.skip(f"{child.missing} is not here: khue models pull {child.missing}")
    note = tmp_path / "pid"
    argv = [word for word in child.argv if not word.startswith("--parent")]
    code = (
        "import os, pathlib, subprocess, sys, time; "
        f"child = subprocess.Popen([*{argv!r}, f'--parent={{os.getpid()}}']); "
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid)); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    _until(lambda: note.exists() and note.read_text() != "")
    pid = int(note.read_text())
    parent.kill()
    parent.wait()
    try:
        _until(lambda: _is_gone(pid), patience_s=60)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def _until(holds: Any, patience_s: float = 20) -> None:
    until = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)
