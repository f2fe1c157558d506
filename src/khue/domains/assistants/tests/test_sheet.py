"""Test questions from a spreadsheet: good rows are taken, broken ones named."""

import io

import openpyxl
import pytest

from khue.domains.assistants.interchange import sheet

CSV = """Câu hỏi;Loại;Ngôn ngữ;Nguồn;Đáp án
Phí khai sinh?;;vi;1.001193;8.000 đồng
What is the fee?;answerable;tiếng Anh;;
Giá vàng?;ngoài phạm vi;;;
;outside;;;
Câu này;lạ;;;
Câu kia;;tiếng Đức;;
phi khai sinh?;;;;
"""


def test_rows_are_taken_and_broken_ones_are_named_by_their_number():
    read = sheet.read(CSV.encode("utf-8-sig"), "câu.csv")
    assert [(q.question, q.kind, q.language) for q in read.questions] == [
        ("Phí khai sinh?", "answerable", "vi"),
        ("What is the fee?", "answerable", "en"),
        ("Giá vàng?", "outside", "vi"),
    ]
    assert [(f.row, f.code) for f in read.faults] == [
        (5, "question"), (6, "kind"), (7, "language"), (8, "double"),
    ]  # fmt: skip


def test_a_workbook_is_read_like_a_text():
    book = openpyxl.Workbook()
    for row in [["question", "answer"], ["Phí?", 8000], [None, None], ["Hạn?", "5 ngày"]]:
        book.active.append(row)
    octets = io.BytesIO()
    book.save(octets)
    read = sheet.read(octets.getvalue(), "x.xlsx")
    assert [(q.question, q.answer) for q in read.questions] == [("Phí?", "8000"), ("Hạn?", "5 ngày")]


def test_a_question_that_is_too_long_is_named():
    read = sheet.read(f"question\n{'x' * 3000}\nPhí?".encode(), "x.csv")
    assert [f.code for f in read.faults] == ["long"] and len(read.questions) == 1


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "no heading"),
        (b"a,b\n1,2", "no heading"),
        (b"\xff\xfe\x00", "no sheet"),
        (b"PK\x03\x04 not a zip", "no sheet"),
        (b"x" * 5_100_000, "too large"),
    ],
)
def test_what_is_no_sheet_is_refused_whole(octets, code):
    with pytest.raises(sheet.UnreadableSheet) as refused:
        sheet.read(octets, "x.csv")
    assert refused.value.code == code
