"""The lab's page, the result, the queue, reviews: what each role sees."""

import pytest
from django.urls import reverse

from khue.domains.academy.actions import checks, grading
from khue.domains.academy.models import Grade, Submission
from khue.domains.academy.tests.labs.work import QUESTIONS, TERM, conversation, gives, handed_in, lab_of
from khue.domains.people.api import actor_of

PEERS = {"reviews": 1, "days": 3, "percent": 0}


@pytest.fixture
def an(client, cast):
    cast.an.language = "en"
    cast.an.save()
    client.force_login(cast.an)
    return client


@pytest.fixture
def chi(client, cast):
    cast.chi.language = "en"
    cast.chi.save()
    client.force_login(cast.chi)
    return client


def text(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_tool_opens_with_the_steps_and_a_way_back(an, lab):
    response = an.post(reverse("academy:lab-tool", args=[lab.pk]))
    assert response.url == reverse("knowledge:ask")
    page = text(an, "knowledge:ask")
    assert reverse("academy:activity", args=[lab.pk]) in page and "way-back" in page
    assert Submission.objects.get().state == "draft"
    text(an, "academy:activity", lab.pk)
    assert "way-back-link" not in text(an, "knowledge:ask")


def test_what_was_made_since_then_is_offered_and_chosen(cast, an, lab):
    conversation(cast.an, "Hỏi trước khi bắt đầu?")
    an.post(reverse("academy:lab-tool", args=[lab.pk]))
    made = conversation(cast.an, "Đăng ký khai sinh trong bao lâu?")
    page = text(an, "academy:activity", lab.pk)
    assert f'value="conversation:{made.pk}" id="thing-1" checked' in page
    assert "Hỏi trước khi bắt đầu?" in page and page.count(" checked>") == 1


def test_a_draft_is_kept_and_handed_in_through_the_page(cast, an, cohort, lab):
    made = conversation(cast.an, "Trong bao lâu?")
    address = reverse("academy:activity", args=[lab.pk])
    kept = {"note": "Trong 60 ngày.", "thing": f"conversation:{made.pk}"}
    assert "Draft kept" in an.post(address, kept, headers={"HX-Request": "true"}).content.decode()
    assert an.post(address, kept | {"act": "hand-in"}).status_code == 302
    assert Submission.objects.get().state == "handed-in"
    assert "Handed in; it waits to be graded" in text(an, "academy:activity", lab.pk)


def test_nothing_chosen_says_what_to_do(an, lab):
    response = an.post(reverse("academy:activity", args=[lab.pk]), {"note": "x", "act": "hand-in"})
    assert response.status_code == 400 and "Choose what you made" in response.content.decode()


def test_what_is_typed_wrongly_is_told(an, lab):
    response = an.post(reverse("academy:activity", args=[lab.pk]), {"link": "javascript:alert(1)"})
    assert response.status_code == 400 and "no address" in response.content.decode()


def test_a_tool_to_come_is_not_shown_as_broken(cast, an):
    lab = lab_of(cast, tool="services")
    page = text(an, "academy:activity", lab.pk)
    assert "hand in a file or a link" in page and 'type="file"' in page


def test_the_result_is_told_only_when_it_is_settled(cast, an, cohort):
    lab = lab_of(cast, checks=[QUESTIONS, TERM])
    submission = handed_in(cast.an, lab, cohort)
    by = actor_of(cast.chi.pk)
    grading.hold(by=by, submission_id=submission.pk)
    grading.save(by=by, submission_id=submission.pk, marks=grading.Marks({"dung": 2}, words="Hay"), revision=0)
    checks.run(submission.pk)
    page = text(an, "academy:submission", submission.pk)
    assert "Hay" not in page and "It waits to be graded" in page and "2 questions were answered" in page
    grading.save(by=by, submission_id=submission.pk, marks=gives(2, words="Hay"), revision=1)
    page = text(an, "academy:submission", submission.pk)
    assert "Hay" in page and "Passed" in page and "As it was handed in" in page
    assert cast.chi.full_name not in page


def test_graders_see_no_names(cast, chi, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    for page in (text(chi, "academy:grading"), text(chi, "academy:grade", submission.pk)):
        assert cast.an.full_name not in page and cast.an.email not in page


def test_finishing_leads_on_to_the_next(cast, chi, cohort, lab):
    first, second = handed_in(cast.an, lab, cohort), handed_in(cast.dung, lab, cohort)
    assert chi.get(reverse("academy:grade-next")).url == reverse("academy:grade", args=[first.pk])
    text(chi, "academy:grade", first.pk)
    given = {"revision": "0", "level-dung": "2", "words": "Tốt", "act": "done"}
    response = chi.post(reverse("academy:grade", args=[first.pk]), given)
    assert response.url == reverse("academy:grade", args=[second.pk])
    text(chi, "academy:grade", second.pk)
    assert chi.post(response.url, given | {"level-dung": "0"}).url == reverse("academy:grading")
    assert "Nothing waits for you" in text(chi, "academy:grading")


def test_what_was_typed_is_not_lost_when_it_is_refused(cast, chi, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    text(chi, "academy:grade", submission.pk)
    response = chi.post(
        reverse("academy:grade", args=[submission.pk]), {"revision": "0", "words": "Dài", "act": "done"}
    )
    assert response.status_code == 400 and "Dài" in response.content.decode()


def test_reviews_come_one_at_a_time_and_without_names(cast, an, cohort):
    lab = lab_of(cast, peers=PEERS)
    handed_in(cast.an, lab, cohort)
    address = reverse("academy:reviews", args=[lab.pk])
    assert an.post(address).url == address  # alone there is nothing, and nobody waits
    work = handed_in(cast.dung, lab, cohort)
    review = an.post(address).url
    response = an.get(review)
    page = response.content.decode()
    assert cast.dung.full_name not in page and "Đăng ký khai sinh trong bao lâu?" in page
    assert an.post(review, {"revision": "0", "level-dung": "2", "words": "Rõ", "act": "done"}).url == address
    assert "1 / 1" in an.get(address).content.decode()
    assert Grade.objects.get(submission=work).kind == "peer"


def test_words_of_others_are_read_by_who_made_it(cast, an, cohort):
    lab = lab_of(cast, peers=PEERS)
    work = handed_in(cast.an, lab, cohort)
    Grade.objects.create(
        submission=work, grader=cast.dung, kind="peer", levels={"dung": 2}, words="Rõ", done_at=work.submitted_at
    )
    page = text(an, "academy:submission", work.pk)
    assert "Rõ" in page and cast.dung.full_name not in page


def test_after_the_days_nothing_is_reviewed_any_more(cast, an, cohort):
    lab = lab_of(cast, peers=PEERS)
    work, own = handed_in(cast.dung, lab, cohort), handed_in(cast.an, lab, cohort)
    review = an.post(reverse("academy:reviews", args=[lab.pk])).url
    Submission.objects.update(peers_until=own.submitted_at)
    response = an.post(review, {"revision": "0", "level-dung": "2", "act": "done"})
    assert response.status_code == 400
    work.refresh_from_db()
    assert not work.grades.exclude(done_at=None).exists()
