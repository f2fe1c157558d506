"""A proof holds where Khuê is not, and only for what is true."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from khue.gateway.api import Caller, DataClass
from khue.gateway.ledger import Outcome, Task, begin, checkpoints, proofs
from khue.gateway.ledger.notes import Signer
from khue.gateway.ledger.tree import LedgerDamaged
from khue.gateway.tests.ledger.conftest import fill

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[5] / "docs" / "verify_proof.py"


@pytest.fixture
def check(tmp_path):
    """The script alone, in a Python that sees neither this repository nor its settings."""

    def run(proof, *options):
        file = tmp_path / "proof.json"
        file.write_text(proof if isinstance(proof, str) else json.dumps(proof, ensure_ascii=False), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-I", str(SCRIPT), str(file), *options],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={},
        )

    return run


def call():
    entry = begin(
        Task.CHAT, caller=Caller(uuid4(), None, "ask", "hỏi thủ tục"), data_class=DataClass.PUBLIC, provider="local",
        model="m", inputs=["câu hỏi"],
    )  # fmt: skip
    entry.finish(Outcome.DONE, output="trả lời".encode())
    return entry


@pytest.mark.parametrize("number", [1, 255, 256, 257, 300])
def test_an_entry_is_proved(check, number):
    fill(300)
    done = check(proofs.inclusion(number), "--key", checkpoints.verifier().text)
    assert done.returncode == 0, done.stderr
    assert f"entry {number} of 300" in done.stdout and f"mục {number - 1}" in done.stdout


def test_a_call_is_proved_with_beginning_and_end(check):
    fill(5)
    entry = call()
    proof = proofs.inclusion(entry.id)
    assert [json.loads(each["payload"])["kind"] for each in proof["entries"]] == ["begun", "ended"]
    assert check(proof).returncode == 0


def test_a_proof_against_an_earlier_checkpoint_stays_right(check):
    fill(10)
    note = checkpoints.make()
    fill(300)
    proof = proofs.inclusion(4)
    assert proof["checkpoint"] == note.text
    assert check(proof).returncode == 0


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("payload", lambda text: text.replace("mục", "chương")),
        ("number", lambda number: number + 1),
        ("path", lambda path: path[:-1]),
        ("path", lambda path: [path[1], path[0], *path[2:]]),
    ],
)
def test_what_was_changed_is_not_proved(check, part, wrong):
    fill(20)
    proof = proofs.inclusion(7)
    proof["entries"][0][part] = wrong(proof["entries"][0][part])
    done = check(proof)
    assert done.returncode == 1
    assert "does not hold" in done.stderr


def test_a_checkpoint_signed_by_somebody_else_proves_nothing(check):
    fill(20)
    proof = proofs.inclusion(7)
    body = proof["checkpoint"].partition("\n\n")[0] + "\n"
    false = Signer(checkpoints.verifier().name, b"\7" * 32)
    assert check(proof | {"checkpoint": false.signed(body).text}).returncode == 1
    forged = proof | {"checkpoint": false.signed(body).text, "public_key": false.verifier().text}
    assert check(forged, "--key", checkpoints.verifier().text).returncode == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "x", "public_key": "a", "checkpoint": ""}'])
def test_what_is_no_proof_is_said_to_be_none(check, text):
    assert check(text).returncode == 2


def test_growth_is_proved_to_who_holds_a_checkpoint(check, tmp_path):
    fill(100)
    old = checkpoints.make()
    fill(500)
    held = tmp_path / "held"
    held.write_text(old.text)
    proof = proofs.growth(old)
    done = check(proof, "--key", checkpoints.verifier().text, "--checkpoint", str(held))
    assert done.returncode == 0, done.stderr
    assert "600 entries continues the one of 100" in done.stdout
    assert check(proof | {"path": proof["path"][1:]}).returncode == 1
    held.write_text(checkpoints.make().text)
    assert check(proof, "--checkpoint", str(held)).returncode == 1


def test_growth_is_not_proved_over_a_change(intruder):
    fill(100)
    old = checkpoints.make()
    with intruder:
        intruder.change(50)
        intruder.recompute()
        intruder.sql("truncate gateway_checkpoint")
    fill(10)
    with pytest.raises(LedgerDamaged):
        proofs.growth(old)


def test_an_entry_that_was_changed_is_not_proved(intruder):
    fill(100)
    checkpoints.make()
    with intruder:
        intruder.change(50)
    with pytest.raises(LedgerDamaged):
        proofs.inclusion(50)


def test_no_entry_no_proof(db):
    for number in (1, uuid4()):
        with pytest.raises(proofs.NoSuchEntry):
            proofs.inclusion(number)
