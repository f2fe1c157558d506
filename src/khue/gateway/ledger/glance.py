"""A look at the ledger that takes a moment however long it is: the last checkpoint, and the last entries."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from khue.gateway.ledger import checkpoints, tree
from khue.gateway.ledger.notes import Note

LAST = 1000
ROWS = """
select payload, leaf, chain, lag(chain) over (order by seq), seq
from (select * from gateway_entry order by seq desc limit %s) as latest order by seq desc
"""


@dataclass(frozen=True)
class Glance:
    """`signed` entries are under the last checkpoint, made at `signed_at`. `problem`: what is wrong, or empty."""

    entries: int
    signed: int
    signed_at: datetime | None
    problem: str


def look() -> Glance:
    """Not instead of `verification.verify`, which reads every entry."""
    size, times = tree.size(), checkpoints.times(1)
    signed, signed_at = times[0] if times else (0, None)
    return Glance(size, signed, signed_at, _checkpoint(size, signed) or _last())


def _checkpoint(size: int, signed: int) -> str:
    if not signed:
        return ""
    note: Note | None = checkpoints.latest()
    if note is None:
        return "the last checkpoint is not signed by this installation's key"
    if signed > size:
        return f"{signed} entries were signed for, {size} are there"
    try:
        is_same = tree.root(signed) == note.checkpoint.root
    except tree.LedgerDamaged as damage:
        return str(damage)
    return "" if is_same else "the hash over the entries is not the one that was signed"


def _last() -> str:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [LAST + 1])
        rows = cursor.fetchall()
    for payload, leaf, chain, before, seq in rows[:LAST]:
        link = bytes(before) if before is not None else bytes(32)
        found = hashlib.sha256(b"\0" + payload.encode()).digest()
        if found != bytes(leaf) or hashlib.sha256(link + found).digest() != bytes(chain):
            return f"entry {seq} is not what was written there"
    return ""
