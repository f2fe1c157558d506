"""khue privacy: the two verbs as programs use them."""

import json

import pytest
from typer.testing import CliRunner

from khue.cli.main import app, gather
from khue.gateway.privacy import scanning

SAID = "Bà Trần Thị Bình, CCCD 079185012345, [NGƯỜI_1]\r\n"


@pytest.fixture
def khue():
    if not app.registered_commands:
        gather()
    return lambda *args, **how: CliRunner().invoke(app, ["privacy", *args], **how)


def test_scan_gives_places_types_texts_and_scores(khue, tmp_path):
    file = tmp_path / "đơn.txt"
    file.write_text(SAID, encoding="utf-8", newline="")
    answer = khue("scan", str(file), "--json")
    found = json.loads(answer.stdout)
    assert answer.exit_code == 0 and [set(each) for each in found] == [{"start", "end", "type", "text", "score"}] * 2
    assert [(SAID[each["start"] : each["end"]], each["type"]) for each in found] == [
        ("Trần Thị Bình", "person"),
        ("079185012345", "cccd"),
    ]


def test_scan_reads_standard_input(khue):
    assert json.loads(khue("scan", "-", "--json", input="gọi 0912345678").stdout)[0]["type"] == "phone"


@pytest.mark.parametrize("content", [SAID.encode(), b"", b"\xff\xfe\x00 CCCD 079185012345", "e\u0301 \ufeff".encode()])
def test_roundtrip_is_to_the_byte(khue, tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    assert khue("roundtrip", str(file)).exit_code == 0


def test_nothing_is_said_to_be_clean_when_a_detector_breaks(khue, tmp_path, monkeypatch):
    monkeypatch.setitem(scanning.DETECTORS, "names", lambda page: 1 / 0)
    file = tmp_path / "file"
    file.write_text("Không có gì.")
    assert khue("scan", str(file), "--json").exit_code == 1
    assert khue("roundtrip", str(file)).exit_code == 1


def test_a_file_that_is_not_there_is_wrong_use(khue):
    assert khue("scan", "không-có").exit_code == 2
