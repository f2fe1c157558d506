"""Every programme that comes with the source: right in all its languages, complete, and the same after travelling."""

import io
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from khue.domains.academy import api
from khue.domains.academy.course import archive
from khue.domains.academy.course.course import parse
from khue.domains.academy.models import CertificatePlan, Cohort, Issuer, IssuerKey, ProgrammeVersion
from khue.domains.people import api as people

SHELF = Path(settings.CONTENT) / "programmes"
SHIPPED = sorted(path.name for path in SHELF.iterdir())


@pytest.fixture(params=SHIPPED)
def shipped(request):
    return api.read_course(SHELF / request.param)


def test_its_folder_is_named_as_its_id(shipped):
    assert (SHELF / shipped.programme.id).is_dir()


def test_it_is_there_in_three_languages(shipped):
    assert shipped.programme.languages == ["vi", "en", "fr"]
    for topic in shipped.topics:
        assert set(topic.pages) == {"vi", "en", "fr"}


def test_each_topic_has_a_quiz_of_different_kinds(shipped):
    for topic in shipped.topics:
        assert len(topic.quiz.items) >= 6, topic.key
        assert len({item.type for item in topic.quiz.items}) >= 4, topic.key


def test_each_page_is_a_lesson_and_not_a_note(shipped):
    least = 280 if shipped.programme.open else 600
    for topic in shipped.topics:
        assert len(topic.pages["vi"].split()) >= least, topic.key
        for language in ("en", "fr"):
            assert len(topic.pages[language].split()) >= 0.6 * len(topic.pages["vi"].split()), (topic.key, language)


def test_sources_in_question_are_said_so_where_they_are_used(shipped):
    marks = {"vi": "cần xác nhận", "en": "to be confirmed", "fr": "à confirmer"}
    for topic in shipped.topics:
        if any(source.confirm for source in topic.topic.sources) and not shipped.programme.open:
            for language, mark in marks.items():
                assert mark in topic.pages[language], (topic.key, language)


def test_questions_before_return_after(shipped):
    if {"before", "after"} <= set(shipped.surveys):
        before, after = (
            {q.key for q in shipped.surveys[when].questions if q.type == "scale"} for when in ("before", "after")
        )
        assert before and before == after


def test_it_travels_without_change(shipped):
    box = api.box(shipped)
    assert parse(archive.read(io.BytesIO(box))).digest == shipped.digest
    assert api.box(parse(archive.read(io.BytesIO(box)))) == box


@pytest.fixture
def keys(settings, tmp_path):
    """Keys of the demo's institutions go to a folder of their own."""
    settings.KHUE_HOME = tmp_path / "home"
    return settings.KHUE_HOME / "keys" / "issuers"


def test_the_demo_loads_them_once_with_running_cohorts(cast, keys):
    folder = settings.CONTENT / "demo"
    first = api.load_demo(folder, SHELF)
    assert first.programmes == first.added == len(SHIPPED)
    assert api.load_demo(folder, SHELF).added == 0
    cohort = Cohort.objects.get(slug="ai-2026-1")
    assert (cohort.state, cohort.enrolments.get().person) == ("running", cast.an)
    assert cohort.sessions.exists() and cohort.enrolments.get().place.key == "khue-van-hcm"
    assert ProgrammeVersion.objects.filter(programme__organisation=people.organisation_id("khue-van")).count() == len(
        SHIPPED
    )


def test_certificates_of_the_demo_s_second_programme_are_given_by_two_institutions(cast, keys):
    for _twice in range(2):
        api.load_demo(settings.CONTENT / "demo", SHELF)
    plan = CertificatePlan.objects.get()
    assert (plan.cohort.slug, plan.languages) == ("ld-2026-1", ["vi", "fr"])
    assert [issuer.code for issuer in (plan.issuer, plan.second)] == ["KV", "VHCCVL"]
    assert all(issuer.seal and issuer.signature and issuer.signatory for issuer in (plan.issuer, plan.second))
    assert plan.issuer.keys.count() == plan.second.keys.count() == 1
    # the province that has nothing to do with the academy has a key of its own
    assert len(list(keys.iterdir())) == IssuerKey.objects.count() == Issuer.objects.count() == 3


def test_a_shipped_folder_that_was_changed_without_a_new_number_does_not_stop_the_demo(cast, keys, tmp_path):
    shutil.copytree(SHELF, tmp_path / "shelf")
    api.load_demo(settings.CONTENT / "demo", tmp_path / "shelf")
    page = tmp_path / "shelf" / "ten-minutes" / "topics" / "ask-and-check" / "vi.md"
    page.write_text(page.read_text() + "\nThêm một dòng.\n")
    assert api.load_demo(settings.CONTENT / "demo", tmp_path / "shelf").added == 0
