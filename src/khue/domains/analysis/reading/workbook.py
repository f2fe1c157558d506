"""XLSX, XLS and ODS: each sheet a table; values as they were saved, nothing is computed and no link followed."""

import datetime
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from khue.domains.analysis.reading import heading, typing
from khue.domains.analysis.reading.refusals import Unreadable
from khue.domains.analysis.reading.sandbox import Read, ReadTable, Remark

MOST_SHEETS = 40
Row = Sequence[Any]


def read(path: Path, name: str, into: Path) -> Read:
    try:
        book = calamine.load_workbook(str(path))
    except calamine.PasswordError as problem:
        raise Unreadable("password") from problem
    except (calamine.CalamineError, OSError) as problem:
        raise Unreadable("broken", str(problem)[:200]) from problem
    tables, remarks = [], list(_links(path))
    visible = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    for at, sheet in enumerate(visible[:MOST_SHEETS]):
        found = _sheet(book.get_sheet_by_name(sheet.name), sheet.name, into / f"{at}.parquet")
        if isinstance(found, Remark):
            remarks.append(found)
        else:
            tables.append(found)
    if not tables:
        raise Unreadable("no_table")
    return Read(tuple(tables), tuple(remarks))


def _links(path: Path) -> list[Remark]:
    """Formulas that point outside have the value that was saved with them."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        outside = sum(part.filename.startswith("xl/externalLinks/externalLink") for part in archive.infolist())
    return [Remark("external_links", {"count": outside})] if outside else []


def _sheet(sheet: calamine.CalamineSheet, name: str, path: Path) -> ReadTable | Remark:
    if sheet.width > typing.WIDEST:
        raise Unreadable("wide", f"{name}: {sheet.width}")
    rows = [list(row) for row in sheet.to_python(skip_empty_area=True)]
    _fill_merged(sheet, rows)
    found = heading.heading(rows)
    if found is None or found.after >= len(rows):
        return Remark("empty_sheet", {"sheet": name})
    data = heading.sort(rows[found.after :])
    used = [at for at, title in enumerate(found.titles) if title or any(_at(row, at) for row in data.rows)]
    if not data.rows or not used:
        return Remark("empty_sheet", {"sheet": name})
    columns = {f"c{place}": _column([_at(row, at) for row in data.rows]) for place, at in enumerate(used)}
    connection = typing.connect()
    connection.register("sheet", pa.table(columns))
    titles = [found.titles[at] for at in used]
    remarks = _remarks(found, data)
    texts = [pa.types.is_string(column.type) for column in columns.values()]
    return typing.write(connection, "sheet", titles, title=name, path=path, remarks=remarks, texts=texts)


def _at(row: Row, at: int) -> Any:
    value = row[at] if at < len(row) else None
    return None if heading.is_empty(value) else value


def _fill_merged(sheet: calamine.CalamineSheet, rows: list[list[Any]]) -> None:
    """What is merged downward among the data says the same in each line; headings are read by themselves."""
    begins = sheet.start or (0, 0)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if right != left or bottom == top or bottom - top > 5000:
            continue
        lines = rows[max(0, top - begins[0]) : bottom - begins[0] + 1]
        at = left - begins[1]
        if lines and 0 <= at < len(lines[0]) and not heading.is_empty(lines[0][at]):
            for line in lines[1:]:
                if at < len(line) and heading.is_empty(line[at]):
                    line[at] = lines[0][at]


def _remarks(found: heading.Heading, data: heading.Sorted) -> list[Remark]:
    said = []
    if found.above:
        said.append(Remark("above", {"text": " · ".join(found.above)[:300]}))
    if data.totals:
        said.append(Remark("totals", {"count": len(data.totals), "examples": list(dict.fromkeys(data.totals))[:3]}))
    if data.notes:
        said.append(Remark("notes", {"text": " · ".join(data.notes)[:500]}))
    return said


def _column(values: list[Any]) -> pa.Array:
    """Of one type where all values are; else texts, numbers written as numbers are."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} and kinds:
        whole = all(value is None or float(value).is_integer() for value in values)
        return pa.array([None if v is None else int(v) if whole else float(v) for v in values])
    if kinds == {bool}:
        return pa.array(values)
    if kinds == {datetime.datetime} or kinds == {datetime.date} or kinds == {datetime.date, datetime.datetime}:
        return _dates(values)
    texts = [None if value is None else _text(value) for value in values]
    return pa.array(texts, pa.string())


def _dates(values: list[Any]) -> pa.Array:
    plain = [value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value for value in values]
    midnight = all(not isinstance(v, datetime.datetime) or v.time() == datetime.time() for v in plain)
    if midnight:
        return pa.array([v.date() if isinstance(v, datetime.datetime) else v for v in plain], pa.date32())
    return pa.array(plain, pa.timestamp("us"))


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    return str(value)
