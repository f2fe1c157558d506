"""khue ledger as stewards and a second body use it: output, exit, files."""

import json
import stat
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from typer.testing import CliRunner

from khue.cli.main import app, gather
from khue.gateway.api import Caller, DataClass
from khue.gateway.ledger import Outcome, Task, begin

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = Path(__file__).parents[1] / "docs" / "verify_proof.py"


@pytest.fixture(scope="module", autouse=True)
def _gathered():
    if not app.registered_commands:
        gather()


@pytest.fixture
def run(settings, tmp_path):
    settings.KHUE_HOME = tmp_path
    return lambda *words: CliRunner().invoke(app, ["ledger", *map(str, words)])


@pytest.fixture
def calls(run):
    return [call(f"câu hỏi {number}") for number in range(5)]


def call(question):
    caller = Caller(uuid4(), uuid4(), "ask", question)
    entry = begin(Task.CHAT, caller=caller, data_class=DataClass.PUBLIC, provider="p", model="m", inputs=[question])
    entry.finish(Outcome.DONE, output=b"y")
    return entry


def tamper(query):
    with connection.cursor() as cursor:
        cursor.execute("alter table gateway_entry disable trigger user")
        cursor.execute(query)
        cursor.execute("alter table gateway_entry enable trigger user")


def test_a_ledger_in_order(run, calls):
    done = run("verify", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"entries": 10, "ok": True, "problems": []})
    assert "10 entries: in order" in run("verify").stdout


def test_a_changed_entry_is_named(run, calls):
    tamper("update gateway_entry set payload = replace(payload, 'câu hỏi 2', 'câu hỏi 9')")
    done = run("verify", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["ok"], report["entries"]) == (1, False, 10)
    assert report["problems"] == [
        {"kind": "changed", "entry": 5, "last": 5, "detail": "", "message": "entry 5 is not what was written there"}
    ]
    assert "NOT in order" in run("verify").stdout


def test_a_checkpoint_held_elsewhere_finds_a_cut_end(run, calls, tmp_path):
    held = tmp_path / "held"
    assert run("checkpoint", "--out", held).exit_code == 0
    assert run("verify", "--checkpoint", held).exit_code == 0
    tamper("delete from gateway_entry where seq > 8")
    with connection.cursor() as cursor:
        cursor.execute("alter table gateway_checkpoint disable trigger user")
        cursor.execute("delete from gateway_checkpoint")
        cursor.execute("alter table gateway_checkpoint enable trigger user")
    assert run("verify").exit_code == 0
    done = run("verify", "--checkpoint", held)
    assert done.exit_code == 1
    assert "the entries 9 to 10 are missing at the end" in done.stdout


def test_a_second_body_countersigns_and_is_asked_for(run, calls, tmp_path):
    held, key = tmp_path / "held", tmp_path / "thanh-tra.key"
    made = run("key", "--new", key, "--name", "thanh-tra")
    assert made.exit_code == 0 and stat.S_IMODE(key.stat().st_mode) == 0o600
    witness = made.stdout.strip()
    run("checkpoint", "--out", held)
    assert run("verify", "--checkpoint", held, "--witness", witness).exit_code == 1
    ledger = run("key").stdout.strip()
    assert run("countersign", held, "--key", key, "--of", ledger).exit_code == 0
    assert run("verify", "--checkpoint", held, "--witness", witness).exit_code == 0
    assert len(held.read_text().splitlines()) == 6


def test_another_ledger_s_checkpoint_is_not_countersigned(run, calls, tmp_path):
    held, key = tmp_path / "held", tmp_path / "key"
    witness = run("key", "--new", key, "--name", "thanh-tra").stdout.strip()
    run("checkpoint", "--out", held)
    before = held.read_text()
    done = run("countersign", held, "--key", key, "--of", witness)
    assert done.exit_code == 1
    assert held.read_text() == before


def test_a_call_and_an_entry_are_proved_without_khue(run, calls, tmp_path):
    for what in (calls[3].id, 2):
        proof = tmp_path / "proof.json"
        assert run("prove", what, "--out", proof).exit_code == 0
        command = [sys.executable, "-I", str(SCRIPT), str(proof), "--key", run("key").stdout.strip()]
        done = subprocess.run(command, capture_output=True, text=True, env={})
        assert done.returncode == 0, done.stderr
    assert "entry 2 of 10" in done.stdout


def test_growth_is_proved_to_who_holds_a_checkpoint(run, calls, tmp_path):
    held = tmp_path / "held"
    run("checkpoint", "--out", held)
    call("một câu nữa")
    done = run("prove", "--since", held)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["format"] == "khue-growth-1"


def test_nothing_is_proved_over_a_changed_ledger(run, calls):
    run("checkpoint")
    tamper("update gateway_entry set payload = replace(payload, 'câu hỏi 2', 'câu hỏi 9')")
    done = run("prove", "5")
    assert done.exit_code == 1
    assert "khue ledger verify says more" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["prove"], ["prove", "999"], ["prove", "x"], ["prove", str(uuid4())], ["prove", "1", "--since", "{junk}"],
        ["verify", "--checkpoint", "{junk}"], ["verify", "--checkpoint", "/nowhere"], ["verify", "--witness", "x"],
        ["countersign", "{junk}", "--key", "{junk}"], ["key", "--new", "{junk}", "--name", "a b"],
        ["key", "--new", "{junk}", "--name", "a"], ["prove", "--since", "{junk}"],
    ],
)  # fmt: skip
def test_wrong_input_is_said_to_be_wrong(run, calls, tmp_path, words):
    junk = tmp_path / "junk"
    junk.write_bytes(b"\xff\xfe junk")
    done = run(*(word.replace("{junk}", str(junk)) for word in words))
    assert done.exit_code == 2, done.output
    assert done.stderr
