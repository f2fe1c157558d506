"""The pages of those who teach: questions, files, results, marking."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from khue.domains.academy.actions import attempts
from khue.domains.academy.actions.interchange import REFUSALS
from khue.domains.academy.interchange.formats import FORMATS
from khue.domains.academy.models import BankItem, Quiz
from khue.domains.academy.queries import sittings
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.statistics import Verdict
from khue.domains.academy.tests.attempts.test_take import RIGHT, answer_all
from khue.domains.academy.tests.quizzing import samples
from khue.domains.academy.tests.quizzing.quiz import sitting_of
from khue.domains.academy.tests.surveys.survey import classmates
from khue.domains.people.api import actor_of
from khue.kernel import clock


@pytest.fixture
def sitting(cast):
    return sitting_of(cast, attempts=2)


@pytest.fixture
def chi(cast):
    client = Client()
    client.force_login(cast.chi)
    client.cookies["django_language"] = "vi"
    return client


def fields_of(client, quiz, key, **changed):
    """The editor's form as the page gives it, some fields changed."""
    address = reverse("academy:quiz-item", args=[quiz.pk, key])
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields}
    return address, {name: value for name, value in (given | changed).items() if value not in (None, False)}


@pytest.mark.parametrize("given", samples.ALL, ids=lambda given: given["type"])
def test_saving_the_editor_untouched_changes_nothing(chi, sitting, given):
    quiz = sitting.quiz
    before = BankItem.objects.get(bank=quiz.bank, key=given["key"]).item
    address, form = fields_of(chi, quiz, given["key"])
    assert chi.post(address, form).status_code == 302
    after = BankItem.objects.get(bank=quiz.bank, key=given["key"]).item
    # a right answer gets the language in which it is edited, and the order of the right ones may change
    strip = {"answers"} if given["type"] == "short" else set()
    one, other = ({k: v for k, v in notation.mapping(item).items() if k not in strip} for item in (before, after))
    assert one == other


def test_a_text_is_changed_in_one_language_and_the_others_stay(chi, sitting):
    address, form = fields_of(chi, sitting.quiz, "portal-name", text="Cổng nào?")
    chi.post(address, form)
    item = BankItem.objects.get(bank=sitting.quiz.bank, key="portal-name").item
    assert item.prompt == {"vi": "Cổng nào?", "en": samples.SINGLE["text"]["en"]}


def test_a_question_without_a_right_answer_is_refused_with_words(chi, sitting):
    address, form = fields_of(chi, sitting.quiz, "portal-name", **{"share-1": "0"})
    answer = chi.post(address, form)
    assert answer.status_code == 400 and BankItem.objects.get(key="portal-name").revision == 1


def test_a_new_question(chi, sitting):
    address = reverse("academy:quiz-item-new", args=[sitting.quiz.pk]) + "?type=number"
    form = {"text": "Bao nhiêu tỉnh?", "answer": "34", "tolerance": "0", "units": "tỉnh", "points": "1"}
    assert chi.post(address, form).status_code == 302
    assert BankItem.objects.get(key="bao-nhieu-tinh").item.body.keys[0].value == 34


