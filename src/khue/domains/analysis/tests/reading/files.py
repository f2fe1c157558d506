"""Files as people bring them, written for a test."""

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from khue.domains.analysis.reading import Read, read
from khue.domains.analysis.reading.files import read as read_here


def rows_of(read_file: Read, table: int = 0) -> list[tuple[Any, ...]]:
    import duckdb

    return duckdb.sql(f"SELECT * FROM '{read_file.tables[table].path}'").fetchall()


def in_here(path: Path, into: Path) -> Read:
    """Without a process of its own, which takes a second."""
    return read_here(path, path.name, into)


def apart(path: Path, into: Path, **limits: Any) -> Read:
    return read(path, path.name, into, **limits)


def population(path: Path) -> Path:
    """With a title, merged headings over two lines, numbered columns, totals, a source, Vietnamese figures."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Dân số"
    for row in (
        ["DÂN SỐ CÁC TỈNH"], ["Đơn vị: nghìn người"], [],
        ["STT", "Tỉnh", "Dân số", None, "Ngày cập nhật", "Tỷ lệ (%)"], [None, None, 2023, 2024, None, None],
        [1, 2, 3, 4, 5, 6],
        [1, "Hà Nội", "8.587,1", "8.718,6", "05/03/2024", "49,1%"],
        [2, "Huế", "1.166,5", "1.178,6", "2024-03-06", "52,8%"],
        [3, "Cần Thơ", "1.258,9", "1.269", "ngày 7 tháng 3 năm 2024", "-"],
        [None, "Tổng số", "11.012,5", "11.166,2", None, None], [], ["Nguồn: số liệu giả định"],
    ):  # fmt: skip
        sheet.append(row)
    for cells in ("C4:D4", "A4:A5", "B4:B5", "A1:F1"):
        sheet.merge_cells(cells)
    other = book.create_sheet("Hồ sơ")
    other.append(["Mã", "Phí"])
    for number in range(3):
        other.append([f"00{number}", number * 1000])
    book.create_sheet("Trống")
    book.save(path)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def with_outside_link(path: Path) -> Path:
    """A workbook whose formulas point to another file, to the network and to a command; two have a saved value."""
    book = Workbook()
    rows = (["Tỉnh", "Dân số"], ["Hà Nội", "=[1]Sheet1!B2"], ["Huế", '=WEBSERVICE("http://127.0.0.1:9/x")'],
            ["Cần Thơ", "=cmd|'/c calc'!A0"])  # fmt: skip
    for row in rows:
        book.active.append(row)
    plain = path.with_suffix(".plain.xlsx")
    book.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w") as archive:
        for part in before.namelist():
            text = before.read(part)
            if part == SHEET:
                text = text.replace(b"B2</f><v></v>", b"B2</f><v>8718.6</v>")
                text = text.replace(b'x")</f><v></v>', b'x")</f><v>1178.6</v>')
            archive.writestr(part, text)
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024**2))
    return path
