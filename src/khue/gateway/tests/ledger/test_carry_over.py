"""What was on record before the ledger had a chain goes into it, marked."""

from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection

from khue.gateway import api
from khue.gateway.models import LedgerEntry

pytestmark = pytest.mark.django_db
carrying = import_module("khue.gateway.migrations.0003_carry_calls_over")
AT = datetime(2026, 3, 5, 7, 30, 0, 250_001, tzinfo=UTC)
DONE = {
    "created_at": AT, "updated_at": AT, "person_id": uuid4(), "organisation_id": None, "tool": "ask", "purpose": "",
    "kind": "chat", "data_class": 1, "provider": "local", "model": "m", "texts": 2, "input_digest": b"\1" * 32,
    "output_digest": memoryview(b"\2" * 32), "prompt_tokens": 7, "completion_tokens": 0, "first_token_ms": 12.5,
    "total_ms": 30.25, "outcome": "done", "error": "",
}  # fmt: skip


class OldCalls:
    """As the migration meets them: the table itself is gone by now."""

    def __init__(self, *calls: dict) -> None:
        self.calls = [SimpleNamespace(id=uuid4(), **call) for call in calls]

    def get_model(self, app, name):
        assert (app, name) == ("gateway", "Call")
        return SimpleNamespace(objects=self)

    def order_by(self, *names):
        return self

    def iterator(self, size):
        return iter(self.calls)


def test_a_call_becomes_its_beginning_and_its_end():
    carrying.carry(
        OldCalls(DONE, DONE | {"outcome": "started", "output_digest": None}), SimpleNamespace(connection=connection)
    )
    assert list(LedgerEntry.objects.values_list("seq", "kind")) == [(1, "begun"), (2, "ended"), (3, "begun")]
    waiting, done = api.calls()
    assert (waiting.outcome, waiting.output_digest) == ("interrupted", "")
    assert (done.at, done.person_id, done.outcome, done.texts) == (AT, DONE["person_id"], "done", 2)
    assert (done.prompt_tokens, done.completion_tokens, done.first_token_ms, done.total_ms) == (7, 0, 12.5, 30.25)
    assert (done.input_digest, done.output_digest) == ("01" * 32, "02" * 32)
    assert done.facts["carried"] == 1
