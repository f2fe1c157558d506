"""The tree over the entries in the database."""

from collections.abc import Callable
from typing import TypeVar

from django.db import connection

from khue.gateway.ledger import merkle
from khue.gateway.ledger.merkle import Nodes

T = TypeVar("T")
# ranges of leaves (level 0) and of stored subtrees
HASHES = """
with asked as (select * from unnest(%s::smallint[], %s::bigint[], %s::bigint[]) as a(level, first, last))
select 0, e.seq - 1, e.leaf from asked a join gateway_entry e on e.seq between a.first + 1 and a.last + 1
where a.level = 0
union all
select a.level, s.position, s.hash from asked a
join gateway_subtree s on s.level = a.level and s.position between a.first and a.last where a.level > 0
"""


class LedgerDamaged(Exception):
    """The stored hashes do not fit together: nothing is signed or proved over them. `khue ledger verify` says more."""


def over(work: Callable[[Nodes], T]) -> T:
    """A root or a proof. It is made twice, first over nothing, to learn which hashes it takes: they are one query."""
    asked: list[tuple[int, int, int]] = []

    def asking(level: int, position: int, count: int) -> list[bytes]:
        asked.append((level, position, position + count - 1))
        return [b""] * count

    work(asking)
    found = _hashes(asked)

    def answering(level: int, position: int, count: int) -> list[bytes]:
        return [found[level, at] for at in range(position, position + count)]

    try:
        return work(answering)
    except KeyError as missing:
        raise LedgerDamaged(f"of level {missing.args[0][0]}, hash {missing.args[0][1]} is missing") from None


def root(size: int) -> bytes:
    return over(lambda nodes: merkle.root(nodes, size))


def size() -> int:
    """How many entries there are."""
    with connection.cursor() as cursor:
        cursor.execute("select seq from gateway_entry order by seq desc limit 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _hashes(asked: list[tuple[int, int, int]]) -> dict[tuple[int, int], bytes]:
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(HASHES, [list(column) for column in zip(*asked, strict=True)])
        return {(level, position): bytes(hash) for level, position, hash in cursor.fetchall()}
