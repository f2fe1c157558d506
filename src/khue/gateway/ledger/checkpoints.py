"""Signed statements of how many entries there are and of the hash over them, for others to hold."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from khue.gateway import keys
from khue.gateway.ledger import merkle, notes, tree
from khue.gateway.ledger.notes import Checkpoint, Note, Signer, Verifier
from khue.gateway.ledger.tree import LedgerDamaged
from khue.gateway.models import LedgerCheckpoint


def signer() -> Signer:
    """This ledger, whose name is the beginning of its key's digest: another key is another ledger."""
    seed = keys.secret("ledger")
    public = Signer("-", seed).verifier().key
    return Signer(f"khue-ledger-{hashlib.sha256(public).hexdigest()[:16]}", seed)


def verifier() -> Verifier:
    return signer().verifier()


def make() -> Note:
    """Over all entries that are there. Nothing is signed that does not continue the last one (LedgerDamaged)."""
    size, last = tree.size(), latest()
    if last and last.checkpoint.size == size:
        return last
    root = tree.root(size)
    if last:
        _check_continues(last.checkpoint, size, root)
    # what is signed must outlive a power cut
    with connection.cursor() as cursor:
        cursor.execute("select gateway_flush()")
    own = signer()
    note = own.signed(Checkpoint(own.name, size, root).body)
    LedgerCheckpoint.objects.get_or_create(size=size, defaults={"note": note.text})
    return note


def latest(*, at_least: int = 0) -> Note | None:
    """The newest of this key."""
    mine = verifier()
    for stored in LedgerCheckpoint.objects.filter(size__gte=at_least).order_by("-size")[:1]:
        note = notes.read(stored.note)
        return note if mine.has_signed(note) else None
    return None


@dataclass(frozen=True)
class LatestCheckpoint:
    """`root` in hex; `name` is the ledger's, by which its key is known; `note` the whole signed text."""

    size: int
    root: str
    name: str
    made_at: datetime
    note: str


def last() -> LatestCheckpoint | None:
    """The newest as pages show it; None where there is none, or none of this key."""
    note = latest()
    if note is None:
        return None
    found = note.checkpoint
    return LatestCheckpoint(found.size, found.root.hex(), found.origin, times(1)[0][1], note.text)


def covering(number: int) -> Note:
    """The newest that counts the entry in; made now where there is none yet."""
    return latest(at_least=number) or make()


def times(limit: int) -> list[tuple[int, datetime]]:
    """Sizes and times of the last ones."""
    return list(LedgerCheckpoint.objects.order_by("-size").values_list("size", "made_at")[:limit])


def _check_continues(last: Checkpoint, size: int, root: bytes) -> None:
    if last.size > size:
        raise LedgerDamaged(f"{last.size} entries were signed for, {size} are there")
    path = tree.over(lambda nodes: merkle.consistency(nodes, last.size, size))
    if not merkle.extends(last.size, last.root, size, root, path):
        raise LedgerDamaged(f"the first {last.size} entries are not those that were signed for")
