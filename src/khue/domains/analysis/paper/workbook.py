"""The result of a step as a workbook: its table, and a sheet that says where it comes from."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from khue.domains.analysis.engine import Result

BOLD = Font(bold=True)
WIDEST, NARROWEST = 60, 8
SOURCE_WIDTHS = (28, 100)


def xlsx(
    result: Result, titles: Mapping[str, str], source: Sequence[tuple[str, str]], *, names: tuple[str, str]
) -> bytes:
    """`names` of the two sheets; `source`: what is said of it, line by line. No text becomes a formula."""
    made = Workbook()
    table, origin = made.active, made.create_sheet(names[1])
    table.title = names[0]
    _line(table, 1, [titles.get(name, name) for name in result.names], BOLD)
    for at, row in enumerate(result.rows, start=2):
        _line(table, at, row)
    table.freeze_panes = "A2"
    for at, name in enumerate(result.names, start=1):
        longest = max((len(str(row[at - 1])) for row in result.rows), default=0)
        width = min(WIDEST, max(NARROWEST, longest, len(titles.get(name, name))) + 2)
        table.column_dimensions[get_column_letter(at)].width = width
    for at, said in enumerate(source, start=1):
        _line(origin, at, said)
        origin.cell(at, 1).font = BOLD
    for column, width in zip("AB", SOURCE_WIDTHS, strict=True):
        origin.column_dimensions[column].width = width
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _line(sheet: Worksheet, at: int, values: Sequence[object], font: Font | None = None) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(at, column)
        _fill(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if font:
            cell.font = font


def _fill(cell: Cell, value: object) -> None:
    cell.value = value if value is None or isinstance(value, bool | int | float) else str(value)
    if isinstance(cell.value, str):
        cell.data_type = "s"
