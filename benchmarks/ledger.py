"""The ledger: how long a check of all takes and what memory, how long a proof, a page, a count. In a database of its
own that is dropped afterwards; the disk is waited for as in service. How fast it is written: appends.py.

KHUE_BENCH_ENTRIES chooses how long the ledger gets (default: a million).
"""

import json
import multiprocessing
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from benchmarks import results

ENTRIES = int(os.environ.get("KHUE_BENCH_ENTRIES", "1000000"))
AT_ONCE = 5000
PROOFS = 300
CLASSES, DECISIONS = (0, 0, 1, 1, 1, 2), ("allow", "pseudonymise")
ZONES = ("machine", "machine", "institution", "country")
ORGANISATIONS = [UUID(int=number) for number in range(1, 41)]


def run() -> None:
    from khue.cli.session import session

    rows: list[tuple[str, str]] = []
    with session(), database_of_its_own() as name:
        for size in (ENTRIES // 10, ENTRIES):
            seconds = _fill(size)
            rows += _checked(name, size)
        speed = (ENTRIES - ENTRIES // 10) / seconds
        rows.append((f"written in batches of {AT_ONCE:,}, entries a second", f"{speed:,.0f}"))
        rows += _proved() + _read() + _stored()
    results.write("ledger", "Ledger", f"{results.table(('what', 'figure'), rows)}\n\n{' '.join(NOTES.split())}")


NOTES = """"Checked": the function of khue ledger verify in a process of its own, whose largest memory is given:
every leaf, every link, every subtree, and the checkpoints. A proof is given out complete: entry, path and signed
checkpoint, checked before."""


@contextmanager
def database_of_its_own() -> Iterator[str]:
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield str(connection.settings_dict["NAME"])
    finally:
        connection.close()
        connection.close_pool()
        connection.creation.destroy_test_db(name, verbosity=0)


def in_processes(work: Callable[..., Any], count: int, *arguments: object) -> list[Any]:
    """New processes, not copies: nothing of this one's connections or memory."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(count)
    results: Any = context.Queue()
    processes = [context.Process(target=_child, args=(work, start, results, arguments)) for _ in range(count)]
    for process in processes:
        process.start()
    found = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return found


def _child(work: Callable[..., Any], start: Any, results: Any, arguments: tuple[Any, ...]) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = arguments[0]
    start.wait()
    results.put(work(start))


def verified(_: Any) -> tuple[int, int, float, float]:
    """Entries, problems, seconds, megabytes."""
    from khue.gateway.ledger.verification import verify

    began = time.perf_counter()
    report = verify()
    seconds = time.perf_counter() - began
    return report.entries, len(report.problems), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fill(size: int) -> float:
    from django.db import connection

    from khue.gateway.ledger import store, tree

    sys.stderr.write(f"  filling up to {size:,}\n")
    began = time.perf_counter()
    while (have := tree.size()) < size:
        batch = []
        for _ in range(min(AT_ONCE, size - have + 1) // 2 or 1):
            call = uuid4()
            batch += [begun(call), _ended(call)]
        store.append(*batch[: size - have])
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze gateway_entry")
    return seconds


def _checked(name: str, size: int) -> list[tuple[str, str]]:
    from khue.gateway.ledger import checkpoints

    checkpoints.make()
    entries, problems, seconds, megabytes = in_processes(verified, 1, name)[0]
    assert entries >= size and not problems
    found = (f"{entries:,} entries checked, seconds / largest memory MB", f"{seconds:.1f} / {megabytes:.0f}")
    sys.stderr.write(f"  {found}\n")
    return [found]


def _proved() -> list[tuple[str, str]]:
    from khue.gateway.ledger import checkpoints, notes, proofs, tree

    chance = random.Random(1)
    size = tree.size()
    numbers = [chance.randint(1, size) for _ in range(PROOFS)]
    entry = spread([_timed(lambda number=number: proofs.inclusion(number)) for number in numbers])
    old = notes.read(checkpoints.LedgerCheckpoint.objects.order_by("size")[0].note)
    growth = spread([_timed(lambda: proofs.growth(old)) for _ in range(20)])
    proof = proofs.inclusion(numbers[0])
    return [
        (f"proof of an entry among {size:,}, p50 / p95 / longest ms", entry),
        ("proof of growth since the first checkpoint, p50 / p95 / longest ms", growth),
        ("size of a proof, bytes", f"{len(json.dumps(proof)):,}"),
    ]


def _read() -> list[tuple[str, str]]:
    from khue.gateway.ledger import counting, reading

    page = reading.Filter(organisation_ids=ORGANISATIONS[:5])
    rare = reading.Filter(organisation_ids=ORGANISATIONS[:5], zone="country", decision="pseudonymise")
    whole = reading.Filter()
    pages = [_timed(lambda: reading.entries(page, limit=50)) for _ in range(20)]
    rares = [_timed(lambda: reading.entries(rare, limit=50)) for _ in range(20)]
    counted, hidden = _timed(lambda: counting.counts(whole)), _timed(lambda: counting.hidden(whole))
    return [
        ("a page of the ledger, five organisations of forty, p50 / p95 / longest ms", spread(pages)),
        ("the same by zone and decision", spread(rares)),
        ("counts over all entries, by class, decision, zone and tool, ms", f"{counted:,.0f}"),
        ("what was hidden over all entries, ms", f"{hidden:,.0f}"),
    ]


def _stored() -> list[tuple[str, str]]:
    from django.db import connection

    from khue.gateway.ledger import tree

    with connection.cursor() as cursor:
        cursor.execute("select pg_relation_size('gateway_entry'), pg_indexes_size('gateway_entry')")
        table, indexes = cursor.fetchone()
    size = tree.size()
    return [("bytes an entry, table / indexes", f"{table / size:.0f} / {indexes / size:.0f}")]


def begun(call: UUID) -> dict[str, Any]:
    chance = random.Random(call.int)
    decision = chance.choice(DECISIONS)
    return {
        "kind": "begun",
        "call": call,
        "at": time.time_ns() // 1000,
        "task": "chat",
        "tool": "ask",
        "purpose": "question",
        "person": UUID(int=call.int % 5000),
        "organisation": chance.choice(ORGANISATIONS),
        "class": chance.choice(CLASSES),
        "policy": "khue-2026-1",
        "rule": "internal-machine",
        "decision": decision,
        "provider": "local",
        "zone": chance.choice(ZONES),
        "model": "qwen2.5-coder-1.5b-instruct-q4_k_m",
        "model_digest": "c" * 64,
        "texts": 2,
        "input_digest": f"{chance.getrandbits(256):064x}",
        "hidden": {"NGUOI": 2, "CCCD": 1} if decision == "pseudonymise" else {},
    }


def _ended(call: UUID) -> dict[str, Any]:
    return {
        "kind": "ended", "call": call, "at": time.time_ns() // 1000, "outcome": "done", "output_digest": "d" * 64,
        "prompt_tokens": 900, "completion_tokens": 120, "first_token_us": 1_200_000, "total_us": 9_000_000,
        "model": "qwen2.5-coder-1.5b-instruct-q4_k_m",
    }  # fmt: skip


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.1f} / {ordered[int(0.95 * len(ordered))]:.1f} / {ordered[-1]:.1f}"
