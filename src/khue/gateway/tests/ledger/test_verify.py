"""Whatever is done to the ledger past its triggers is found and named."""

import psycopg
import pytest
from django.db import connection

from khue.gateway.ledger import checkpoints, merkle, notes, verification
from khue.gateway.ledger.notes import COSIGNATURE, Signer
from khue.gateway.ledger.verification import verify
from khue.gateway.models import LedgerCheckpoint
from khue.gateway.tests.ledger.conftest import fill

pytestmark = pytest.mark.django_db
HELD_AT = 600


@pytest.fixture
def held(db):
    """700 entries; one checkpoint over 300, and one over 600 that somebody else holds."""
    fill(300)
    checkpoints.make()
    fill(HELD_AT - 300)
    note = notes.read(checkpoints.make().text)
    fill(100)
    return note


def found(*given, **how):
    return [(problem.kind, problem.entry, problem.last) for problem in verify(given, **how).problems]


def kinds(*given):
    return {kind for kind, _, _ in found(*given)}


def test_an_untouched_ledger_is_in_order(held):
    report = verify([held])
    assert (report.entries, report.ok, report.problems) == (700, True, [])


def test_an_empty_ledger_is_in_order(db):
    assert verify().ok


@pytest.mark.parametrize("seq", [1, 2, 256, 257, 600, 650, 700])
def test_a_changed_entry_is_named(held, intruder, seq):
    with intruder:
        intruder.change(seq)
    assert ("changed", seq, seq) in found()


def test_a_changed_entry_whose_hash_was_changed_too_is_named(held, intruder):
    with intruder:
        intruder.change(40, leaf=True)
    assert found()[0] == ("changed", 40, 40)


@pytest.mark.parametrize(("first", "last"), [(1, 1), (20, 20), (300, 310), (255, 258)])
def test_removed_entries_are_named(held, intruder, first, last):
    with intruder:
        intruder.sql("delete from gateway_entry where seq between %s and %s", first, last)
    assert ("removed", first, last) in found()


def test_a_removed_entry_is_named_also_when_the_others_close_up(held, intruder):
    with intruder:
        intruder.sql("delete from gateway_entry where seq = 20")
        intruder.move(21, -1)
    assert ("removed", 20, 20) in found()


@pytest.mark.parametrize("chained", [True, False])
def test_an_entry_put_in_is_named(held, intruder, chained):
    with intruder:
        intruder.put_in(30, chained=chained)
    problems = found()
    assert ("inserted", 30, 30) in problems
    assert not any(kind == "changed" for kind, _, _ in problems)


def test_entries_that_changed_places_are_named(held, intruder):
    with intruder:
        intruder.sql("update gateway_entry set seq = -seq where seq in (50, 51)")
        intruder.sql("update gateway_entry set seq = 101 + seq where seq in (-50, -51)")
    assert found()[0] == ("reordered", 50, 50)


def test_contents_that_changed_places_are_named(held, intruder):
    with intruder:
        (one,), (other,) = intruder.sql("select payload from gateway_entry where seq in (60, 90) order by seq")
        for seq, text in ((60, other), (90, one)):
            leaf = merkle.leaf_hash(text.encode())
            intruder.sql("update gateway_entry set payload = %s, leaf = %s where seq = %s", text, leaf, seq)
    named = {entry for kind, entry, _ in found() if kind in {"reordered", "inserted", "changed"}}
    assert named & {60, 90}


def test_a_cut_end_is_named_by_what_is_kept_here(held, intruder):
    with intruder:
        intruder.sql("delete from gateway_entry where seq > 590")
    assert ("truncated", 591, 600) in found()


def test_a_cut_end_is_named_by_a_checkpoint_held_elsewhere(held, intruder):
    with intruder:
        intruder.sql("delete from gateway_entry where seq > 400")
        intruder.sql("delete from gateway_subtree where position > 0")
        intruder.sql("delete from gateway_checkpoint where size > 400")
    assert found() == []
    assert ("truncated", 401, 600) in found(held)


