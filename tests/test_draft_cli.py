"""khue draft: documents from data, checked, mended; the contracts that scripts rely on."""

import json

import pytest
from benchmarks.corpora.drafting import plants
from typer.testing import CliRunner

from khue.cli.draft import group

LETTER = {
    "type": "cong-van", "agency": "Sở Nội vụ", "agency_code": "SNV", "unit": "VP", "number": 12, "place": "Nam Định",
    "date": "2026-03-05", "subject": "cử người dự họp", "to": ["Sở Tài chính"], "superior": "Ủy ban nhân dân tỉnh",
    "body": [{"text": "Sở Nội vụ đề nghị Sở Tài chính cử 2 người dự họp."}], "recipients": ["Như trên"],
    "signature": {"position": "Giám đốc", "name": "Nguyễn Văn An"},
}  # fmt: skip


def run(*words):
    return CliRunner().invoke(group, list(map(str, words)))


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(LETTER), encoding="utf-8")
    return path


def test_a_document_is_compiled_and_nothing_is_found_in_it(spec, tmp_path):
    assert run("compile", spec, tmp_path / "a.docx").exit_code == 0
    assert run("compile", spec, tmp_path / "a.pdf").exit_code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    checked = run("check", tmp_path / "a.docx", "--json")
    assert (checked.exit_code, json.loads(checked.stdout)) == (0, {"findings": []})


def test_a_departure_is_named_ends_with_1_and_is_mended(tmp_path):
    path = tmp_path / "b.docx"
    path.write_bytes(plants.planted(plants.plants()[0]))
    checked = run("check", path, "--json")
    found = json.loads(checked.stdout)["findings"]
    assert checked.exit_code == 1
    assert {"rule", "cell", "found", "expected", "where", "severity"} <= set(found[0])
    assert run("fix", path, tmp_path / "c.docx").exit_code == 0
    assert run("check", tmp_path / "c.docx").exit_code == 0


def test_what_is_wrong_is_said_and_ends_with_2(spec, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(LETTER | {"parties": [{"name": "A"}]}), encoding="utf-8")
    refused = run("compile", bad, tmp_path / "x.docx")
    assert refused.exit_code == 2 and "parties: not part of cong-van" in refused.stderr
    assert run("compile", spec, tmp_path / "x.odt").exit_code == 2
    assert run("check", spec).exit_code == 2
    assert run("schema", "nope").exit_code == 2


def test_a_type_has_its_schema():
    told = json.loads(run("schema", "quyet-dinh").stdout)
    assert "bases" in told["required"] and told["properties"]["type"] == {"const": "quyet-dinh"}
