"""Writes entries: the beginning and the end of each call, refusals, and whatever else must be on record."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection

from khue.gateway.classes import DataClass
from khue.gateway.contract import Caller
from khue.gateway.ledger import content, store
from khue.kernel import clock
from khue.kernel.models import uuid7


class Task(StrEnum):
    CHAT = "chat"
    EMBED = "embed"


class Outcome(StrEnum):
    """`STARTED` has no end yet; `INTERRUPTED` will have none: the process ended in the middle."""

    STARTED = "started"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


class Entry:
    """A call that waits for its end. `finish` may be called again; only the first end counts."""

    def __init__(self, call: UUID, seq: int, model: str, expires_at: Any) -> None:
        self.id, self.seq, self.model = call, seq, model
        self.is_open = True
        self.first_token_ms: float | None = None
        self.total_ms: float | None = None
        self._began = time.perf_counter()
        self._expires_at = expires_at

    def elapsed_ms(self) -> float:
        return round((time.perf_counter() - self._began) * 1000, 3)

    def first_token(self) -> None:
        if self.first_token_ms is None:
            self.first_token_ms = self.elapsed_ms()

    def finish(self, outcome: str, *, output: bytes | None = None, error: str = "", **counts: int | None) -> None:
        if not self.is_open:
            return
        self.is_open = False
        self.total_ms = self.elapsed_ms()
        facts = {
            "kind": "ended",
            "call": self.id,
            "at": now(),
            "outcome": outcome,
            "error": error[:300],
            "output_digest": None if output is None else hashlib.sha256(output).hexdigest(),
            "first_token_us": _micros(self.first_token_ms),
            "total_us": _micros(self.total_ms),
            "model": self.model[:200],
            **counts,
        }
        try:
            store.append_patiently(facts)
        except IntegrityError:
            if connection.in_atomic_block:
                raise
            # the first try had succeeded, only its answer was lost
        if output is not None and self._expires_at is not None:
            content.received(self.id, output)


def begin(
    task: Task,
    *,
    caller: Caller,
    data_class: DataClass,
    provider: str,
    model: str,
    inputs: Sequence[str],
    zone: str = "",
    decision: str = "",
    rule: str = "",
    policy: str = "",
    hidden: Mapping[str, int] | None = None,
    model_digest: str = "",
    **more: str | int | None,
) -> Entry:
    """The entry of a call about to be made, on the disk at once. Refuses to run inside a transaction: the record must
    not vanish with the caller's work, and no transaction should wait for a model. `inputs` as they will be sent."""
    call = uuid7()
    facts = {
        **more,
        **_asked(task, caller, data_class, inputs),
        "kind": "begun",
        "call": call,
        "provider": provider[:40],
        "model": model[:200],
        "zone": zone,
        "decision": decision,
        "rule": rule,
        "policy": policy,
        "hidden": dict(hidden or {}),
        "model_digest": model_digest,
    }
    seq = store.append(facts)
    expires_at = content.sent(call, inputs, data_class) if task == Task.CHAT else None
    return Entry(call, seq, model, expires_at)


def refuse(
    task: Task,
    *,
    caller: Caller,
    data_class: DataClass,
    inputs: Sequence[str],
    error: str,
    **more: str | int | Mapping[str, int] | None,
) -> UUID:
    """The one entry of a call that was not made, on the disk at once. `more`: what was decided, as for `begin`."""
    call = uuid7()
    asked = _asked(task, caller, data_class, inputs)
    store.append({**more, **asked, "kind": "refused", "call": call, "outcome": Outcome.REFUSED, "error": error[:300]})
    return call


def record(kind: str, **facts: Any) -> int:
    """An entry of another kind ("egress", "policy", "class", "key" …): text, whole numbers, and mappings of them.
    Inside a transaction it goes with that; else it is on the disk at once. `person` and `organisation` take ids,
    `data_class` a class; returns its number."""
    data_class = facts.pop("data_class", None)
    entry = {"at": now(), **facts, "kind": kind, "class": data_class}
    return store.append_within(entry) if connection.in_atomic_block else store.append(entry)


def digest(texts: Sequence[str]) -> bytes:
    """SHA-256 over the texts, each preceded by its length in bytes, so that borders count."""
    sha = hashlib.sha256()
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        sha.update(len(raw).to_bytes(8, "big"))
        sha.update(raw)
    return sha.digest()


def now() -> int:
    """Microseconds since 1970. The order of entries is their number, not this: clocks are set back now and then."""
    time_now = clock.now()
    return int(time_now.timestamp()) * 1_000_000 + time_now.microsecond


def _asked(task: Task, caller: Caller, data_class: DataClass, inputs: Sequence[str]) -> dict[str, Any]:
    return {
        "at": now(),
        "task": task,
        "person": caller.person_id,
        "organisation": caller.organisation_id,
        "tool": caller.tool[:60],
        "purpose": caller.purpose[:200],
        "class": data_class,
        "texts": len(inputs),
        "input_digest": digest(inputs).hex(),
    }


def _micros(milliseconds: float | None) -> int | None:
    return None if milliseconds is None else round(milliseconds * 1000)
