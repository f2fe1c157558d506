"""The cells of a sheet, its heading first."""

import io

import openpyxl
import pytest

from khue.domains.knowledge import api as knowledge
from khue.kernel.errors import UserError

ROWS = [["Ý kiến", "Tỉnh"], ["Mở cửa sáng thứ Bảy; đừng đóng sớm", "Huế"], ["Phần mềm: hay lỗi", "Cà Mau"]]


@pytest.fixture(scope="module")
def sandbox():
    with knowledge.Sandbox() as made:
        yield made


@pytest.fixture
def rows(tmp_path, sandbox):
    def read(name, octets):
        path = tmp_path / name
        path.write_bytes(octets)
        return knowledge.read_rows(path, name, sandbox=sandbox)

    return read


def workbook(lines):
    held, book = io.BytesIO(), openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_in_whatever_encoding(rows, encoding):
    text = 'Ý kiến,Tỉnh\n"Mở cửa sáng thứ Bảy; đừng đóng sớm",Huế\nPhần mềm: hay lỗi,Cà Mau\n'
    assert rows("y.csv", text.encode(encoding)) == ROWS


def test_semicolons_part_cells_where_a_sheet_in_vietnamese_wrote_them(rows):
    assert rows("y.csv", "Ý kiến;Tỉnh\nMở cửa sớm;Huế\n".encode()) == [["Ý kiến", "Tỉnh"], ["Mở cửa sớm", "Huế"]]


def test_a_workbook(rows):
    assert rows("y.xlsx", workbook(ROWS)) == ROWS


@pytest.mark.parametrize(("name", "octets"), [("y.xlsx", b"PK\x03\x04 broken"), ("y.pdf", b"%PDF-1.4")])
def test_what_is_no_sheet_is_refused_in_words(rows, name, octets):
    with pytest.raises(UserError, match=r"\w"):
        rows(name, octets)
