"""khue certificates and khue credential as they are typed; what starts the database around them is tested elsewhere."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from khue.cli import archive
from khue.cli import certificates as verbs
from khue.domains.academy.actions import certificates
from khue.domains.academy.models import Certificate
from khue.domains.academy.queries import issuers
from khue.domains.academy.rules.certificates import Ended
from khue.domains.academy.tests.certified import certificate_of_an, cohort_with
from khue.domains.people.tests.cast import Cast

Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Run:
    settings.KHUE_HOME = tmp_path / "home"
    monkeypatch.setattr(verbs, "session", nullcontext)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    verbs.register(app)
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def file(cast: Cast, run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "an.json"
    path.write_text(certificate_of_an(cast).credential)
    return path


def test_issue_says_what_it_did_and_the_second_time_nothing_is_given(cast: Cast, run: Run):
    cohort = cohort_with(cast, cast.an)
    cohort.enrolments.create(person=cast.binh)
    first = run("certificates", "issue", "--cohort", cohort.slug, "--json")
    assert first.exit_code == 0
    assert json.loads(first.stdout) == {
        "eligible": 1,
        "issued": 1,
        "already": 0,
        "refused": [{"person": "Trần Văn Bình", "missing": ["attendance"]}],
    }
    again = json.loads(run("certificates", "issue", "--cohort", cohort.slug, "--json").stdout)
    assert (again["eligible"], again["issued"], again["already"]) == (1, 0, 1)


def test_a_cohort_that_is_not_there_is_wrong_input(cast: Cast, run: Run):
    done = run("certificates", "issue", "--cohort", "khong-co")
    assert done.exit_code == 2 and "khong-co" in done.stderr


def test_verify_says_whether_it_holds(run: Run, file: Path):
    good = run("credential", "verify", file, "--json")
    assert (good.exit_code, json.loads(good.stdout)) == (0, {"valid": True, "revoked": False, "problems": []})
    certificates.revoke(by=None, certificate=Certificate.objects.get(), why=Ended.MISTAKE)
    revoked = run("credential", "verify", file, "--json")
    said = json.loads(revoked.stdout)
    assert (revoked.exit_code, said["valid"], said["revoked"]) == (1, False, True)
    assert [problem["code"] for problem in said["problems"]] == ["revoked"]


def test_verify_refuses_a_changed_file(run: Run, file: Path):
    file.write_text(file.read_text().replace("Nguyễn Thị An", "Nguyễn Thị Ân"))
    done = run("credential", "verify", file, "--json")
    assert done.exit_code == 1
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["proof"]


def test_verify_elsewhere_needs_the_keys_and_the_list_as_files(run: Run, file: Path, tmp_path: Path):
    keys, listed = tmp_path / "issuers.json", tmp_path / "list.json"
    keys.write_text(json.dumps(issuers.published()))
    listed.write_text(Certificate.objects.get().status_list.document)
    Certificate.objects.all().delete()
    without = json.loads(run("credential", "verify", file, "--issuers", keys, "--json").stdout)
    assert (without["valid"], without["revoked"]) == (True, None)
    whole = json.loads(run("credential", "verify", file, "--issuers", keys, "--status", listed, "--json").stdout)
    assert whole == {"valid": True, "revoked": False, "problems": []}


def test_keys_of_somebody_else_do_not_do(run: Run, file: Path, tmp_path: Path):
    keys = tmp_path / "issuers.json"
    keys.write_text('{"format": 1, "issuers": []}')
    done = run("credential", "verify", file, "--issuers", keys, "--json")
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]][0] == "issuer_unknown"
    keys.write_text('{"keys": 1}')
    assert run("credential", "verify", file, "--issuers", keys, "--json").exit_code == 2


def test_keys_are_in_every_backup(run: Run, file: Path, settings: Any):
    kept = {str(path.relative_to(settings.KHUE_HOME)) for path in archive.state_files(settings.KHUE_HOME)}
    assert kept == {f"keys/issuers/{Certificate.objects.get().key_id}"}
