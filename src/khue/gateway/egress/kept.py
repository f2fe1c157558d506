"""Refused connections in the ledger, each once."""

import fcntl
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from khue.gateway import ledger
from khue.gateway.contract import Recorded
from khue.gateway.egress import record
from khue.gateway.egress.record import Refused
from khue.gateway.ledger.reading import Filter, entries

KIND = "egress"
# so many entries are looked through for a note that came in just before a power cut
LOOKED_BACK = 2000


def keep() -> int:
    """Moves the notes of this machine's processes into the ledger; returns how many. One at a time."""
    place = record.taken()
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        notes = record.take()
        known = {each.id for each in _kept(LOOKED_BACK)} if notes else set()
        fresh = [note for note in notes if note.id not in known]
        with transaction.atomic():
            for note in fresh:
                _keep(note)
        place.unlink(missing_ok=True)
    return len(fresh)


def refused(limit: int = 100) -> list[Refused]:
    """The latest first: from the ledger, and what is on its way there."""
    found = {each.id: each for each in (*record.noted(), *_kept(limit))}
    return sorted(found.values(), key=lambda each: each.at, reverse=True)[:limit]


def _keep(note: Refused) -> None:
    micros = int(note.at.timestamp()) * 1_000_000 + note.at.microsecond
    ledger.record(
        KIND, tool=note.process, note=note.id.hex, tried_at=micros, way=note.way, target=note.target, by=note.by,
        times=note.times, outcome=ledger.Outcome.REFUSED,
    )  # fmt: skip


def _kept(limit: int) -> list[Refused]:
    return [_refused(entry) for entry in entries(Filter(kinds=[KIND]), limit=limit)]


def _refused(entry: Recorded) -> Refused:
    facts = entry.facts
    return Refused(
        id=UUID(facts["note"]),
        at=datetime.fromtimestamp(facts["tried_at"] / 1_000_000, UTC),
        process=entry.tool,
        way=facts["way"],
        target=facts["target"],
        by=facts["by"],
        times=facts["times"],
    )
