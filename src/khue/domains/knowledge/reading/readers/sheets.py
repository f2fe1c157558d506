"""CSV and spreadsheets: each row becomes text with its header."""

import csv
import io
from collections.abc import Iterator

import python_calamine

from khue.domains.knowledge.reading import encodings, legacy, limits, tables
from khue.domains.knowledge.reading.blocks import Block, ReadDocument, Unreadable
from khue.domains.knowledge.reading.capitals import capitals


def read_csv(content: bytes) -> ReadDocument:
    rows = csv_rows(content)
    return ReadDocument("", tuple(tables.blocks(rows)), capitals=capitals(cell for row in rows for cell in row))


def csv_rows(content: bytes) -> list[list[str]]:
    text = encodings.decode(content)
    csv.field_size_limit(limits.FIELD)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text), _dialect(text)):
            rows.append(row)
            _check(len(rows))
    except csv.Error as problem:
        raise Unreadable("bad_table", str(len(rows) + 1)) from problem
    return rows


def _dialect(text: str) -> type[csv.Dialect]:
    sample = text[:20_000]
    try:
        return csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        return csv.excel_tab if sample.count("\t") > sample.count(",") else csv.excel


def read_workbook(content: bytes) -> ReadDocument:
    sheets = workbook_rows(content)
    found: list[Block] = []
    for name, rows in sheets:
        found += [Block.heading(encodings.clean(name).strip() or "?", 1)] if len(sheets) > 1 else []
        found += tables.blocks(rows)
    written = (str(cell) for _name, rows in sheets for row in rows for cell in row)
    return ReadDocument("", tuple(found), capitals=capitals(written))


def workbook_rows(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Of each sheet that is shown and not empty."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        shown = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
        sheets = [(name, list(_rows(book, name))) for name in shown]
    except python_calamine.PasswordError as problem:
        raise Unreadable("encrypted") from problem
    except (python_calamine.CalamineError, ValueError) as problem:
        raise Unreadable("broken") from problem
    return _converted([(name, rows) for name, rows in sheets if rows])


def _is_shown(sheet: python_calamine.SheetMetadata) -> bool:
    return (
        sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    )


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = book.get_sheet_by_name(name)
    _check(sheet.height)
    for row in sheet.iter_rows():
        yield [tables.cell_text(cell) for cell in row]


def _converted(sheets: list[tuple[str, list[list[str]]]]) -> list[tuple[str, list[list[str]]]]:
    old = legacy.found("\n".join(" ".join(row) for _, rows in sheets for row in rows[:2000]))
    return [(name, [[_clean(cell, old) for cell in row] for row in rows]) for name, rows in sheets]


def _clean(cell: str, old: legacy.Encoding | None) -> str:
    return cell if cell.isascii() else encodings.clean(legacy.convert(cell, old) if old else cell)


def _check(rows: int) -> None:
    if rows > limits.ROWS:
        raise Unreadable("too_many_rows", str(limits.ROWS))
