"""The line before a model in PostgreSQL: who waits, who is served. Fair by person, also across processes.

A ticket's `turn` is its place in rounds: one person's next ticket comes a round after the last, so people take turns;
within a round who came first is first. Whoever comes new begins at the line's own turn, which rises by a full round
whenever as many tickets were served as there are people: so newcomers cannot keep an old ticket waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from khue.kernel import notices

TOPIC = "line"
REMEMBERED = 0.2  # the weight of the latest call in the mean time of service


class Cursor(Protocol):
    """Django's or psycopg's."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, query: Any, params: Any = None, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


@dataclass(frozen=True)
class Standing:
    """A ticket as the table has it. `position` counts from 1 and is 0 for one that is served."""

    id: UUID
    position: int
    of: int
    service_s: float | None


LOCK = "select pg_advisory_xact_lock(hashtextextended('khue line ' || %s, 0))"
TRY_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('khue line ' || %s, 0))"
OPEN_LINE = "insert into gateway_line (name) values (%s) on conflict do nothing"
COUNTS = """
    select count(*) filter (where admitted_at is null),
           count(*) filter (where admitted_at is null and person = %(person)s)
    from gateway_ticket where line = %(line)s
"""
JOIN = """
    insert into gateway_ticket (id, line, person, process, turn, admitted_at)
    select %(id)s, %(line)s, %(person)s, %(process)s, greatest(
        (select turn from gateway_line where name = %(line)s),
        (select max(turn) + 1 from gateway_ticket where line = %(line)s and person = %(person)s)
    ), case when %(served)s then clock_timestamp() end
    on conflict (id) do nothing
"""
# a process that lives holds a lock of its own (khue.kernel.notices)
SWEEP = """
    delete from gateway_ticket where line = %(line)s and process not in (
        select objid::bigint from pg_locks where locktype = 'advisory' and classid = %(alive)s and objsubid = 2
        and granted and database = (select oid from pg_database where datname = current_database())
    )
"""
ADMIT = """
    with free as (
        select greatest(%(slots)s - count(*), 0) as slots from gateway_ticket
        where line = %(line)s and admitted_at is not null
    ), next as (
        select id from gateway_ticket where line = %(line)s and admitted_at is null
        order by turn, serial limit (select slots from free)
    ), admitted as (
        update gateway_ticket ticket set admitted_at = clock_timestamp() from next
        where ticket.id = next.id returning ticket.turn
    )
    update gateway_line line set turn = greatest(line.turn, (select max(turn) from admitted))
    where line.name = %(line)s and exists (select from admitted)
"""
LEAVE = """
    with ticket as (
        delete from gateway_ticket where id = %(id)s
        returning admitted_at is not null as was_served, extract(epoch from clock_timestamp() - admitted_at) as took
    ), people as (
        select count(distinct person) as number from gateway_ticket where line = %(line)s
    )
    update gateway_line line set
        turn = turn + 1.0 / number,
        served = served + %(done)s,
        service_s = case when %(done)s = 0 then service_s
                         else coalesce(service_s + %(weight)s * (took - service_s), took) end
    from ticket, people where name = %(line)s and was_served
"""
WAITS = "select exists (select from gateway_ticket where line = %s and admitted_at is null)"
STANDINGS = """
    select id, case when is_served then 0 else position end, waiting, service_s from (
        select id, process, admitted_at is not null as is_served,
               row_number() over (partition by admitted_at is null order by turn, serial) as position,
               count(*) filter (where admitted_at is null) over () as waiting
        from gateway_ticket where line = %(line)s
    ) ticket, gateway_line where name = %(line)s and process = %(process)s
"""


def counts(cursor: Cursor, line: str, person: str) -> tuple[int, int]:
    """How many wait, and how many of them are this person's."""
    cursor.execute(COUNTS, {"line": line, "person": person})
    waiting, own = cursor.fetchone()
    return waiting, own


def lock(cursor: Cursor, line: str) -> None:
    """Until the end of the transaction: one process at a time moves a line."""
    cursor.execute(LOCK, [line])


def try_lock(cursor: Cursor, line: str) -> bool:
    cursor.execute(TRY_LOCK, [line])
    return bool(cursor.fetchone()[0])


def join(cursor: Cursor, line: str, ticket: UUID, person: str, *, served: bool = False) -> None:
    cursor.execute(OPEN_LINE, [line])
    values = {"id": ticket, "line": line, "person": person, "process": notices.process_number(), "served": served}
    cursor.execute(JOIN, values)


def leave(cursor: Cursor, line: str, ticket: UUID, *, done: bool) -> None:
    """What was served to its end teaches how long a service takes."""
    cursor.execute(LEAVE, {"id": ticket, "line": line, "done": int(done), "weight": REMEMBERED})


def move(cursor: Cursor, line: str, slots: int) -> None:
    """Lets in who is next, and tells those who wait."""
    cursor.execute(WAITS, [line])
    if not cursor.fetchone()[0]:
        return
    cursor.execute(ADMIT, {"line": line, "slots": slots})
    cursor.execute("select pg_notify(%s, %s)", [notices.CHANNEL, f"{TOPIC} {line}"])


def sweep(cursor: Cursor, line: str, slots: int) -> None:
    """Frees the places of processes that have died."""
    cursor.execute(SWEEP, {"line": line, "alive": notices.ALIVE})
    if cursor.rowcount:
        move(cursor, line, slots)


def standings(cursor: Cursor, line: str) -> Sequence[Standing]:
    """Those of this process."""
    cursor.execute(STANDINGS, {"line": line, "process": notices.process_number()})
    return [Standing(*row) for row in cursor.fetchall()]
