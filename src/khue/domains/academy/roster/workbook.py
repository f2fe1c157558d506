"""Tables as an XLSX workbook. What people wrote stays text: nothing of it is ever a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

# what a spreadsheet would take for the beginning of a formula, also after the table was saved as CSV
LEADS = ("=", "+", "-", "@", "\t", "\r")
FONT = "Times New Roman"
LINE = Side(style="thin", color="B8B0A0")
HEAD = PatternFill("solid", fgColor="F7E9E4")


@dataclass(frozen=True)
class Share:
    """A part of a whole, kept as a number and shown in percent; of nothing an empty cell."""

    done: int
    of: int


@dataclass(frozen=True)
class Table:
    """`title` is the sheet's name too; `above` are lines over the table. `widths` in characters."""

    title: str
    above: Sequence[str]
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Any]]


def workbook(tables: Sequence[Table]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _write(book.create_sheet(_sheet_name(table.title)), table)
    octets = io.BytesIO()
    book.save(octets)
    return octets.getvalue()


def _sheet_name(title: str) -> str:
    """At most 31 characters, without those that a sheet's name may not have."""
    return "".join(" " if char in r"[]:*?/\'" else char for char in title)[:31].strip() or "1"


def _write(sheet: Worksheet, table: Table) -> None:
    for number, text in enumerate((table.title, *table.above), 1):
        _put(sheet.cell(number, 1), text).font = Font(name=FONT, size=14 if number == 1 else 11, bold=number == 1)
    head = len(table.above) + 3
    for number, label in enumerate(table.columns, 1):
        cell = _put(sheet.cell(head, number), label)
        cell.font, cell.fill = Font(name=FONT, size=11, bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = Border(top=LINE, bottom=LINE, left=LINE, right=LINE)
        sheet.column_dimensions[get_column_letter(number)].width = table.widths[number - 1]
    for row, values in enumerate(table.rows, head + 1):
        for number, value in enumerate(values, 1):
            cell = _put(sheet.cell(row, number), value)
            cell.font = Font(name=FONT, size=11)
            cell.border = Border(top=LINE, bottom=LINE, left=LINE, right=LINE)
    _lay_out(sheet, head, len(table.columns), head + len(table.rows))


def _put(cell: Cell, value: Any) -> Cell:
    if isinstance(value, Share):
        cell.value = value.done / value.of if value.of else None
        cell.number_format = "0%"
    elif isinstance(value, int | float):
        cell.value = value
    else:
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:32_000]
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(LEADS)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _lay_out(sheet: Worksheet, head: int, columns: int, last: int) -> None:
    """Headings stay while one scrolls and stand on each printed page; one page wide, lying."""
    sheet.freeze_panes = sheet.cell(head + 1, 2)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{max(last, head)}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    for row in sheet.iter_rows(min_row=1, max_row=head - 2, max_col=1):
        row[0].alignment = Alignment(wrap_text=False)
