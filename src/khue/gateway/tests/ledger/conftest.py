"""A ledger with entries in it, and somebody who gets past its triggers."""

import hashlib
import json

import pytest
from django.db import connection

from khue.gateway.ledger import merkle, store


def fill(count: int) -> None:
    store.append(
        *({"kind": "test", "at": 1_772_000_000_000_000 + number, "text": f"mục {number}"} for number in range(count))
    )


class Intruder:
    """Has the database's own account: switches the triggers off, and may recompute what is computed."""

    def __enter__(self):
        self.shut("disable")
        return self

    def __exit__(self, *exc):
        self.shut("enable")

    def shut(self, word):
        for table in ("gateway_entry", "gateway_subtree", "gateway_checkpoint"):
            self.sql(f"alter table {table} {word} trigger user")

    def sql(self, query, *values):
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def change(self, seq, *, leaf=False):
        [(payload,)] = self.sql("select payload from gateway_entry where seq = %s", seq)
        payload = payload.replace("mục", "chương")
        self.sql("update gateway_entry set payload = %s where seq = %s", payload, seq)
        if leaf:
            self.sql("update gateway_entry set leaf = %s where seq = %s", merkle.leaf_hash(payload.encode()), seq)

    def move(self, seq, by):
        """Places only: entries keep what they say."""
        self.sql("update gateway_entry set seq = -seq where seq >= %s", seq)
        self.sql("update gateway_entry set seq = -seq + %s where seq < 0", by)

    def put_in(self, seq, *, chained):
        payload = json.dumps({"#": seq, "kind": "test", "at": 1}, separators=(",", ":"))
        leaf = merkle.leaf_hash(payload.encode())
        [(before,)] = self.sql("select chain from gateway_entry where seq = %s", seq - 1)
        self.move(seq, 1)
        chain = hashlib.sha256(bytes(before) + leaf).digest() if chained else b"?" * 32
        self.sql(
            "insert into gateway_entry (seq, payload, leaf, chain) values (%s, %s, %s, %s)", seq, payload, leaf, chain
        )

    def recompute(self, *, subtrees=False):
        """Leaves and chain of all entries, so that everything fits again."""
        chain = bytes(32)
        leaves = []
        for seq, payload in self.sql("select seq, payload from gateway_entry order by seq"):
            leaves.append(merkle.leaf_hash(payload.encode()))
            chain = hashlib.sha256(chain + leaves[-1]).digest()
            self.sql("update gateway_entry set leaf = %s, chain = %s where seq = %s", leaves[-1], chain, seq)
        for position in range(len(leaves) // 256 if subtrees else 0):
            node = merkle.fold(leaves[position * 256 : (position + 1) * 256])
            self.sql("update gateway_subtree set hash = %s where level = 8 and position = %s", node, position)


@pytest.fixture
def intruder(db):
    return Intruder()
