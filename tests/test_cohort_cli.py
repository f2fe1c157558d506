"""khue cohort import as it is typed; what starts and stops the database around it is tested with the other verbs."""

import io
import json
from contextlib import nullcontext

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from khue.cli import cohort as verbs
from khue.domains.academy.tests.cast import opened_cohort

HEAD = "Họ và tên,Email,Tỉnh"
LIST = f"{HEAD}\nĐỗ Thị Đào,dao@x.example,Huế\nVô Danh,khong-phai,Huế\nHồ Gia Bảo,bao@x.example,Quảng Nam\n"


@pytest.fixture
def cohort(cast):
    return opened_cohort(cast)


@pytest.fixture
def run(monkeypatch, tmp_path, cohort):
    monkeypatch.setattr(verbs, "session", nullcontext)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LIST)
    app = typer.Typer()
    verbs.register(app)

    def typed(*arguments):
        return CliRunner().invoke(app, ["cohort", "import", *map(str, arguments), "--cohort", cohort.slug])

    return typed


def test_a_dry_run_says_everything_and_stores_nothing(run, cohort):
    done = run("list.csv", "--programme", "nho", "--dry-run", "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 1 and cohort.enrolments.count() == 0
    assert said["rows"] == 3 and [row["row"] for row in said["accepted"]] == [2, 4]
    assert [(row["row"], row["name"]) for row in said["refused"]] == [(3, "Vô Danh")]
    assert "khong-phai" in said["refused"][0]["reasons"][0]
    assert [row["row"] for row in said["remarks"]] == [4]


def test_then_the_right_rows_are_enrolled_and_again_nothing_changes(run, cohort):
    first = json.loads(run("list.csv", "--programme", "nho", "--json").stdout)
    assert len(first["accepted"]) == 2 == cohort.enrolments.count()
    again = json.loads(run("list.csv", "--programme", "nho", "--json").stdout)
    assert (again["accepted"], again["updated"], again["unchanged"]) == ([], [], 2)


def test_a_corrected_list_updates_and_names_what(run, cohort, tmp_path):
    run("list.csv", "--programme", "nho")
    (tmp_path / "list.csv").write_text(f"{HEAD}\nĐỗ Thị Đào,dao@x.example,Cà Mau\n")
    done = run("list.csv", "--programme", "nho", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["updated"] == [{"row": 2, "name": "Đỗ Thị Đào", "changed": ["province"]}]


def test_a_list_without_faults_ends_with_0_and_speaks_in_words(run, tmp_path):
    (tmp_path / "list.csv").write_text(f"{HEAD}\nĐỗ Thị Đào,dao@x.example,Huế\n")
    done = run("list.csv", "--programme", "nho", "--dry-run")
    assert done.exit_code == 0 and "1 new" in done.stdout and "nothing is stored" in done.stdout


@pytest.mark.parametrize(("octets", "programme"), [(b"\x00\x01", "nho"), (LIST.encode(), "no-such")])
def test_no_list_and_no_such_programme_end_with_2(run, cohort, tmp_path, octets, programme):
    (tmp_path / "other.csv").write_bytes(octets)
    done = run("other.csv", "--programme", programme)
    assert done.exit_code == 2 and done.stderr.strip() and cohort.enrolments.count() == 0


def test_a_spreadsheet_with_everything_at_once(run, cohort, tmp_path):
    """Title, merged unit, a second header in the middle, formulas with and without a kept result."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["HỌC VIỆN KHUÊ VĂN"],
        [],
        ["STT", "Họ và tên", "Email", "Tỉnh", "Đơn vị"],
        [1, "Đỗ Thị Đào", "dao@x.example", "Huế", "Sở Nội vụ"],
        [2, "Hồ Gia Bảo", "bao@x.example", "Huế", None],
        ["II. Phân hiệu", None, None, None, None],
        ["STT", "Họ và tên", "Email", "Tỉnh", "Đơn vị"],
        ["=A5+1", "Lý Tự Do", "do@x.example", "Cà Mau", "Sở Y tế"],
        [4, "Ngô Hà", '=LOWER("HA@X.EXAMPLE")', "Cà Mau", "Sở Y tế"],
        [5, '=HYPERLINK("http://x.example","Ai đó")', "ai@x.example", "Cà Mau", "Sở Y tế"],
    ):
        sheet.append(row)
    sheet.merge_cells("E4:E5")
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "list.xlsx").write_bytes(stream.getvalue())
    said = json.loads(run("list.xlsx", "--programme", "nho", "--json").stdout)
    assert [row["row"] for row in said["accepted"]] == [4, 5, 8]
    assert [row["row"] for row in said["refused"]] == [9, 10]
    assert set(cohort.enrolments.filter(person__email__in=["dao@x.example", "bao@x.example"])
               .values_list("unit", flat=True)) == {"Sở Nội vụ"}  # fmt: skip
