"""Spreadsheets and text files as they are brought, good and bad."""

import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from khue.domains.analysis.reading import Unreadable
from khue.domains.analysis.tests.reading import files


def test_a_sheet_with_merged_headings_totals_and_a_source(tmp_path: Path) -> None:
    found = files.apart(files.population(tmp_path / "a.xlsx"), tmp_path)
    first, second = found.tables
    assert first.titles == {
        "stt": "STT", "tinh": "Tỉnh", "dan_so_2023": "Dân số – 2023", "dan_so_2024": "Dân số – 2024",
        "ngay_cap_nhat": "Ngày cập nhật", "ty_le": "Tỷ lệ (%)",
    }  # fmt: skip
    assert files.rows_of(found)[2] == (3, "Cần Thơ", 1258.9, 1269.0, datetime.date(2024, 3, 7), None)
    codes = {remark.code: remark.values for remark in first.remarks}
    assert codes["totals"] == {"count": 1, "examples": ["Tổng số"]}
    assert codes["notes"]["text"] == "Nguồn: số liệu giả định"
    assert codes["dates_several"]["forms"] == 3
    assert files.rows_of(found, 1) == [("000", 0), ("001", 1000), ("002", 2000)] and second.title == "Hồ sơ"
    assert [remark.values for remark in found.remarks if remark.code == "empty_sheet"] == [{"sheet": "Trống"}]


def test_vietnamese_figures_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Tỉnh;Số hồ sơ;Giá trị\nHà Nội;1.234;12,5\nHuế;567;3,25\nTổng cộng;1.801;15,75\n", encoding="utf-8")
    found = files.in_here(path, tmp_path)
    assert files.rows_of(found) == [("Hà Nội", 1234, 12.5), ("Huế", 567, 3.25)]
    assert [remark.code for remark in found.remarks] == ["totals"]


def test_three_decimals_are_no_thousands(tmp_path: Path) -> None:
    """Nothing in the file says that its dots divide thousands."""
    path = tmp_path / "a.csv"
    path.write_text("tinh,diem\nHuế,1.234\nHà Nội,0.567\n", encoding="utf-8")
    assert files.rows_of(files.in_here(path, tmp_path)) == [("Huế", 1.234), ("Hà Nội", 0.567)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_old_and_wide_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    text = "Tỉnh,Ghi chú\nHà Nội,Đã xử lý xong hồ sơ của người dân\nĐà Nẵng,Chưa giải quyết được\n"
    path.write_bytes(_cp1258(text) if encoding == "cp1258" else text.encode(encoding))
    found = files.in_here(path, tmp_path)
    assert list(found.tables[0].titles.values()) == ["Tỉnh", "Ghi chú"]
    assert files.rows_of(found)[1] == ("Đà Nẵng", "Chưa giải quyết được")


def _cp1258(text: str) -> bytes:
    """As Windows wrote it: base letters, and tones after them."""
    import unicodedata

    written = b""
    for letter in text:
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *tones = unicodedata.normalize("NFD", letter)
            kept = [tone for tone in tones if tone in "\u0300\u0301\u0303\u0309\u0323"]
            form = unicodedata.normalize("NFC", base + "".join(tone for tone in tones if tone not in kept))
            written += (form + "".join(kept)).encode("cp1258")
    return written


def test_days_and_months_that_cannot_be_told_apart_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ma,ngay\n1,25/03/2024\n2,03/25/2024\n3,04/05/2024\n", encoding="utf-8")
    found = files.in_here(path, tmp_path)
    assert [remark.code for remark in found.tables[0].remarks] == ["dates_undecided"]
    assert files.rows_of(found)[0] == (1, "25/03/2024")


def test_few_words_among_figures_are_told_not_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n" + "".join(f"{n},{n * 2}\n" for n in range(400)) + "401,khoảng\n", encoding="utf-8")
    remark = files.in_here(path, tmp_path).tables[0].remarks[0]
    assert (remark.code, remark.values["count"], remark.values["examples"]) == ("unread", 1, ["khoảng"])


def test_names_that_look_like_figures_keep_their_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ma,so\n001,1\n010,2\n", encoding="utf-8")
    assert files.rows_of(files.in_here(path, tmp_path)) == [("001", 1), ("010", 2)]


def test_values_of_formulas_that_point_outside_are_taken_as_saved(tmp_path: Path) -> None:
    """No link is followed, no command run: what was saved beside the formula stands there, or nothing."""
    found = files.in_here(files.with_outside_link(tmp_path / "a.xlsx"), tmp_path)
    assert {remark.code: remark.values for remark in found.remarks}["external_links"] == {"count": 1}
    assert files.rows_of(found) == [("Hà Nội", 8718.6), ("Huế", 1178.6), ("Cần Thơ", None)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty"),
        ("nul.csv", b"a,b\n1,\x002\n3,4\n" * 20, "nul"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 90, "unknown"),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 200, "broken"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("wide.csv", (",".join(f"c{n}" for n in range(16000)) + "\n" + ",".join("1" * 16000)).encode(), "wide"),
        ("only_heading.csv", b"tinh,so\n", "no_table"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refusal:
        files.in_here(path, tmp_path)
    assert refusal.value.code == code


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        files.in_here(files.bomb(tmp_path / "a.xlsx"), tmp_path)
    assert refusal.value.code == "bomb"


def test_a_sheet_of_sixteen_thousand_columns(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rộng")
    for _ in range(2):
        sheet.append([f"cột {n}" for n in range(16000)])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable) as refusal:
        files.in_here(tmp_path / "a.xlsx", tmp_path)
    assert refusal.value.code == "wide"


def test_a_reader_that_needs_too_much_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 1000, encoding="utf-8")
    with pytest.raises(Unreadable) as refusal:
        files.apart(path, tmp_path, memory=120 * 1024**2)
    assert refusal.value.code == "too_heavy"
