"""What is on record of a call, in which order, and for how long its texts are kept."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from khue.gateway import api, tasks
from khue.gateway.api import Caller, DataClass, Filter
from khue.gateway.ledger import Outcome, Task, begin, digest, record, refuse, store
from khue.gateway.ledger.verification import verify
from khue.gateway.models import Content, LedgerCheckpoint, LedgerEntry
from khue.kernel import clock

pytestmark = pytest.mark.django_db
ACADEMY, PROVINCE = uuid4(), uuid4()
AN, BINH = Caller(uuid4(), ACADEMY, "ask", "câu hỏi"), Caller(uuid4(), PROVINCE, "draft")


def call(caller=AN, data_class=DataClass.INTERNAL, task=Task.CHAT, text="câu hỏi", **more):
    return begin(task, caller=caller, data_class=data_class, provider="local", model="m", inputs=[text], **more)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""
    now = clock.now()

    def set_to(**difference):
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(**difference))

    return set_to


def test_beginning_and_end_are_two_entries_and_read_as_one():
    entry = call(zone="machine", decision="pseudonymise", rule="r1", policy="2026-1", hidden={"NGUOI": 2}, more="x")
    entry.first_token()
    entry.finish(Outcome.DONE, output=b"y", prompt_tokens=7, completion_tokens=0)
    assert list(LedgerEntry.objects.values_list("seq", "kind", "zone", "decision", "tool")) == [
        (1, "begun", "machine", "pseudonymise", "ask"), (2, "ended", "", "", ""),
    ]  # fmt: skip
    [row] = api.entries()
    assert row == api.entry(1) == api.entry(entry.id) == api.calls()[0]
    assert (row.seq, row.id, row.outcome, row.prompt_tokens, row.completion_tokens) == (1, entry.id, "done", 7, 0)
    assert (row.zone, row.decision, row.rule, row.policy, row.hidden) == (
        "machine", "pseudonymise", "r1", "2026-1", {"NGUOI": 2},
    )  # fmt: skip
    assert row.facts["more"] == "x" and row.input_digest == digest(["câu hỏi"]).hex()
    assert 0 < row.first_token_ms <= row.total_ms
    assert api.entry(2) is None and api.entry(uuid4()) is None


def test_a_payload_is_canonical():
    call(hidden={"B": 1, "A": 2})
    payload = LedgerEntry.objects.get().payload
    facts = json.loads(payload)
    assert payload == json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert list(facts)[0] == "#" and facts["#"] == 1


def test_a_call_ends_once():
    entry = call()
    entry.finish(Outcome.CANCELLED)
    entry.finish(Outcome.DONE)
    assert [row.outcome for row in api.calls()] == ["cancelled"]
    with pytest.raises(IntegrityError), transaction.atomic():
        store.append_within({"kind": "ended", "call": entry.id, "at": 1, "outcome": "done"})


def test_a_refusal_is_one_entry_that_says_why():
    made = refuse(
        Task.CHAT, caller=AN, data_class=DataClass.SECRET, inputs=["x"], error="ClassNotAllowed", rule="secret"
    )
    [row] = api.calls()
    assert (row.id, row.event, row.outcome, row.error, row.rule) == (
        made, "refused", "refused", "ClassNotAllowed", "secret",
    )  # fmt: skip


def test_something_else_goes_with_the_work_it_belongs_to():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("policy", version="2026-2")
        raise ZeroDivisionError
    assert api.entries() == []
    record("policy", version="2026-2", person=AN.person_id, data_class=DataClass.INTERNAL)
    [row] = api.entries()
    assert (row.event, row.person_id, row.data_class, row.facts["version"]) == ("policy", AN.person_id, 1, "2026-2")
    assert api.calls() == []


@pytest.mark.parametrize("text", ["\0", "a\ud800b", '"}', "\\u0000", "mục\n", "x" * 5000])
def test_whatever_a_purpose_holds_it_is_on_record(text):
    call(Caller(None, None, "ask", text), text=text).finish(Outcome.FAILED, error=text)
    [row] = api.calls()
    assert row.purpose == text.replace("\0", "\ufffd").replace("\ud800", "?")[:200]
    assert verify().ok


def test_the_ledger_holds_whole_numbers_only():
    with pytest.raises(TypeError, match="microseconds"):
        record("energy", watts=0.5)


def test_what_has_no_end_was_interrupted_after_a_while(at):
    call()
    assert api.calls()[0].outcome == "started"
    at(minutes=16)
    call()
    assert [row.outcome for row in api.calls()] == ["started", "interrupted"]
    assert [row.seq for row in api.entries(Filter(outcome="interrupted"))] == [1]
    assert [row.seq for row in api.entries(Filter(outcome="started"))] == [2]
    assert verify().ok


def test_a_clock_that_is_set_back_changes_no_order_and_is_no_tampering(at):
    for hours in (0, -3, 1, -700, 2):
        at(hours=hours)
        call(Caller(None, None, "ask", str(hours))).finish(Outcome.DONE)
    assert [row.purpose for row in api.calls()] == ["2", "-700", "1", "-3", "0"]
    assert [row.purpose for row in api.entries(Filter(before=5))] == ["-3", "0"]
    api.checkpoint()
    report = verify()
    assert (report.entries, report.problems) == (10, [])


def test_filters(at):
    at(days=-2)
    call().finish(Outcome.DONE)
    at(days=0)
    call(BINH, DataClass.PUBLIC, zone="country", decision="allow").finish(Outcome.FAILED, error="ModelDied")
    refuse(Task.EMBED, caller=BINH, data_class=DataClass.SECRET, inputs=["x"], error="ClassNotAllowed", decision="deny")
    record("egress", tool="worker", host="example.org")

    def seqs(**chosen):
        return [row.seq for row in api.entries(Filter(**chosen))]

    assert seqs() == [6, 5, 3, 1]
    assert seqs(kinds=["egress", "refused"]) == [6, 5]
    assert seqs(organisation_ids=[ACADEMY]) == [1] and seqs(organisation_ids=[]) == []
    assert seqs(person_id=BINH.person_id) == [5, 3]
    assert seqs(since=clock.now() - timedelta(days=1)) == [6, 5, 3]
    assert seqs(until=clock.now() - timedelta(days=1)) == [1]
    assert seqs(before=5) == [3, 1]
    assert seqs(tool="draft") == [5, 3] and seqs(tool="worker") == [6]
    assert seqs(data_class=DataClass.PUBLIC) == [3]
    assert seqs(outcome="done") == [1] and seqs(outcome="failed") == [3] and seqs(outcome="refused") == [5]
    assert seqs(decision="deny") == [5] and seqs(zone="country") == [3]
    assert len(api.entries(limit=2)) == 2


def test_counts_for_the_report(at, django_assert_num_queries):
    for _ in range(3):
        call(zone="machine", decision="allow", hidden={"NGUOI": 2, "CCCD": 1}).finish(Outcome.DONE)
    call(BINH, DataClass.PUBLIC, zone="country", decision="pseudonymise", hidden={"NGUOI": 1}).finish(Outcome.FAILED)
    refuse(Task.CHAT, caller=BINH, data_class=DataClass.SECRET, inputs=["x"], error="ClassNotAllowed", rule="secret")
    with django_assert_num_queries(3):
        counts, hidden, refusals = api.ledger_counts(), api.ledger_hidden(), api.ledger_refusals()
    assert {(each.event, each.data_class, each.zone, each.decision, each.number) for each in counts} == {
        ("begun", 1, "machine", "allow", 3), ("begun", 0, "country", "pseudonymise", 1), ("refused", 3, "", "", 1),
    }  # fmt: skip
    assert hidden == {"NGUOI": 7, "CCCD": 3}
    assert [(each.data_class, each.error, each.rule, each.number) for each in refusals] == [
        (3, "ClassNotAllowed", "secret", 1)
    ]
    mine = Filter(organisation_ids=[PROVINCE])
    assert api.ledger_hidden(mine) == {"NGUOI": 1}
    assert sum(each.number for each in api.ledger_counts(Filter(outcome="failed"))) == 1
    assert api.ledger_refusals(Filter(organisation_ids=[ACADEMY])) == []


def test_texts_are_kept_apart_for_days_that_their_class_decides(settings, at):
    settings.KHUE_CONTENT_DAYS = [90, 30, 7, 0]
    kept = {level: call(data_class=level, text=f"văn bản {level}") for level in DataClass}
    for entry in kept.values():
        entry.finish(Outcome.DONE, output="trả lời".encode())
    texts = api.texts(kept[DataClass.PUBLIC].id)
    assert (texts.sent, texts.received) == (("văn bản 0",), "trả lời")
    assert api.texts(kept[DataClass.SECRET].id) is None
    at(days=8)
    assert api.texts(kept[DataClass.CONFIDENTIAL].id) is None
    tasks.prune()
    assert set(Content.objects.values_list("call", flat=True)) == {
        kept[DataClass.PUBLIC].id,
        kept[DataClass.INTERNAL].id,
    }
    api.forget_texts(kept[DataClass.PUBLIC].id)
    assert api.texts(kept[DataClass.PUBLIC].id) is None
    assert verify().ok and len(api.calls()) == 4


def test_texts_that_are_embedded_are_not_kept():
    call(task=Task.EMBED).finish(Outcome.DONE, output=b"\0\1")
    assert not Content.objects.exists()


def test_the_regular_checkpoint_says_nothing_twice_and_nothing_false(intruder, caplog):
    call()
    tasks.checkpoint()
    tasks.checkpoint()
    assert LedgerCheckpoint.objects.count() == 1
    with intruder:
        intruder.sql("update gateway_entry set payload = replace(payload, 'local', 'other'), leaf = sha256('x')")
    call()
    tasks.checkpoint()
    assert LedgerCheckpoint.objects.count() == 1
    assert "not what was written" in caplog.text


def test_both_jobs_are_there():
    from khue.kernel import jobs

    assert {"gateway.checkpoint", "gateway.prune"} <= jobs.names()


def test_what_is_no_entry_is_refused():
    for wrong in ("[]", "{}", '{"#":7,"kind":"x","at":1}', '{"at":1}', '{"kind":"x"}', "x"):
        with pytest.raises(Exception, match="."), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select gateway_append(%s)", [[wrong]])
    assert not LedgerEntry.objects.exists()
