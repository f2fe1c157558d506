"""The tree over the entries in the database."""

from django.db import connection

from khue.gateway.ledger import merkle


class LedgerDamaged(Exception):
    """The stored hashes do not fit together: nothing is signed or proved over them. `khue ledger verify` says more."""


def nodes(level: int, position: int, count: int) -> list[bytes]:
    if level == 0:
        query = "select leaf from gateway_entry where seq between %s and %s order by seq"
        values = [position + 1, position + count]
    else:
        query = "select hash from gateway_subtree where level = %s and position between %s and %s order by position"
        values = [level, position, position + count - 1]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = [bytes(row[0]) for row in cursor.fetchall()]
    if len(found) != count:
        raise LedgerDamaged(f"of {count} hashes of level {level} from {position} on, {len(found)} are there")
    return found


def size() -> int:
    """How many entries there are."""
    with connection.cursor() as cursor:
        cursor.execute("select seq from gateway_entry order by seq desc limit 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def root(of: int) -> bytes:
    return merkle.root(nodes, of)
