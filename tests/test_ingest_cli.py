"""khue ingest as it is typed; what starts and stops the database around it is tested with the other verbs."""

import json
from contextlib import nullcontext

import pytest
import typer
from typer.testing import CliRunner

from khue.cli import ingest, session
from khue.domains.knowledge.models import Collection, Document
from khue.domains.people.models import Membership, Organisation, Person


@pytest.fixture
def run(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(session, "session", nullcontext)
    app = typer.Typer()
    ingest.register(app)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def academy(db):
    return Organisation.objects.create(slug="hv", kind="academy", names={"vi": "Học viện"}, path="hv/")


@pytest.fixture
def administrator(academy):
    person = Person.objects.create(username="quantri")
    Membership.objects.create(person=person, organisation=academy, role="administrator")
    return person


@pytest.fixture
def folder(tmp_path):
    inner = tmp_path / "vào" / "trong"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("Lệ phí là 8.000 đồng.")
    (inner / "b.md").write_text("# Giờ\n\nMở cửa lúc 8 giờ.")
    (inner / ".ẩn").write_text("không đọc")
    return tmp_path / "vào"


def test_a_folder_is_brought_into_a_new_collection(run, administrator, folder):
    done = run(folder, "--collection", "Mới", "--class", "public", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "collection": "Mới", "added": 2, "duplicates": 0, "passages": 2, "failed": [], "changed": [],
    }  # fmt: skip
    assert Collection.objects.get().data_class == 0


def test_what_failed_is_named_and_the_rest_goes_on(run, administrator, folder):
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.7")
    done = run(folder, "--collection", "Mới", "--json")
    result = json.loads(done.stdout)
    assert (done.exit_code, result["added"]) == (1, 2)
    assert [(failed["file"], bool(failed["error"])) for failed in result["failed"]] == [
        (str(folder / "hỏng.pdf"), True)
    ]


def test_a_second_time_brings_nothing(run, administrator, folder):
    run(folder, "--collection", "Mới")
    result = json.loads(run(folder, "--collection", "Mới", "--json").stdout)
    assert (result["added"], result["duplicates"]) == (0, 2)
    assert Document.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("extra", [["--class", "secret"], ["--kind", "films"], []])
def test_wrong_use_and_nobody_here_exit_2(run, folder, extra):
    assert run(folder, "--collection", "Mới", *extra).exit_code == 2
