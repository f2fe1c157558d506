"""Reads entries: a call's beginning and end as one."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from khue.gateway.classes import DataClass
from khue.gateway.contract import Recorded
from khue.gateway.ledger.entries import Outcome
from khue.kernel import clock

# a call without an end that began before this was interrupted: its process is gone
INTERRUPTED_AFTER = timedelta(minutes=15)
ENDS = "left join gateway_entry e on e.call = b.call and e.kind = 'ended' and b.kind = 'begun'"
BOTH = "select b.seq, b.payload, e.payload from gateway_entry b {ends} where {where} order by b.seq desc limit %s"
CALLS = ("begun", "refused")


@dataclass(frozen=True)
class Filter:
    """Which entries; None: all. `since` and `until` are times (until exclusive), `before` an entry's number."""

    kinds: Collection[str] | None = None
    organisation_ids: Collection[UUID] | None = None
    person_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    tool: str | None = None
    data_class: DataClass | None = None
    outcome: str | None = None
    decision: str | None = None
    zone: str | None = None


def calls(
    *,
    organisation_ids: Collection[UUID] | None = None,
    person_id: UUID | None = None,
    before: datetime | None = None,
    limit: int,
) -> list[Recorded]:
    return entries(
        Filter(kinds=CALLS, organisation_ids=organisation_ids, person_id=person_id, until=before), limit=limit
    )


def entries(chosen: Filter, *, limit: int) -> list[Recorded]:
    """The latest first, by number."""
    where, values = conditions(chosen)
    with connection.cursor() as cursor:
        cursor.execute(BOTH.format(ends=ENDS, where=where), [*values, limit])
        return [_recorded(*row) for row in cursor.fetchall()]


def entry(number: int | UUID) -> Recorded | None:
    """By its number, or by its call."""
    of_call = "b.call = %s and b.kind in ('begun', 'refused')"
    where = of_call if isinstance(number, UUID) else "b.seq = %s and b.kind <> 'ended'"
    with connection.cursor() as cursor:
        cursor.execute(BOTH.format(ends=ENDS, where=where), [number, 1])
        row = cursor.fetchone()
    return _recorded(*row) if row else None


def conditions(chosen: Filter) -> tuple[str, list[Any]]:
    """SQL over b (the entry) and e (the end of its call)."""
    parts: list[tuple[str, Any]] = []
    for part, value in (
        ("b.kind = any(%s)", None if chosen.kinds is None else list(chosen.kinds)),
        ("b.organisation = any(%s)", None if chosen.organisation_ids is None else list(chosen.organisation_ids)),
        ("b.person = %s", chosen.person_id),
        ("b.at >= %s", None if chosen.since is None else _micros(chosen.since)),
        ("b.at < %s", None if chosen.until is None else _micros(chosen.until)),
        ("b.seq < %s", chosen.before),
        ("b.tool = %s", chosen.tool),
        ("b.data_class = %s", chosen.data_class),
        ("b.decision = %s", chosen.decision),
        ("b.zone = %s", chosen.zone),
    ):
        if value is not None:
            parts.append((part, value))
    if chosen.outcome is not None:
        parts += _of_outcome(chosen.outcome)
    return " and ".join(["b.kind <> 'ended'", *(part for part, _ in parts)]), [value for _, value in parts]


def _of_outcome(outcome: str) -> Sequence[tuple[str, Any]]:
    if outcome == Outcome.REFUSED:
        return [("b.kind = %s", "refused")]
    if outcome in {Outcome.STARTED, Outcome.INTERRUPTED}:
        side = ">=" if outcome == Outcome.STARTED else "<"
        return [(f"b.kind = 'begun' and e.seq is null and b.at {side} %s", _micros(clock.now() - INTERRUPTED_AFTER))]
    return [("e.payload::jsonb ->> 'outcome' = %s", outcome)]


def _recorded(seq: int, payload: str, ended: str | None) -> Recorded:
    facts: dict[str, Any] = json.loads(payload)
    end: dict[str, Any] = json.loads(ended) if ended else {}
    at = datetime.fromtimestamp(facts["at"] / 1_000_000, UTC)
    return Recorded(
        id=UUID(facts["call"]) if "call" in facts else UUID(int=seq),
        seq=seq,
        at=at,
        event=facts["kind"],
        person_id=_uuid(facts.get("person")),
        organisation_id=_uuid(facts.get("organisation")),
        tool=facts.get("tool", ""),
        purpose=facts.get("purpose", ""),
        kind=facts.get("task", facts["kind"]),
        data_class=DataClass(facts.get("class", 0)),
        provider=facts.get("provider", ""),
        model=end.get("model") or facts.get("model", ""),
        texts=facts.get("texts", 0),
        input_digest=facts.get("input_digest", ""),
        output_digest=end.get("output_digest", ""),
        prompt_tokens=end.get("prompt_tokens"),
        completion_tokens=end.get("completion_tokens"),
        first_token_ms=_millis(end.get("first_token_us")),
        total_ms=_millis(end.get("total_us")),
        outcome=_outcome(facts, end, at),
        error=end.get("error") or facts.get("error", ""),
        zone=facts.get("zone", ""),
        decision=facts.get("decision", ""),
        rule=facts.get("rule", ""),
        policy=facts.get("policy", ""),
        hidden=facts.get("hidden", {}),
        model_digest=facts.get("model_digest", ""),
        energy_mj=end.get("energy_mj"),
        co2_ug=end.get("co2_ug"),
        facts=facts,
    )


def _outcome(facts: dict[str, Any], end: dict[str, Any], at: datetime) -> str:
    if facts["kind"] != "begun":
        return str(facts.get("outcome", ""))
    if end:
        return str(end["outcome"])
    return Outcome.INTERRUPTED if at < clock.now() - INTERRUPTED_AFTER else Outcome.STARTED


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _millis(micros: int | None) -> float | None:
    return None if micros is None else micros / 1000


def _micros(time: datetime) -> int:
    return int(time.timestamp()) * 1_000_000 + time.microsecond
