"""A moment's look finds what is wrong with the last checkpoint and with the last entries."""

import pytest

from khue.gateway.ledger import checkpoints, glance
from khue.gateway.ledger.rights import RIGHTS
from khue.gateway.tests.ledger.conftest import fill
from khue.kernel import roles

pytestmark = pytest.mark.django_db


def test_an_untouched_ledger(db):
    fill(600)
    checkpoints.make()
    fill(20)
    found = glance.look()
    assert (found.entries, found.signed, found.problem) == (620, 600, "")
    assert found.signed_at is not None


def test_an_empty_ledger(db):
    assert glance.look() == glance.Glance(0, 0, None, "")


def test_the_first_entry_too(intruder):
    fill(3)
    with intruder:
        intruder.change(1)
    assert glance.look().problem == "entry 1 is not what was written there"


def test_a_changed_entry_among_the_last(intruder):
    fill(1500)
    with intruder:
        intruder.change(1400, leaf=True)
    assert glance.look().problem == "entry 1400 is not what was written there"


def test_entries_cut_off_after_they_were_signed_for(intruder):
    fill(300)
    checkpoints.make()
    with intruder:
        intruder.sql("delete from gateway_entry where seq > 290")
    assert glance.look().problem == "300 entries were signed for, 290 are there"


def test_a_hash_that_was_changed_since_it_was_signed(intruder):
    fill(300)
    checkpoints.make()
    with intruder:
        intruder.sql("update gateway_subtree set hash = sha256('x')")
    assert glance.look().problem == "the hash over the entries is not the one that was signed"


@pytest.mark.django_db(transaction=True)
def test_the_role_s_rights(intruder):
    roles.give(RIGHTS)
    assert roles.holds(RIGHTS)
    intruder.sql(f"grant update on gateway_entry to {roles.settings.APPLICATION_DATABASE['USER']}")
    assert roles.holds(RIGHTS) is False
    roles.give(RIGHTS)
    assert roles.holds(RIGHTS)
