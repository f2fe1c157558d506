"""Writes and reads the record of model calls. A call that cannot be recorded is not made."""

import hashlib
import time
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction

from khue.gateway.classes import DataClass
from khue.gateway.contract import Caller, Recorded
from khue.gateway.models import Call

# a second apart: the time that a killed database takes to come back
ATTEMPTS = 8


class Entry:
    """A row that waits for its end. `finish` may be called again; only the first end counts."""

    def __init__(self, call: Call) -> None:
        self.id: UUID = call.id
        self.call = call
        self.began = time.perf_counter()
        self.first_token_ms: float | None = None

    @property
    def is_open(self) -> bool:
        return self.call.outcome == Call.Outcome.STARTED

    def elapsed_ms(self) -> float:
        return round((time.perf_counter() - self.began) * 1000, 2)

    def first_token(self) -> None:
        if self.first_token_ms is None:
            self.first_token_ms = self.elapsed_ms()

    def finish(self, outcome: str, *, output: bytes | None = None, error: str = "", **counts: int | None) -> None:
        if not self.is_open:
            return
        changes: dict[str, Any] = {
            "outcome": outcome,
            "error": error[:300],
            "output_digest": None if output is None else hashlib.sha256(output).digest(),
            "first_token_ms": self.first_token_ms,
            "total_ms": self.elapsed_ms(),
            **counts,
        }
        for name, value in changes.items():
            setattr(self.call, name, value)
        self._keep([*changes, "updated_at"])

    def _keep(self, fields: list[str]) -> None:
        """Also when the database has been away for a moment."""
        for attempt in range(ATTEMPTS):
            try:
                return self.call.save(update_fields=fields)
            except (OperationalError, InterfaceError):
                if attempt == ATTEMPTS - 1 or connection.in_atomic_block:
                    raise
                connection.close()
                time.sleep(1)


def begin(
    kind: Call.Kind, *, caller: Caller, data_class: DataClass, provider: str, model: str, inputs: Sequence[str]
) -> Entry:
    """The row of a call about to be made, committed at once. Refuses to run inside a transaction: the record must not
    vanish with the caller's work, and no transaction should wait for a model."""
    with transaction.atomic(durable=True):
        call = Call.objects.create(
            person_id=caller.person_id,
            organisation_id=caller.organisation_id,
            tool=caller.tool,
            purpose=caller.purpose,
            kind=kind,
            data_class=data_class,
            provider=provider,
            model=model,
            texts=len(inputs),
            input_digest=digest(inputs),
        )
    return Entry(call)


def digest(texts: Sequence[str]) -> bytes:
    """SHA-256 over the texts, each preceded by its length in bytes, so that borders count."""
    sha = hashlib.sha256()
    for text in texts:
        raw = text.encode()
        sha.update(len(raw).to_bytes(8, "big"))
        sha.update(raw)
    return sha.digest()


def calls(
    *,
    organisation_ids: Collection[UUID] | None = None,
    person_id: UUID | None = None,
    before: datetime | None = None,
    limit: int,
) -> list[Recorded]:
    rows = Call.objects.order_by("-created_at", "-id")
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=organisation_ids)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if before is not None:
        rows = rows.filter(created_at__lt=before)
    return [_recorded(call) for call in rows[:limit]]


def _recorded(call: Call) -> Recorded:
    return Recorded(
        id=call.id,
        at=call.created_at,
        person_id=call.person_id,
        organisation_id=call.organisation_id,
        tool=call.tool,
        purpose=call.purpose,
        kind=call.kind,
        data_class=DataClass(call.data_class),
        provider=call.provider,
        model=call.model,
        texts=call.texts,
        input_digest=bytes(call.input_digest).hex(),
        output_digest=bytes(call.output_digest).hex() if call.output_digest else "",
        prompt_tokens=call.prompt_tokens,
        completion_tokens=call.completion_tokens,
        first_token_ms=call.first_token_ms,
        total_ms=call.total_ms,
        outcome=call.outcome,
        error=call.error,
    )
