"""Proofs that hold without this installation: that entries are in the ledger, that it was only added to.
docs/verify_proof.py checks both."""

import base64
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from khue.gateway.ledger import checkpoints, merkle, reading, tree
from khue.gateway.ledger.notes import Checkpoint, Note
from khue.gateway.ledger.tree import LedgerDamaged
from khue.gateway.models import LedgerEntry

INCLUSION, GROWTH = "khue-entries-1", "khue-growth-1"


class NoSuchEntry(LookupError):
    """There is no entry of that number, or of that call."""


def inclusion(number: int | UUID) -> dict[str, Any]:
    """That an entry, or the beginning and the end of a call, stand in the ledger that was signed for."""
    payloads = _payloads(number)
    note = checkpoints.covering(payloads[-1][0])
    entries = [_entry(seq, payload, note.checkpoint) for seq, payload in payloads]
    return _proof(INCLUSION, note) | {"entries": entries}


def growth(old: Note) -> dict[str, Any]:
    """That the ledger of today begins with the one that an older checkpoint was signed for."""
    note = checkpoints.make()
    first, last = old.checkpoint, note.checkpoint
    path = tree.over(lambda nodes: merkle.consistency(nodes, first.size, last.size)) if first.size <= last.size else []
    if not merkle.extends(first.size, first.root, last.size, last.root, path):
        raise LedgerDamaged(f"the ledger does not continue the one of {first.size} entries")
    return _proof(GROWTH, note) | {"old_checkpoint": old.text, "path": _encoded(path)}


def _payloads(number: int | UUID) -> list[tuple[int, str]]:
    rows = LedgerEntry.objects.order_by("seq").values_list("seq", "payload")
    if isinstance(number, UUID):
        found = list(rows.filter(call=number, kind__in=(*reading.CALLS, "ended")))
    else:
        found = list(rows.filter(seq=number))
    if not found:
        raise NoSuchEntry(str(number))
    return found


def _entry(seq: int, payload: str, checkpoint: Checkpoint) -> dict[str, Any]:
    path = tree.over(lambda nodes: merkle.inclusion(nodes, seq - 1, checkpoint.size))
    if not merkle.includes(merkle.leaf_hash(payload.encode()), seq - 1, checkpoint.size, path, checkpoint.root):
        raise LedgerDamaged(f"entry {seq} is not the one that was signed for")
    return {"number": seq, "payload": payload, "path": _encoded(path)}


def _encoded(path: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(step).decode() for step in path]


def _proof(kind: str, note: Note) -> dict[str, Any]:
    return {"format": kind, "public_key": checkpoints.verifier().text, "checkpoint": note.text}
