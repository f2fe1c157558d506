"""Spreadsheets as coordinators send them."""

import io

import openpyxl
import pytest

from khue.domains.academy.roster.columns import Column
from khue.domains.academy.roster.sheet import Sheet, Unreadable, read

CSV = (
    "Họ và tên;Email;Tỉnh/TP\nNguyễn Thị An;an@song-thanh.example;Huế\nTrần Văn Bình;binh@song-thanh.example;Gia Lai\n"
)


def workbook(*rows: list[object], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def names(sheet: Sheet) -> list[str]:
    return [row.text(Column.NAME) or row.text(Column.GIVEN_NAME) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_any_unicode_encoding(encoding: str) -> None:
    assert names(read(CSV.encode(encoding), "list.csv")) == ["Nguyễn Thị An", "Trần Văn Bình"]


def test_rows_have_the_numbers_that_the_spreadsheet_shows() -> None:
    assert [row.number for row in read(CSV.encode(), "list.csv").rows] == [2, 3]


def test_titles_above_the_headings_are_passed() -> None:
    sheet = read(
        workbook(
            ["HỌC VIỆN KHUÊ VĂN", None, None],
            ["Danh sách học viên khóa bồi dưỡng", None, None],
            [],
            ["STT", "Họ và tên", "E-mail", "Ghi chú"],
            [1, "Lê Kim Chi", "chi@khue-van.example", ""],
        ),
        "list.xlsx",
    )
    assert [(row.number, row.text(Column.NAME)) for row in sheet.rows] == [(5, "Lê Kim Chi")]
    assert sheet.unknown == ("STT", "Ghi chú")


def test_the_headings_again_in_the_middle_are_no_person() -> None:
    head = ["Họ và tên", "Đơn vị"]
    sheet = read(workbook(head, ["An", "Sở Nội vụ"], head, ["Bình", "Sở Tài chính"]), "list.xlsx")
    assert names(sheet) == ["An", "Bình"]


def test_a_heading_over_two_columns_of_the_name() -> None:
    sheet = read(
        workbook(
            ["STT", "Họ và tên", None, "Đơn vị"],
            [None, "Họ đệm", "Tên", None],
            [1, "Nguyễn Thị", "An", "Sở Y tế"],
            merge="B1:C1",
        ),
        "list.xlsx",
    )
    assert [(r.text(Column.FAMILY_NAME), r.text(Column.GIVEN_NAME), r.text(Column.UNIT)) for r in sheet.rows] == [
        ("Nguyễn Thị", "An", "Sở Y tế")
    ]


def test_a_merged_cell_holds_for_all_its_rows() -> None:
    sheet = read(
        workbook(["Họ và tên", "Đơn vị"], ["An", "Sở Nội vụ"], ["Bình", None], ["Chi", None], merge="B2:B4"),
        "list.xlsx",
    )
    assert [row.text(Column.UNIT) for row in sheet.rows] == ["Sở Nội vụ"] * 3


def test_a_line_across_the_sheet_is_no_person() -> None:
    sheet = read(
        workbook(["Họ và tên", "Email"], ["I. Phân hiệu miền Trung", None], ["An", "an@x.example"], merge="A2:B2"),
        "list.xlsx",
    )
    assert names(sheet) == ["An"]


def test_a_formula_is_told_as_one() -> None:
    sheet = read(workbook(["Họ và tên", "Email"], ["An", '=LOWER("AN@X.EXAMPLE")']), "list.xlsx")
    cell = sheet.rows[0].cells[Column.EMAIL]
    assert cell.is_formula and cell.text == ""


def test_a_formula_in_text_is_never_taken_as_text() -> None:
    sheet = read(b'Name,Email\n"=HYPERLINK(""http://x.example"")",an@x.example\n', "list.csv")
    assert sheet.rows[0].cells[Column.NAME].text == ""


@pytest.mark.parametrize(
    ("octets", "name", "code"),
    [
        (b"", "list.csv", "empty"),
        (b"a,b\n1,2\n", "list.csv", "no-headings"),
        (b"PK\x03\x04 no zip", "list.xlsx", "not-a-sheet"),
        (b"\xd0\xcf\x11\xe0old", "list.xls", "not-a-sheet"),
        (b"%PDF-1.7\0\0\0", "list.csv", "not-a-sheet"),
    ],
)
def test_what_cannot_be_read_says_why(octets: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(octets, name)
    assert refusal.value.code == code


def test_an_endless_list_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(b"Name,Email\n" + b"An,an@x.example\n" * 20_001, "list.csv")
    assert refusal.value.code == "too-large"
