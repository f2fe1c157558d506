"""How entries come into the database: one statement, chained there, and on the disk when it returns."""

import json
import time
from collections.abc import Mapping
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction

# a second apart: the time that a killed database takes to come back
ATTEMPTS = 8


def append(*facts: Mapping[str, Any]) -> int:
    """On the disk at once; refuses to run inside a transaction, with which it would vanish. The last entry's number."""
    if connection.in_atomic_block:
        with transaction.atomic(durable=True):  # raises, unless the block is that of a test
            return append_within(*facts)
    with connection.cursor() as cursor:
        cursor.execute("call gateway_record(%s, null)", [[canonical(each) for each in facts]])
        return int(cursor.fetchone()[0])


def append_within(*facts: Mapping[str, Any]) -> int:
    """In the transaction of the caller, with whose other writes it goes. Writers wait until that ends."""
    with connection.cursor() as cursor:
        cursor.execute("select gateway_append(%s)", [[canonical(each) for each in facts]])
        return int(cursor.fetchone()[0])


def append_patiently(*facts: Mapping[str, Any]) -> None:
    """Also when the database has been away for a moment."""
    for attempt in range(ATTEMPTS):
        try:
            append_within(*facts) if connection.in_atomic_block else append(*facts)
            return
        except (OperationalError, InterfaceError):
            if attempt == ATTEMPTS - 1 or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(1)


def canonical(facts: Mapping[str, Any]) -> str:
    """JSON with sorted keys, without spaces, of text and whole numbers; what is empty is left out."""
    kept = {name: _plain(value) for name, value in facts.items() if value not in (None, "", {})}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, float):
        raise TypeError("the ledger holds whole numbers: give microseconds, not milliseconds")
    # what PostgreSQL's text cannot hold
    return str(value).replace("\0", "\ufffd").encode("utf-8", "replace").decode()
