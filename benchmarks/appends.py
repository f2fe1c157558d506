"""The ledger: how fast it is written by many at once. In a database of its own that is dropped afterwards; the disk is
waited for as in service.
"""

import os
import sys
import time
from typing import Any
from uuid import uuid4

from benchmarks import results
from benchmarks.ledger import begun, database_of_its_own, in_processes, spread, verified

WRITERS = 8
ROUNDS, SECONDS = 5, 3
PLAIN = """
create table plain (like gateway_entry including all);
create sequence plain_seq owned by plain.seq;
alter table plain alter column seq set default nextval('plain_seq');
"""


def run() -> None:
    from khue.cli.session import session

    with session(), database_of_its_own() as name:
        rows = _written(name)
    results.write("appends", "Ledger, written by many", f"{results.table(('what', 'figure'), rows)}\n\n{NOTES}")


NOTES = """
Each of the eight writers is a process that appends one entry of about 700 bytes after the other, by the function that
the gateway uses, and waits until it is on the disk. Peer, by turns of three seconds with it: a plain INSERT of the same
row, with the same indexes and generated columns, and a commit that waits for the disk, but neither lock nor hash.
Measured aside: of an append that takes 3 to 6 ms, the waiting for the disk is all but half a millisecond; columns
filled by the function instead of generated, a flush without a transaction, and PostgreSQL's commit_delay changed the
rate by less than a twentieth on a quiet machine, so the columns stay generated: they cannot say anything else than the
entry.
""".strip()


def _written(name: str) -> list[tuple[str, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
    found = []
    for writers, words in ((WRITERS, "eight writers"), (1, "one writer")):
        parts = in_processes(_write, writers, name)
        for chained, peer in ((True, ""), (False, ", peer: plain INSERT")):
            times = [each for part in parts for each in part[chained]]
            found.append((f"{words}{peer}, entries a second", f"{len(times) / ROUNDS / SECONDS:,.0f}"))
            found.append((f"{words}{peer}, p50 / p95 / longest ms", spread(times)))
            sys.stderr.write(f"  {found[-2]} {found[-1]}\n")
    found.append(
        (
            "load of the machine while they wrote (of these nine or two processes, and of others)",
            f"{os.getloadavg()[0]:.1f}",
        )
    )
    with connection.cursor() as cursor:
        cursor.execute("select count(*), max(seq) from gateway_entry")
        count, last = cursor.fetchone()
    report = in_processes(verified, 1, name)[0]
    found.append(("then checked: entries / problems", f"{report[0]:,} / {report[1]}"))
    assert count == last == report[0] and not report[1], "the chain is broken"
    return found


def _write(start: Any) -> dict[bool, list[float]]:
    """The milliseconds of each entry, in the ledger and in the plain table by turns: the disk is not always as fast."""
    ready = [begun(uuid4()) for _ in range(500)]
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for chained, append in ((True, _append), (False, _insert)):
            start.wait()
            until = time.perf_counter() + SECONDS
            while (began := time.perf_counter()) < until:
                append(ready[len(times[chained]) % len(ready)] | {"call": uuid4()})
                times[chained].append((time.perf_counter() - began) * 1000)
    return times


def _append(facts: dict[str, Any]) -> None:
    from khue.gateway.ledger import store

    store.append(facts)


def _insert(facts: dict[str, Any]) -> None:
    from django.db import connection

    from khue.gateway.ledger import store

    with connection.cursor() as cursor:
        text = '{"#":0,' + store.canonical(facts)[1:]
        cursor.execute("insert into plain (payload, leaf, chain) values (%s, '', '')", [text])
