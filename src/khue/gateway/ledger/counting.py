"""Counts over the ledger for the sovereignty report; each is one query."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from khue.gateway.classes import DataClass
from khue.gateway.ledger.reading import ENDS, Filter, conditions

FROM = "from gateway_entry b"
WITH_END = f"{FROM} {ENDS}"


@dataclass(frozen=True)
class Count:
    """How many entries of one kind, class, decision, zone and tool; calls are `begun`, or `refused`."""

    event: str
    data_class: DataClass | None
    decision: str
    zone: str
    tool: str
    number: int
    texts: int


@dataclass(frozen=True)
class Refusal:
    """Why calls of a class were not made: the error's code, and the rule that decided."""

    data_class: DataClass | None
    error: str
    rule: str
    zone: str
    number: int


def counts(chosen: Filter) -> list[Count]:
    """By kind, class, decision, zone and tool: sums over any of them are the reader's."""
    texts = "coalesce(sum((b.payload::jsonb ->> 'texts')::bigint), 0)::bigint"
    select = f"select b.kind, b.data_class, b.decision, b.zone, b.tool, count(*), {texts}"  # noqa: S608
    rows = _rows(select, chosen, "group by 1, 2, 3, 4, 5")
    return [Count(kind, _class(level), *rest) for kind, level, *rest in rows]


def hidden(chosen: Filter) -> dict[str, int]:
    """How many things of each type were replaced by pseudonyms before a call, the most frequent first."""
    rows = _rows(
        "select h.key, sum(h.value::bigint) as number",
        chosen,
        "and strpos(b.payload, '\"hidden\":{') > 0 group by 1 order by 2 desc, 1",
        join="cross join lateral jsonb_each_text(b.payload::jsonb -> 'hidden') h",
    )
    return {kind: int(number) for kind, number in rows}


def refusals(chosen: Filter) -> list[Refusal]:
    error, rule = (f"coalesce(b.payload::jsonb ->> '{name}', '')" for name in ("error", "rule"))
    rows = _rows(
        f"select b.data_class, {error}, {rule}, b.zone, count(*)",
        chosen,
        "and b.kind = 'refused' group by 1, 2, 3, 4 order by 5 desc, 1, 2",
    )
    return [Refusal(_class(level), *rest) for level, *rest in rows]


def _rows(select: str, chosen: Filter, ending: str, *, join: str = "") -> list[tuple[Any, ...]]:
    where, values = conditions(chosen)
    source = FROM if chosen.outcome is None else WITH_END
    with connection.cursor() as cursor:
        cursor.execute(f"{select} {source} {join} where {where} {ending}", values)
        return list(cursor.fetchall())


def _class(level: int | None) -> DataClass | None:
    return None if level is None else DataClass(level)
