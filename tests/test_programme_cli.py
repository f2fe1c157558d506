"""khue programme as it is typed; what starts and stops the database around it is tested with the other verbs."""

import json
from contextlib import nullcontext

import pytest
import typer
from django.conf import settings
from typer.testing import CliRunner

from khue.cli import programme
from khue.domains.academy.models import Cohort, ProgrammeVersion

SMALL = settings.CONTENT / "programmes" / "ten-minutes"


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setattr(programme, "session", nullcontext)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    programme.register(app)
    return lambda *arguments: CliRunner().invoke(app, ["programme", *map(str, arguments)])


def test_check_says_what_is_there(run):
    result = run("check", SMALL, "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["ok"], said["programme"], said["topics"], said["languages"]) == (
        True,
        "ten-minutes",
        2,
        ["vi", "en", "fr"],
    )


def test_check_names_each_fault_and_ends_with_1(run, tmp_path):
    assert run("clone", SMALL, "--to", tmp_path / "copy").exit_code == 0
    topic = tmp_path / "copy" / "topics" / "ask-and-check" / "topic.yaml"
    topic.write_text(topic.read_text().replace("minutes:", "minuten:", 1))
    result = run("check", tmp_path / "copy", "--json")
    faults = json.loads(result.stdout)["faults"]
    assert result.exit_code == 1
    assert {fault["file"] for fault in faults} == {"topics/ask-and-check/topic.yaml"}
    assert all(fault["line"] and fault["text"] for fault in faults)


def test_load_twice_stores_once(run, cast):
    first, again = (run("load", SMALL, "--organisation", "khue-van", "--json") for _ in range(2))
    assert (json.loads(first.stdout)["new"], json.loads(again.stdout)["new"]) == (True, False)
    assert ProgrammeVersion.objects.count() == 1


def test_what_is_exported_is_loaded_elsewhere_and_exported_the_same(run, cast, tmp_path):
    run("load", SMALL, "--organisation", "khue-van")
    assert run("export", "ten-minutes", "--to", "one.zip").exit_code == 0
    assert run("load", "one.zip", "--organisation", "tinh-song-thanh").exit_code == 0
    assert run("export", "ten-minutes", "--organisation", "tinh-song-thanh", "--to", "two.zip").exit_code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_export_overwrites_nothing_unasked(run, tmp_path):
    assert run("export", SMALL).exit_code == 0
    assert run("export", SMALL).exit_code == 1
    assert run("export", SMALL, "--overwrite").exit_code == 0


def test_a_clone_at_a_campus_opens_its_cohort_on_its_own_dates(run, cast):
    run("load", SMALL, "--organisation", "khue-van")
    given = ("--organisation", "khue-van-hcm", "--starts-on", "2027-03-01", "--cohort", "Khoa tai phia Nam")
    assert run("clone", "ten-minutes", *given).exit_code == 0
    cohort = Cohort.objects.get()
    assert cohort.organisation == cast.hcm and cohort.version.programme.organisation == cast.hcm
    assert cohort.sessions.get().starts_at.isoformat() == "2027-03-01T02:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "no-such"), "no such programme"),
        (("load", SMALL, "--organisation", "no-such"), "no organisation"),
        (("clone", SMALL, "--cohort", "Khóa"), "first day"),
    ],
)
def test_a_wrong_use_is_said_in_words(run, cast, arguments, says):
    result = run(*arguments)
    assert result.exit_code == 1 and says in result.stderr
