"""More than twenty hostile files: each is refused in words, nothing else suffers, and the next file is read."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from khue.domains.knowledge.actions import documents
from khue.domains.knowledge.actions.refusals import _TEXTS, Refused
from khue.domains.knowledge.models import Document, Passage
from khue.domains.knowledge.reading.blocks import Unreadable
from khue.domains.knowledge.reading.passages import body_and_passages
from khue.domains.knowledge.reading.sandbox import Sandbox
from khue.domains.knowledge.tests.reading import hostile


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(seconds=20) as running:
        yield running


@pytest.mark.parametrize(("name", "make", "codes"), hostile.FILES, ids=[name for name, _, _ in hostile.FILES])
def test_it_is_refused_and_the_next_file_is_read(sandbox, tmp_path, name, make, codes):
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(Unreadable) as refusal:
        sandbox.read(path, name)
    assert refusal.value.code in codes
    good = tmp_path / "good.txt"
    good.write_text("Văn bản bình thường.")
    assert sandbox.read(good, "good.txt").documents[0].blocks[0].text == "Văn bản bình thường."


def test_every_refusal_has_its_words():
    assert {code for _, _, codes in hostile.FILES for code in codes} <= set(_TEXTS)


def test_a_reader_that_hangs_is_ended(tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with Sandbox(seconds=1) as sandbox:
        begin = time.monotonic()
        with pytest.raises(Unreadable) as refusal:
            sandbox.read(path, path.name)
        assert refusal.value.code == "too_slow"
        assert time.monotonic() - begin < 10


def test_a_reader_that_dies_is_replaced(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("Văn bản.")
    with Sandbox() as sandbox:
        sandbox.read(good, good.name)
        os.kill(sandbox._child.pid, signal.SIGKILL)
        while sandbox._child.is_running:
            time.sleep(0.01)
        assert sandbox.read(good, good.name).documents[0].blocks[0].text == "Văn bản."


def test_the_reading_process_is_given_no_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("KHUE_SECRET_KEY", "geheim")
    good = tmp_path / "good.txt"
    good.write_text("Văn bản.")
    with Sandbox() as sandbox:
        sandbox.read(good, good.name)
        environment = Path(f"/proc/{sandbox._child.pid}/environ").read_bytes()
    assert b"geheim" not in environment


@pytest.mark.parametrize(
    "text", ["M. " * 300_000, "a" * 3_000_000, "aa.Aa" * 300_000, "Điều 1. " * 100_000, "1. a\n" * 100_000]
)
def test_no_text_makes_passages_slow(text):
    from khue.domains.knowledge.reading.readers import plain

    begin = time.process_time()
    body_and_passages(plain.blocks(text))
    assert time.process_time() - begin < 20


def test_all_of_them_at_once_on_the_page(library, an, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    names = {"locked.pdf", "laughs.docx", "photo.pdf", "list.jsonl", "noise.txt", "empty.txt"}
    said = {}
    for name, make, _ in hostile.FILES:
        if name in names:
            try:
                documents.upload(by=an, collection=library, file=SimpleUploadedFile(name, make()))
            except Refused as refusal:
                said[name] = str(refusal)
    good = documents.upload(by=an, collection=library, file=SimpleUploadedFile("good.txt", "Văn bản.".encode()))
    for document in Document.objects.all():
        documents.read(document.pk)
    failed = {d.file_name: d.error for d in Document.objects.filter(status="failed")}
    assert set(said) | set(failed) == names
    assert all(said.values()) and all(failed.values())
    assert Passage.objects.get().document_id == good.pk
