"""Counts over the entries, for reports. One statement each, whatever the number of calls."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from khue.gateway.classes import DataClass
from khue.gateway.ledger.reading import CALLS, Filter, conditions

FROM = """
from gateway_entry b
left join gateway_entry e on e.call = b.call and e.kind = 'ended' and b.kind = 'begun'
"""
GROUPED = """
select (to_timestamp(b.at / 1000000) at time zone %s)::date, f ->> 'task', f ->> 'tool', coalesce(b.data_class, 0),
    f ->> 'zone', f ->> 'decision', f ->> 'rule',
    case when b.kind = 'refused' then 'refused' else coalesce(g ->> 'outcome', 'started') end,
    count(*), sum((g ->> 'prompt_tokens')::bigint), sum((g ->> 'completion_tokens')::bigint),
    sum((g ->> 'energy_mj')::bigint), sum((g ->> 'co2_ug')::bigint)
{source}, lateral (select b.payload::jsonb, e.payload::jsonb) as facts (f, g)
where {where} group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 9 desc
"""


@dataclass(frozen=True)
class Group:
    """Calls that have all this in common, and what they took together. `outcome` "started": no end is on record."""

    day: date
    task: str
    tool: str
    data_class: DataClass
    zone: str
    decision: str
    rule: str
    outcome: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    energy_mj: int
    co2_ug: int


def totals(chosen: Filter, *, time_zone: str) -> list[Group]:
    """Calls made and refused, by day in that time zone and by all else that a report tells apart."""
    where, values = conditions(replace(chosen, kinds=CALLS))
    return [_group(row) for row in _rows(GROUPED.format(source=FROM, where=where), [time_zone, *values])]


def people_total(chosen: Filter) -> int:
    """How many persons made calls."""
    where, values = conditions(replace(chosen, kinds=CALLS))
    return int(_rows(f"select count(distinct b.person) {FROM} where {where}", values)[0][0])


def refused_connections_total(chosen: Filter) -> int:
    """How often something tried to reach an address that no setting names, and was refused."""
    where, values = conditions(replace(chosen, kinds=["egress"]))
    return int(
        _rows(f"select coalesce(sum((b.payload::jsonb ->> 'times')::bigint), 0) {FROM} where {where}", values)[0][0]
    )


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _group(row: tuple[Any, ...]) -> Group:
    day, task, tool, data_class, zone, decision, rule, outcome, calls, *sums = row
    words = (task or "", tool or "")
    where = (zone or "", decision or "", rule or "", outcome)
    return Group(day, *words, DataClass(data_class), *where, calls, *(int(each or 0) for each in sums))
