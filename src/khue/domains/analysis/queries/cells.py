"""The numbers of a worksheet's results, as a brief's figures are bound to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from khue.domains.analysis.briefing.binding import Address, Cell
from khue.domains.analysis.briefing.seen import DERIVED, derived
from khue.domains.analysis.engine import Result
from khue.domains.analysis.models import Analysis, Step

MOST_ROWS = 2000


def cells_of(analysis: Analysis) -> list[Cell]:
    return [cell for step in analysis.steps.all() for cell in of_step(step)]


def of_step(step: Step) -> Iterator[Cell]:
    names = [column["name"] for column in step.result.get("columns", [])]
    yield from _of_rows(str(step.pk), "", names, step.result.get("rows", []))
    for table in step.facts.get("tables", []):
        yield from _of_rows(str(step.pk), table["name"], table["columns"], table["rows"])
    said = step.facts.get("facts", step.facts)
    yield from _of_facts(str(step.pk), said)
    for name, value in derived(step.kind, step.table, step.facts).items():
        yield Cell(str(step.pk), DERIVED, (), name, value)


def withheld(step: Step, left: Result | None) -> set[Address]:
    """Where the figures of a step stand that are not in what is left of it. Rows that went take with them what was
    worked out of all rows together."""
    every = {cell.address for cell in of_step(step)}
    if left is None:
        return every
    there = set(left.rows)
    kept = (row for row in enumerate(step.table.rows) if row[1] in there)
    return every - {cell.address for at, row in kept for cell in _of_row(str(step.pk), "", at, left.names, row)}


def _of_rows(step: str, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Cell]:
    for at, row in enumerate(list(rows)[:MOST_ROWS]):
        yield from _of_row(step, table, at, names, row)


def _of_row(step: str, table: str, at: int, names: Sequence[str], row: Sequence[Any]) -> Iterator[Cell]:
    named = tuple(value for value in row if isinstance(value, str))
    key = named or (f"#{at + 1}",)
    for name, value in zip(names, row, strict=True):
        if _is_number(value):
            yield Cell(step, table, key, name, float(value))


def _of_facts(step: str, facts: Mapping[str, Any], table: str = "facts") -> Iterator[Cell]:
    for name, value in facts.items():
        if _is_number(value):
            yield Cell(step, table, (), name, float(value))
        elif isinstance(value, dict) and name in {"end", "scenarios"}:
            yield from _of_facts(step, value, f"facts.{name}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
