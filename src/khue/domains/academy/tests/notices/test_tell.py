"""People are told: on their pages at once, and by one letter that gathers what came meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from khue.domains.academy.actions import canvases, certificates, gallery, grading, notices, peers, submissions
from khue.domains.academy.models import NewsLetter, Notice, NoticeKind, Submission
from khue.domains.academy.queries import notices as queries
from khue.domains.academy.rules.certificates import Ended
from khue.domains.academy.rules.invitations import LetterState
from khue.domains.academy.tests.cast import opened_cohort
from khue.domains.academy.tests.certified import certificate_of_an
from khue.domains.academy.tests.labs import work
from khue.domains.academy.tests.sprints import sprint
from khue.domains.people.api import actor_of
from khue.gateway.tests.mail_server import mail_server
from khue.kernel import clock


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def server(settings):
    settings.KHUE_ADDRESS = "https://khue.example"
    with mail_server(settings) as running:
        yield running


def news_of(person):
    # a page that was opened meanwhile had its own language
    with translation.override("en"):
        return [queries.said(notice) for notice in queries.unseen(person.pk)]


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def deliver_all():
    for letter in NewsLetter.objects.filter(state=LetterState.WAITING):
        notices.deliver(letter.pk)


def text_of(letter):
    return next(letter.iter_parts()).get_content()


def test_a_grade_is_told_and_seen_on_its_page(cast):
    submission = work.graded(cast)
    assert news_of(cast.an) == ["“Ask” is graded: passed."]
    client = signed_in(cast.an)
    page = client.get("/learn/days/").content.decode()
    assert f"/learn/submissions/{submission.pk}/" in page and "place-news" in page
    client.get(f"/learn/submissions/{submission.pk}/")
    assert news_of(cast.an) == []


def test_what_is_sent_back_says_so(cast):
    waiting = work.waiting(cast)
    by = actor_of(cast.chi.pk)
    grading.hold(by=by, submission_id=waiting.pk)
    grading.save(by=by, submission_id=waiting.pk, marks=work.gives(0, again=True, words="Thêm nguồn."), revision=0)
    assert news_of(cast.an) == ["“Ask” came back to you: please do it once more."]


def test_a_grade_that_is_kept_for_later_is_not_told(cast):
    waiting = work.waiting(cast)
    by = actor_of(cast.chi.pk)
    grading.hold(by=by, submission_id=waiting.pk)
    grading.save(by=by, submission_id=waiting.pk, marks=grading.Marks({"dung": 2}), revision=0)
    assert news_of(cast.an) == []


def test_a_review_is_told_once_to_whose_work_it_is(cast):
    taken = work.taken(cast)
    peers.save(by=actor_of(cast.an.pk), grade_id=taken.pk, marks=work.gives(2), revision=0)
    peers.save(by=actor_of(cast.an.pk), grade_id=taken.pk, marks=work.gives(0), revision=1)
    assert news_of(cast.giang) == ["A fellow participant wrote to you about “Ask”."]
    assert Notice.objects.filter(person=cast.giang).count() == 1


def test_graders_see_that_work_waits_until_they_look(cast):
    lab = work.lab_of(cast)
    cohort = opened_cohort(cast)
    cohort.sessions.get().trainers.add(cast.chi)
    for person in (cast.an, cast.giang):
        work.handed_in(person, lab, cohort)
    assert news_of(cast.chi) == ["Work waits to be graded in Cohort 1."]
    client = signed_in(cast.chi)
    assert "place-news" in client.get("/learn/cohorts/").content.decode()
    client.get("/learn/grading/")
    assert news_of(cast.chi) == []
    assert "place-news" not in client.get("/learn/cohorts/").content.decode()


def test_without_trainers_who_opened_the_cohort_is_told(cast):
    cohort = opened_cohort(cast)
    cohort.created_by = cast.chi
    cohort.save()
    work.handed_in(cast.an, work.lab_of(cast), cohort)
    assert queries.unseen(cast.chi.pk).get().kind == NoticeKind.TO_GRADE


def test_graders_get_a_letter_when_work_waits_long_and_not_every_day(cast, server):
    cohort = opened_cohort(cast)
    cohort.sessions.get().trainers.add(cast.chi)
    work.handed_in(cast.an, work.lab_of(cast), cohort)
    assert notices.remind_graders() == 0
    Submission.objects.update(submitted_at=clock.now() - timedelta(days=2))
    assert notices.remind_graders() == 1
    deliver_all()
    assert notices.remind_graders() == 0
    (letter,) = server.letters
    assert letter["to"] == cast.chi.email
    assert f"https://khue.example/learn/grading/?cohort={cohort.pk}" in text_of(letter)
    NewsLetter.objects.update(sent_at=clock.now() - timedelta(days=4))
    assert notices.remind_graders() == 1


def test_one_letter_gathers_what_came_and_was_not_seen(cast, server):
    person = cast.an
    person.language = "fr"
    person.save()
    graded = work.graded(cast)
    notices.review_arrived(graded)
    assert NewsLetter.objects.filter(person=person).count() == 1
    deliver_all()
    (letter,) = [letter for letter in server.letters if letter["to"] == person.email]
    assert text_of(letter).count(f"https://khue.example/learn/submissions/{graded.pk}/") == 2
    assert letter["Message-ID"].startswith(f"<{NewsLetter.objects.get(person=person).pk.hex}@")


def test_what_is_seen_before_the_letter_goes_is_not_written(cast, server):
    graded = work.graded(cast)
    signed_in(cast.an).get(f"/learn/submissions/{graded.pk}/")
    deliver_all()
    assert server.letters == [] and not NewsLetter.objects.exists()


def test_a_letter_goes_once_and_what_comes_after_it_goes_in_the_next(cast, server):
    graded = work.graded(cast)
    letter = NewsLetter.objects.get(person=cast.an)
    notices.deliver(letter.pk)
    notices.deliver(letter.pk)
    assert len(server.letters) == 1
    notices.review_arrived(graded)
    deliver_all()
    assert len(server.letters) == 2 and "graded" not in text_of(server.letters[1])


def test_without_a_mail_server_nothing_is_queued(cast):
    work.graded(cast)
    assert not NewsLetter.objects.exists() and news_of(cast.an)


def test_a_gate_is_told_to_mentors_and_then_to_the_whole_team(cast):
    sprint.entry_of(cast).mentors.add(cast.binh)
    entry = sprint.handed_in(cast)
    assert news_of(cast.binh) == ["Nhóm 1 waits for your word at the gate “Understand”."]
    canvases.decide(
        by=sprint.acting(cast.chi), entry_id=entry.pk, stage="hieu", round=1, met=["noi"], note="Số?", passes=False
    )
    told = ["A mentor sent “Understand” back to your team, with a note."]
    dao = entry.team.enrolments.get(person__username="dao").person
    assert news_of(cast.an) == told and news_of(dao) == told
    signed_in(cast.an).get(f"/learn/entries/{entry.pk}/stages/hieu/")
    assert news_of(cast.an) == [] and news_of(dao) == told


def test_the_team_is_asked_once_what_became_of_its_work(cast, server):
    asked = sprint.asked(cast)
    assert gallery.ask_due() == 1 and gallery.ask_due() == 0
    assert [notice.thing_id for notice in queries.unseen(cast.an.pk)] == [asked.pk]
    deliver_all()
    mine = [letter for letter in server.letters if letter["to"] == cast.an.email]
    assert len(mine) == 1 and f"https://khue.example/learn/follow-ups/{asked.pk}/" in text_of(mine[0])


def test_a_draft_tells_nobody(cast):
    lab = work.lab_of(cast)
    submissions.begin(by=actor_of(cast.an.pk), cohort=opened_cohort(cast), activity=lab)
    assert not Notice.objects.exists()


def test_a_certificate_is_told_to_its_holder_and_so_is_its_end(cast):
    given = certificate_of_an(cast)
    assert news_of(cast.an) == ["Your certificate of “Small programme” is here."]
    signed_in(cast.an).get(f"/learn/certificates/{given.pk}/")
    assert news_of(cast.an) == []
    certificates.revoke(by=None, certificate=given, why=Ended.MISTAKE)
    assert news_of(cast.an) == ["Your certificate of “Small programme” was withdrawn; its page says why."]
