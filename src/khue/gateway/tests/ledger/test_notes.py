"""Signed notes, as other programs of transparency logs write and read them."""

import pytest

from khue.gateway.ledger import notes
from khue.gateway.ledger.notes import COSIGNATURE, Checkpoint, NotANote, Signer

# the example of the note format's first implementation: its key, its text, and the signature that belongs there
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = (
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
LEDGER = Signer("khue-ledger-test", b"\1" * 32)
INSPECTORATE = Signer("thanh-tra", b"\2" * 32)
CHECKPOINT = Checkpoint("khue-ledger-test", 1234, b"\3" * 32)


def test_the_known_example_is_signed_and_read_alike():
    signer = notes.signer(PRIVATE)
    assert signer.text == PRIVATE
    assert signer.verifier().text == PUBLIC
    assert signer.signed(TEXT).text == f"{TEXT}\n{LINE}"
    assert notes.verifier(PUBLIC).has_signed(notes.read(f"{TEXT}\n{LINE}"))


def test_a_checkpoint_comes_back_as_it_was():
    note = notes.read(LEDGER.signed(CHECKPOINT.body).text)
    assert note.checkpoint == CHECKPOINT
    assert LEDGER.verifier().has_signed(note)
    assert not INSPECTORATE.verifier().has_signed(note)


def test_a_changed_note_is_not_signed():
    text = LEDGER.signed(CHECKPOINT.body).text.replace("1234", "1235")
    assert not LEDGER.verifier().has_signed(notes.read(text))


def test_a_second_body_signs_too_and_says_when():
    note = notes.read(INSPECTORATE.countersigned(LEDGER.signed(CHECKPOINT.body), at=1_772_000_000).text)
    assert LEDGER.verifier().has_signed(note)
    assert INSPECTORATE.verifier(COSIGNATURE).has_signed(note)
    assert not INSPECTORATE.verifier().has_signed(note)
    again = INSPECTORATE.countersigned(note, at=1_772_000_001)
    assert len(again.signatures) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "body\n\n",
        "body\n\nno dash\n",
        "body\n\n\u2014 name !!\n",
        "body\n\n\u2014 name AAAA\n",
        f"{TEXT}\n{LINE}",
    ],
)
def test_what_is_no_checkpoint_is_refused_with_a_reason(text):
    with pytest.raises(NotANote, match="."):
        assert notes.read(text).checkpoint


@pytest.mark.parametrize("key", ["", "a+b", "PRIVATE+KEY+x", PUBLIC, PRIVATE.replace("AYEK", "AAAA")])
def test_what_is_no_private_key_is_refused(key):
    with pytest.raises(NotANote):
        notes.signer(key)


def test_a_public_key_under_another_name_is_refused():
    with pytest.raises(NotANote, match="does not fit"):
        notes.verifier(PUBLIC.replace("PeterNeumann", "PaulNeumann"))