@pytest.mark.parametrize(("seq", "block"), [(5, (1, 256)), (299, (257, 512))])
def test_a_change_with_the_chain_recomputed_is_narrowed_by_stored_subtrees(held, intruder, seq, block):
    with intruder:
        intruder.change(seq)
        intruder.recompute()
    problems = verify([held]).problems
    assert ("subtree", *block) in [(each.kind, each.entry, each.last) for each in problems]
    assert any(f"look at {block[0]} to {block[1]}" in each.message for each in problems if each.kind == "checkpoint")


def test_a_change_with_everything_recomputed_is_found_by_a_checkpoint_kept_here(held, intruder):
    with intruder:
        intruder.change(350)
        intruder.recompute(subtrees=True)
    assert found() == [("checkpoint", 301, 600)]


def test_a_change_with_everything_recomputed_and_forgotten_is_found_by_who_holds_a_checkpoint(held, intruder):
    with intruder:
        intruder.change(350)
        intruder.recompute(subtrees=True)
        intruder.sql("truncate gateway_checkpoint")
    assert found() == []
    assert found(held) == [("checkpoint", 1, 600)]


def test_an_entry_put_in_with_everything_recomputed_is_found(held, intruder):
    with intruder:
        intruder.put_in(30, chained=True)
        renumbered = "'{\"#\":' || seq || substr(payload, position(',' in payload))"
        intruder.sql(f"update gateway_entry set payload = {renumbered} where seq > 30")
        intruder.recompute(subtrees=True)
    assert "checkpoint" in kinds(held)


def test_a_checkpoint_that_was_changed_is_named(held, intruder):
    with intruder:
        intruder.sql("update gateway_checkpoint set note = replace(note, '300', '301') where size = 300")
    assert "signature" in kinds()


def test_a_checkpoint_of_another_ledger_does_not_pass(held):
    other = Signer("khue-ledger-other", b"\4" * 32).signed(held.body)
    assert found(other) == [("signature", None, None)]


def test_a_countersignature_can_be_asked_for(held):
    inspectorate = Signer("thanh-tra", b"\2" * 32)
    witness = inspectorate.verifier(COSIGNATURE)
    assert found(held, witnesses=[witness]) == [("signature", None, None)]
    assert found(inspectorate.countersigned(held), witnesses=[witness]) == []


def test_stored_hashes_that_were_changed_are_named(held, intruder):
    with intruder:
        intruder.sql("update gateway_subtree set hash = sha256(hash) where position = 1")
    assert found() == [("subtree", 257, 512)]


def test_nothing_is_signed_over_a_changed_ledger(held, intruder):
    with intruder:
        intruder.change(350, leaf=True)
        intruder.recompute(subtrees=True)
    with pytest.raises(checkpoints.LedgerDamaged):
        checkpoints.make()
    assert LedgerCheckpoint.objects.count() == 2


def test_a_thousand_wounds_are_a_report_of_bearable_length(held, intruder):
    with intruder:
        intruder.sql("update gateway_entry set payload = replace(payload, 'mục', 'chương') where seq %% 3 = 0")
    assert 100 <= len(verify().problems) <= 110


@pytest.mark.django_db(transaction=True)
def test_it_sees_one_moment(monkeypatch):
    """What others append while it reads neither counts nor confuses."""
    fill(10)
    rows, known = verification._rows, connection.settings_dict

    def meanwhile():
        with psycopg.connect(host=known["HOST"], user=known["USER"], dbname=known["NAME"]) as other:
            for place, row in enumerate(rows()):
                if place == 5:
                    other.execute("select gateway_append(%s)", [['{"at":1,"kind":"test"}'] * 300])
                    other.commit()
                yield row

    monkeypatch.setattr(verification, "_rows", meanwhile)
    report = verify()
    assert (report.entries, report.problems) == (10, [])
    monkeypatch.setattr(verification, "_rows", rows)
    report = verify()
    assert (report.entries, report.problems) == (310, [])
