"""From the notes of processes into the ledger."""

import pytest

from khue.gateway import api
from khue.gateway.egress import kept, record
from khue.gateway.ledger.reading import Filter, entries
from khue.gateway.tests.egress import guarded

TRY = "egress.install(); out = tried(lambda: socket.create_connection(('203.0.113.7', {port}), 1))"


@pytest.fixture
def home(tmp_path, settings):
    settings.KHUE_HOME = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_a_refusal_is_shown_at_once_and_later_stands_in_the_ledger(home):
    guarded.run(TRY.format(port=443), home)
    (shown,) = api.refused_connections()
    assert (shown.way, shown.target, shown.times) == ("connect", "203.0.113.7:443", 1)

    assert kept.keep() == 1
    assert api.refused_connections() == [shown]
    (entry,) = entries(Filter(kinds=["egress"]), limit=5)
    assert entry.outcome == "refused"
    assert entry.facts["target"] == "203.0.113.7:443"
    assert not record.noted()
    assert kept.keep() == 0


@pytest.mark.django_db
def test_notes_that_a_power_cut_left_behind_come_in_once(home):
    guarded.run(TRY.format(port=443), home)
    record.take()
    lines = record.taken().read_bytes()
    kept.keep()
    record.taken().write_bytes(lines)  # as if the power had gone before the file was deleted
    guarded.run(TRY.format(port=80), home)

    kept.keep()
    kept.keep()
    assert [each.target for each in api.refused_connections()] == ["203.0.113.7:80", "203.0.113.7:443"]


@pytest.mark.django_db
def test_a_damaged_note_does_not_stop_the_others(home):
    guarded.run(TRY.format(port=443), home)
    with record.file().open("ab") as notes:
        notes.write(b'{"id": "half a\n\xff\xfe\n')
    assert kept.keep() == 1
