"""A CSV or XLSX file as rows of cells under known headings, whatever stands above, between and around them."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from khue.domains.academy.roster.columns import Column, column_of
from khue.domains.academy.roster.plain import tidy

ROWS = 20_000
COLUMNS = 100
UNPACKED_MB = 100
# headings are looked for in this many rows: titles, emblem and date stand above them
HEAD_ROWS = 40
NAMES = {Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME}


class Unreadable(ValueError):
    """`code`: not-a-sheet, too-large, no-headings, empty. The words for it are the caller's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Cell:
    """`is_formula`: the text is the last result that the spreadsheet kept, empty if it kept none."""

    text: str
    is_formula: bool = False


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it."""

    number: int
    cells: dict[Column, Cell]

    def text(self, column: Column) -> str:
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class Sheet:
    """`headings`: as they stand in the file; `unknown`: headings that nothing is taken from."""

    rows: tuple[Row, ...]
    headings: dict[Column, str]
    unknown: tuple[str, ...]


Line = list[Cell]


def read(octets: bytes, name: str) -> Sheet:
    """Raises Unreadable."""
    if octets[:2] == b"PK":
        return _first_with_headings(_workbook(octets))
    if octets[:4] == b"\xd0\xcf\x11\xe0" or name.lower().endswith((".xls", ".xlsx", ".ods")):
        raise Unreadable("not-a-sheet")
    return _first_with_headings([_text(octets)])


def _first_with_headings(tables: Iterable[list[Line]]) -> Sheet:
    seen = False
    for lines in tables:
        seen = seen or any(cell.text for line in lines for cell in line)
        found = _under_headings(lines)
        if found:
            return found
    raise Unreadable("no-headings" if seen else "empty")


# Files to lines --------------------------------------------------------------------------------


def _text(octets: bytes) -> list[Line]:
    if b"\0" in octets[:4096] and octets[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise Unreadable("not-a-sheet")
    try:
        text = octets.decode("utf-16" if octets[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(octets).best()
        if best is None:
            raise Unreadable("not-a-sheet") from None
        text = str(best)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    lines = []
    try:
        for record in csv.reader(io.StringIO(text), dialect):
            lines.append([Cell(tidy(value), value.lstrip().startswith("=")) for value in record[:COLUMNS]])
            if len(lines) > ROWS:
                raise Unreadable("too-large")
    except csv.Error:
        raise Unreadable("not-a-sheet") from None
    return [[Cell("", True) if cell.is_formula else cell for cell in line] for line in lines]


def _workbook(octets: bytes) -> Iterator[list[Line]]:
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_MB * 2**20:
                raise Unreadable("too-large")
        formulas = openpyxl.load_workbook(io.BytesIO(octets))
        values = openpyxl.load_workbook(io.BytesIO(octets), data_only=True)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError):
        raise Unreadable("not-a-sheet") from None
    except Exception as error:  # a broken file ends in any error of the XML reader
        raise Unreadable("not-a-sheet") from error
    for sheet in formulas.worksheets:
        if sheet.sheet_state == "visible":
            yield _lines(sheet, values[sheet.title])


def _lines(sheet: Worksheet, values: Worksheet) -> list[Line]:
    if sheet.max_row > ROWS:
        raise Unreadable("too-large")
    last = min(sheet.max_column, COLUMNS)
    lines = [
        [Cell(_shown(value), cell.data_type == "f") for cell, value in zip(row, kept, strict=True)]
        for row, kept in zip(
            sheet.iter_rows(max_col=last), values.iter_rows(max_col=last, values_only=True), strict=True
        )
    ]
    for area in sheet.merged_cells.ranges:
        if area.max_row <= len(lines):
            first = lines[area.min_row - 1][area.min_col - 1]
            for row in range(area.min_row - 1, area.max_row):
                for column in range(area.min_col - 1, min(area.max_col, last)):
                    lines[row][column] = first
    return lines


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


# Lines under headings --------------------------------------------------------------------------


def _under_headings(lines: list[Line]) -> Sheet | None:
    for position in range(min(len(lines), HEAD_ROWS)):
        columns = _columns(lines[position])
        if not _is_head(columns):
            continue
        deeper = _columns(lines[position + 1]) if position + 1 < len(lines) else {}
        first = position + 1
        if len(deeper) >= 2 and _is_split_name(lines[position], deeper):
            # a heading over two: "Họ và tên" above "Họ đệm" and "Tên"
            columns = _joined(columns, deeper)
            first += 1
        elif deeper and deeper == columns:
            first += 1
        return _sheet(lines, first, columns, lines[position])
    return None


def _columns(line: Line) -> dict[Column, int]:
    """The first column of each kind."""
    found: dict[Column, int] = {}
    for index, cell in enumerate(line):
        column = column_of(cell.text) if cell.text and len(cell.text) < 80 else None
        if column and column not in found:
            found[column] = index
    return found


def _is_head(columns: dict[Column, int]) -> bool:
    return len(columns) >= 2 and bool(NAMES & set(columns))


def _is_split_name(line: Line, deeper: dict[Column, int]) -> bool:
    named = [index for column, index in deeper.items() if column in {Column.FAMILY_NAME, Column.GIVEN_NAME}]
    return bool(named) and all(column_of(line[index].text) in {Column.NAME, None} for index in named)


def _joined(columns: dict[Column, int], deeper: dict[Column, int]) -> dict[Column, int]:
    kept = {column: index for column, index in columns.items() if column not in NAMES}
    return kept | {column: index for column, index in deeper.items() if column not in kept}


def _sheet(lines: list[Line], first: int, columns: dict[Column, int], head: Line) -> Sheet:
    rows = []
    for number, line in enumerate(lines[first:], start=first + 1):
        cells = {column: line[index] for column, index in columns.items() if index < len(line)}
        if _is_person(cells, line):
            rows.append(Row(number, cells))
    unknown = tuple(dict.fromkeys(c.text for c in head if c.text and not column_of(c.text)))
    return Sheet(tuple(rows), {column: head[index].text for column, index in columns.items()}, unknown)


def _is_person(cells: dict[Column, Cell], line: Sequence[Cell]) -> bool:
    """Not an empty row, not the headings again, not a line of text across the sheet ("II. Phân hiệu …", a total)."""
    filled = {column: cell for column, cell in cells.items() if cell.text or cell.is_formula}
    if not filled or len(_columns(list(line))) >= 2:
        return False
    texts = {cell.text for cell in line if cell.text}
    alone = len(cells) == 1 or any(cell.is_formula or "@" in cell.text for cell in filled.values())
    return len(texts) > 1 or alone
