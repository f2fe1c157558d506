"""khue synthesise as it is typed: folders and files in, JSON and a document of the decree out; with an outline, and
with themes that are found."""

import json
from contextlib import nullcontext

import docx
import pytest
import typer
from typer.testing import CliRunner

from khue.cli import synthesise
from khue.domains.people.models import Person
from khue.domains.synthesis.models import Synthesis

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = """ỦY BAN NHÂN DÂN TỈNH {name}
BÁO CÁO
Kết quả công tác 6 tháng đầu năm 2026

I. Kết quả giải quyết hồ sơ
Toàn tỉnh đã tiếp nhận {count} hồ sơ thủ tục hành chính.
II. Khó khăn
Công chức phụ trách công nghệ thông tin ở cấp xã còn thiếu và phải kiêm nhiệm nhiều việc.
Đường truyền ở một số xã vùng cao chưa ổn định nên việc giải quyết hồ sơ bị gián đoạn.
"""
PLACES = {"Huế": "45.230", "Hà Tĩnh": "30.100", "Lai Châu": "9.800"}


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "bao cao"
    folder.mkdir()
    for name, count in PLACES.items():
        (folder / f"{name}.txt").write_text(REPORT.format(name=name.upper(), count=count), encoding="utf-8")
    return folder


@pytest.fixture
def run(cast, typed):
    return typed


@pytest.fixture
def typed(monkeypatch, tmp_path, no_model, embedding_server):
    monkeypatch.setattr(synthesise, "session", lambda **_servers: nullcontext())
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    synthesise.register(app)

    def typed(*arguments):
        return CliRunner().invoke(app, list(map(str, arguments)))

    return typed


def test_with_an_outline(run, reports, tmp_path):
    outline, out = tmp_path / "outline.txt", tmp_path / "REPORT.docx"
    outline.write_text("1. Kết quả giải quyết hồ sơ\n2. Khó khăn\n3. Kinh phí\n", encoding="utf-8")
    done = run(reports, "--outline", outline, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert [one["title"] for one in made["sections"]] == ["Kết quả giải quyết hồ sơ", "Khó khăn", "Kinh phí"]
    assert sorted(made["sections"][2]["silent"]) == sorted(PLACES)
    (line,) = [one for one in made["sections"][0]["sentences"] if one["state"] == "counted"]
    assert "từ 9.800 hồ sơ (Lai Châu) đến 45.230 hồ sơ (Huế)" in line["text"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert line["text"].rstrip(".") in text and "(Lai Châu, khoảng tr. 1; Huế, khoảng tr. 1" in text


def test_without_an_outline_themes_are_found(run, reports):
    done = run(reports, "--json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert made["sections"] and all(one["title"] and one["sentences"] for one in made["sections"])
    said = [one for section in made["sections"] for one in section["sentences"]]
    assert all(one["citations"] for one in said)


def test_in_words_for_who_reads_the_screen(run, reports):
    done = run(*sorted(reports.iterdir()))
    assert done.exit_code == 0 and "Lai Châu: Lai Châu.txt, 1" in done.stdout


def test_where_nobody_has_an_account_yet(typed, transactional_db, reports, tmp_path):
    done = typed(reports, "--out", tmp_path / "REPORT.docx", "--json")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["reports"]) == 3 and (tmp_path / "REPORT.docx").exists()
    assert not Synthesis.objects.exists() and not Person.objects.exists()


def test_nothing_that_can_be_read(run, tmp_path):
    broken = tmp_path / "Huế.docx"
    broken.write_bytes(b"PK\x03\x04 no")
    assert run(broken, "--json").exit_code == 1


def test_wrong_use(run, reports, tmp_path):
    assert run(reports, "--out", tmp_path / "REPORT.odt").exit_code == 2
    assert run(tmp_path / "nowhere").exit_code == 2
