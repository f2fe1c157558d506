"""The demonstration's library: described completely, loaded once, and where it belongs."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from khue.cli import demo_library
from khue.domains.knowledge.models import Collection, Document, Passage
from khue.domains.people import api as people
from khue.domains.people.models import Person
from khue.gateway.classes import DataClass

FOLDER = settings.CONTENT / "demo"
DESCRIBED = yaml.safe_load((FOLDER / "library.yaml").read_text())["collections"]
QUESTIONS = yaml.safe_load((FOLDER / "questions.yaml").read_text())["questions"]
FILES = [name for entry in DESCRIBED for name in entry["files"]]


@pytest.fixture
def loaded(db):
    people.load_demo(FOLDER)
    return demo_library.load(FOLDER)


def test_every_file_is_described_once():
    on_disk = {str(path.relative_to(FOLDER / "library")) for path in (FOLDER / "library").rglob("*") if path.is_file()}
    assert sorted(FILES) == sorted(on_disk)


def test_every_document_says_that_it_is_a_demonstration(loaded):
    marks = ("minh họa", "demonstration", "démonstration")
    silent = [
        document.title
        for document in Document.objects.select_related("body").exclude(file_name__endswith=".csv")
        if not any(mark in document.body.text for mark in marks)
    ]
    assert silent == []


def test_a_second_time_changes_nothing(loaded):
    assert (loaded.added, loaded.there_before) == (len(FILES), 0)
    again = demo_library.load(FOLDER)
    assert (again.added, again.there_before) == (0, len(FILES))
    assert Document.objects.count() == len(FILES)


@pytest.mark.parametrize("question", [q for q in QUESTIONS if "document" in q], ids=lambda q: q["id"])
def test_an_answer_stands_in_a_passage_of_its_document(question, all_passages):
    name = Path(question["document"]).name
    assert any(question["answer"] in text for text in all_passages[name])


@pytest.fixture(scope="module")
def all_passages(django_db_setup, django_db_blocker):
    """File name → texts of its passages; loaded once for all questions and rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        people.load_demo(FOLDER)
        demo_library.load(FOLDER)
        found: dict[str, list[str]] = {}
        for passage in Passage.objects.select_related("document"):
            found.setdefault(passage.document.file_name, []).append(passage.text)
        transaction.set_rollback(True)
    return found


def test_questions_are_forty_with_some_unanswerable_and_both_splits():
    assert len(QUESTIONS) == len({q["id"] for q in QUESTIONS}) == 40
    assert {q["language"] for q in QUESTIONS} == {"vi", "en", "fr"}
    assert {q["split"] for q in QUESTIONS} == {"tune", "report"}
    assert sum("document" not in q for q in QUESTIONS) >= 5
    assert {q["language"] for q in QUESTIONS if q.get("suggest")} == {"vi", "en", "fr"}


def test_who_sees_which_collection(loaded):
    def seen(username):
        actor = people.actor_of(Person.objects.get(username=username).pk)
        return set(Collection.objects.visible_to(actor).values_list("name", flat=True))

    everyone = {"Thủ tục hằng ngày", "Public services in English", "Services publics en français"}
    assert seen("an") == everyone | {"Quy chế và báo cáo của Học viện"}
    assert seen("dung") == everyone | {"Quy chế và báo cáo của Học viện", "Hồ sơ phỏng vấn (hạn chế)"}
    assert seen("hai") == everyone | {"Một cửa tỉnh Sông Thanh"}


def test_the_interviews_are_confidential(loaded):
    assert Document.objects.get(file_name="bien-ban-phong-van.md").data_class == DataClass.CONFIDENTIAL