def test_what_was_answered_is_kept_when_a_question_is_changed_or_taken_out(chi, sitting, cast):
    an = actor_of(cast.an.pk)
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    answer_all(an, attempt)
    address, form = fields_of(chi, sitting.quiz, "capital", text="Đổi")
    chi.post(address, form)
    chi.post(reverse("academy:quiz-item-remove", args=[sitting.quiz.pk, "distance"]))
    done = attempts.finish(by=an, attempt_id=attempt.pk)
    assert done.points == 7
    assert {row.key for row in sitting.quiz.bank.items.filter(is_current=True)} == RIGHT.keys() - {"distance"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_out_and_in_again(chi, sitting, form):
    quiz = sitting.quiz
    page = chi.get(reverse("academy:quiz-files", args=[quiz.pk])).content.decode()
    assert FORMATS[form].label in page
    octets = chi.get(reverse("academy:quiz-export", args=[quiz.pk, form])).content
    upload = SimpleUploadedFile(f"x.{FORMATS[form].suffix}", octets)
    chi.post(reverse("academy:quiz-import-new"), {"form": form, "language": "vi", "file": upload})
    made = Quiz.objects.exclude(pk=quiz.pk).get()
    assert made.bank.items.count() == 7


def test_a_bad_file_is_refused_with_its_reason(chi, sitting):
    upload = SimpleUploadedFile("x.xml", b"<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>")
    address = reverse("academy:quiz-import", args=[sitting.quiz.pk])
    said = chi.post(address, {"form": "moodle", "language": "vi", "file": upload}, follow=True).content.decode()
    with translation.override("vi"):
        assert str(REFUSALS["doctype"]) in said
    assert sitting.quiz.bank.items.count() == 7


def test_results_say_which_questions_work(chi, sitting, cast):
    for number, person in enumerate(classmates(cast, 12)):
        by = actor_of(person.pk)
        attempt = attempts.start(by=by, sitting=sitting, number=1)
        # the weaker half: wrong key seven, and right where the others are wrong
        wrong = {"portal_name": ["b"], "personal_data": ["c"], "distance": "1", "capital": "Huế"}
        instead = wrong if number % 2 else {"innovation_steps": ["o4", "o3", "o2", "o1"]}
        answer_all(by, attempt, own_office="", **instead)
        attempts.finish(by=by, attempt_id=attempt.pk)
    measure = sittings.measure(sitting)
    verdicts = {judged.row.key: judged.figures.verdict for judged in measure.items}
    assert verdicts["portal-name"] is Verdict.GOOD and verdicts["innovation-steps"] is Verdict.REVERSED
    page = chi.get(reverse("academy:sitting", args=[sitting.pk])).content.decode()
    assert "Học viên 3" in page and "Cronbach" in page


def test_essays_are_marked_without_names(chi, sitting, cast):
    an = actor_of(cast.an.pk)
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    answer_all(an, attempt)
    attempts.finish(by=an, attempt_id=attempt.pk)
    address = reverse("academy:marking", args=[sitting.pk])
    page = chi.get(address).content.decode()
    assert RIGHT["own-office"] in page and "Nguyễn Thị An" not in page and "Nêu rõ việc" in page
    essay = attempt.answers.get(item__key="own-office")
    assert chi.post(address, {"answer": essay.pk, "points": "9"}).status_code == 400
    # the button pressed twice: the second says that it is marked
    for _ in range(2):
        assert chi.post(address, {"answer": essay.pk, "points": "4", "note": "Tốt"}).status_code == 302
    attempt.refresh_from_db()
    assert attempt.points == 11 and attempt.waiting == 0


def test_times_are_set_and_the_wrong_way_round_refused(chi, sitting):
    address, now = reverse("academy:sitting", args=[sitting.pk]), clock.now()
    early, late = ((now + timedelta(days=d)).strftime("%Y-%m-%dT%H:%M") for d in (1, 2))
    assert chi.post(address, {"opens_at": early, "closes_at": late}).status_code == 302
    assert chi.post(address, {"opens_at": late, "closes_at": early}).status_code == 400


def test_queries_of_the_results_do_not_grow_with_people(chi, sitting, cast):
    counts, people = [], classmates(cast, 8)
    for group in (people[:2], people[2:]):
        for person in group:
            attempts.start(by=actor_of(person.pk), sitting=sitting, number=1)
        with CaptureQueriesContext(connection) as counted:
            chi.get(reverse("academy:sitting", args=[sitting.pk]))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_participant_sees_none_of_it(cast, sitting):
    client = Client()
    client.force_login(cast.an)
    pages = [
        reverse("academy:quizzes"),
        reverse("academy:quiz", args=[sitting.quiz.pk]),
        reverse("academy:quiz-export", args=[sitting.quiz.pk, "gift"]),
        reverse("academy:quiz-item", args=[sitting.quiz.pk, "capital"]),
        reverse("academy:sitting", args=[sitting.pk]),
        reverse("academy:marking", args=[sitting.pk]),
    ]
    assert {client.get(page).status_code for page in pages} == {403}
