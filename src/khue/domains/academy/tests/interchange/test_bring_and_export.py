"""Quizzes of the database as files, and files into the database."""

import pytest
from django.utils import translation

from khue.domains.academy import api
from khue.domains.academy.actions import attempts
from khue.domains.academy.actions.interchange import LOSSES, PROBLEMS, REFUSALS
from khue.domains.academy.interchange.formats import FORMATS
from khue.domains.academy.models import BankItem, Quiz
from khue.domains.academy.tests.quizzing.quiz import quiz_activity, sitting_of
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed


@pytest.fixture
def programme(cast):
    return quiz_activity(cast).version.programme


@pytest.mark.parametrize("form", FORMATS)
def test_out_and_into_another_quiz_and_once_more(programme, cast, form):
    done = api.export_quiz("thu", form=form, quiz="thu-quiz")
    assert done.items == 7 and done.file_name.startswith("kiem-tra-thu.")
    place = cast.academy.pk
    first = api.import_quiz(done.octets, form=form, by=None, organisation_id=place, programme="thu")
    assert len(first.added) == 7 and not first.problems
    # into the quiz it came from: what the file holds is as it is there
    again = api.import_quiz(done.octets, form=form, by=None, organisation_id=place, programme="thu", quiz="thu-quiz")
    lost = {key for key, _ in done.losses if key}
    assert set(again.updated) == lost and len(again.unchanged) == 7 - len(lost) and not again.added


def test_what_was_answered_stays_as_it_was(programme, cast):
    sitting = sitting_of(cast)
    an = actor_of(cast.an.pk)
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    before = attempt.answers.get(item__key="capital").item
    file = "// [id:capital]\n::Thủ đô::[markdown]Thủ đô nay là gì?{=Hà Nội}".encode()
    done = api.import_quiz(
        file, form="gift", by=None, organisation_id=cast.academy.pk, programme="thu", quiz="thu-quiz"
    )
    assert done.updated == ("capital",)
    now = BankItem.objects.get(bank=sitting.quiz.bank, key="capital", is_current=True)
    assert now.revision == 2 and now.item.prompt["vi"] == "Thủ đô nay là gì?"
    assert attempt.answers.get(item__key="capital").item == before


def test_a_file_makes_a_quiz_of_its_own(cast):
    file = "$CATEGORY: $course$/top/Dịch vụ công\n\n::A::Đúng không?{TRUE}\n\n::B::Gì?{~x ~y}".encode()
    done = api.import_quiz(file, form="gift", by=None, organisation_id=cast.academy.pk)
    assert done.name == "Dịch vụ công" and done.added == ("a",)
    assert [where for where, _ in done.problems] == ["#3: ::B::Gì?{~x ~y}"]
    assert Quiz.objects.get(pk=done.quiz_id).organisation == cast.academy


def test_a_file_that_is_refused_leaves_nothing(cast):
    with pytest.raises(api.FileRefused, match="broken|damaged|hỏng"):
        api.import_quiz(b"<quiz>", form="moodle", by=None, organisation_id=cast.academy.pk)
    assert not Quiz.objects.exists()


def test_only_who_teaches_there_brings_questions_in(cast):
    for name in ("an", "dung", "hai"):
        with pytest.raises(NotAllowed):
            api.import_quiz(
                b"::A::?{T}",
                form="gift",
                by=actor_of(getattr(cast, name).pk),
                organisation_id=cast.academy.pk,
            )


def test_unknown_names(programme, cast):
    with pytest.raises(api.UnknownProgramme):
        api.export_quiz("khong-co", form="gift")
    with pytest.raises(api.NothingThere):
        api.export_quiz("thu", form="gift", quiz="khong-co")
    with pytest.raises(api.NothingThere):
        api.export_quiz("thu", form="gift", language="fr")


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_every_reason_has_words(language):
    with translation.override(language):
        for words in [*REFUSALS.values(), *PROBLEMS.values(), *LOSSES.values()]:
            assert str(words) % {"detail": "x"} if "%(" in str(words) else str(words)


def test_every_code_that_the_packages_use_has_words():
    import re
    from pathlib import Path

    import khue.domains.academy.interchange as package
    from khue.domains.academy.quizzing import notation

    sources = [*Path(package.__file__).parent.glob("*.py"), Path(notation.__file__)]
    text = "\n".join(path.read_text() for path in sources)
    codes = set(re.findall(r'BadItem\("(\w+)"', text)) | set(re.findall(r'Problem\([^"]*"(\w+)"', text))
    refused = set(re.findall(r'Refused\("(\w+)"', text))
    assert codes - set(PROBLEMS) == set() and refused - set(REFUSALS) == set()
