"""Rows of a table as text: "Column: value; Column: value", so that each row can be read alone."""

import datetime
from collections.abc import Iterator, Sequence

from khue.domains.knowledge.reading.blocks import Block

Cells = Sequence[str]


def blocks(rows: Sequence[Cells], page: int | None = None) -> list[Block]:
    """What stands above the header as paragraphs, then each row with its header."""
    rows = [row for row in ([cell.strip() for cell in row] for row in rows) if any(row)]
    top = _header_at(rows)
    found = [Block(" ".join(dict.fromkeys(filter(None, row))), page=page) for row in rows[:top]]
    if top < len(rows):
        header = rows[top]
        body = rows[top + 1 :]
        found += [Block(text, "row", page=page) for row in body if (text := row_text(header, row))]
        if not body:
            found.append(Block("; ".join(filter(None, header)), "row", page=page))
    return found


def row_text(header: Cells, row: Cells) -> str:
    """Empty cells are left out; a value without a column name stands alone."""
    return "; ".join(_pairs(header, row))


def _pairs(header: Cells, row: Cells) -> Iterator[str]:
    for index, cell in enumerate(row):
        value = " ".join(cell.split())
        name = " ".join(header[index].split()).rstrip(":") if index < len(header) else ""
        if value and name and value != name:
            yield f"{name}: {value}"
        elif value:
            yield value


def _header_at(rows: Sequence[Cells]) -> int:
    """The first row that is as wide as most: titles above a table fill one cell."""
    if not rows:
        return 0
    widths = sorted(sum(1 for cell in row if cell) for row in rows)
    usual = widths[len(widths) // 2]
    for index, row in enumerate(rows[:10]):
        if len(set(filter(None, row))) >= max(2, 0.6 * usual) or usual < 2:
            return index
    return 0


def cell_text(value: object) -> str:
    """A spreadsheet's value as people write it: 5 rather than 5.0, 05/03/2026."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y" if not (value.hour or value.minute) else "%d/%m/%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return str(value)
