"""khue quiz as it is typed; what starts and stops the database around it is tested with the other verbs."""

import json
from contextlib import nullcontext

import pytest
import typer
from django.conf import settings
from typer.testing import CliRunner

from khue.cli import programme, quiz
from khue.domains.academy.models import BankItem, Quiz

SMALL = settings.CONTENT / "programmes" / "ten-minutes"
FORMS = ("qti21", "qti3", "gift", "moodle")
ORGANISATION = ("--organisation", "khue-van")


@pytest.fixture
def run(monkeypatch, tmp_path, cast):
    """With the ten-minute programme loaded."""
    for module in (programme, quiz):
        monkeypatch.setattr(module, "session", nullcontext)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    programme.register(app)
    quiz.register(app)
    assert CliRunner().invoke(app, ["programme", "load", str(SMALL), *ORGANISATION]).exit_code == 0
    return lambda *arguments: CliRunner().invoke(app, ["quiz", *map(str, arguments)])


def export(run, form, file, *more):
    return run("export", file, "--format", form, "--programme", "ten-minutes", "--json", *more)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_is_imported_whole(run, tmp_path, form):
    written = export(run, form, "quiz.file")
    assert written.exit_code == 0
    said = json.loads(written.stdout)
    assert said["questions"] > 3 and said["octets"] == (tmp_path / "quiz.file").stat().st_size
    brought = run("import", "quiz.file", "--format", form, *ORGANISATION, "--json")
    assert brought.exit_code == 0
    outcome = json.loads(brought.stdout)
    assert (len(outcome["added"]), outcome["problems"]) == (said["questions"], [])
    assert BankItem.objects.filter(bank__quizzes=outcome["quiz"]).count() == said["questions"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_file_again_into_its_quiz_changes_nothing(run, form):
    key = Quiz.objects.exclude(activity=None).values_list("activity__key", flat=True).first() or _first_key()
    into = ("--programme", "ten-minutes", "--quiz", key, *ORGANISATION)
    assert export(run, form, "quiz.file", "--quiz", key).exit_code == 0
    first = json.loads(run("import", "quiz.file", "--format", form, *into, "--json").stdout)
    again = json.loads(run("import", "quiz.file", "--format", form, *into, "--json").stdout)
    assert again["quiz"] == first["quiz"]
    assert (again["added"], again["updated"]) == ([], []) and again["unchanged"]


def _first_key():
    from khue.domains.academy.models import Activity

    return Activity.objects.filter(kind="quiz").order_by("position").values_list("key", flat=True)[0]


def test_in_words_it_says_how_many(run):
    done = run("export", "quiz.gift", "--format", "gift", "--programme", "ten-minutes")
    assert "quiz.gift:" in done.stdout and "questions" in done.stdout


def test_a_file_that_is_there_is_not_replaced_unasked(run, tmp_path):
    (tmp_path / "mine.xml").write_text("của tôi")
    refused = export(run, "moodle", "mine.xml")
    assert refused.exit_code == 1 and "there already" in refused.stderr
    assert (tmp_path / "mine.xml").read_text() == "của tôi"
    assert export(run, "moodle", "mine.xml", "--overwrite").exit_code == 0


def test_what_cannot_be_read_is_refused_in_words_and_nothing_comes(run, tmp_path):
    (tmp_path / "broken.xml").write_bytes(b"<quiz><question")
    before = Quiz.objects.count()
    refused = run("import", "broken.xml", "--format", "moodle", *ORGANISATION)
    assert refused.exit_code == 1 and refused.stderr.strip() and "Traceback" not in refused.stderr
    assert Quiz.objects.count() == before


def test_an_unknown_format_is_refused_with_those_there_are(run):
    refused = export(run, "qti9", "quiz.file")
    assert refused.exit_code == 2 and "qti21" in refused.stderr


def test_an_unknown_programme_and_a_quiz_of_none_are_said(run, tmp_path):
    unknown = run("export", "quiz.gift", "--format", "gift", "--programme", "no-such")
    assert unknown.exit_code == 1 and "no-such" in unknown.stderr
    (tmp_path / "quiz.gift").write_text("x")
    alone = run("import", "quiz.gift", "--format", "gift", "--quiz", "a-quiz")
    assert alone.exit_code == 1 and "--programme" in alone.stderr
