"""After launch: what it could not answer, what was not liked, what it cost, what has changed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from khue.domains.assistants.actions import assistants, benches, insights, visits
from khue.domains.assistants.benching.expiry import expires_on
from khue.domains.assistants.models import Assistant, Channel, Message, Outcome, Row, Run, Visit
from khue.domains.assistants.queries import ageing
from khue.domains.assistants.queries import insights as shown
from khue.domains.knowledge import api as knowledge
from khue.domains.knowledge.models import Document
from khue.domains.stewardship.models import UseCase
from khue.kernel import artefacts


@pytest.fixture
def asked(assistant, an):
    """asked("…", outcome="abstained", weeks=3, …): a stored question."""
    version = assistants.freeze(by=an, assistant=assistant)

    def ask(question, *, channel=Channel.PAGE, weeks=0, **facts):
        visit = Visit.objects.create(assistant=assistant, version=version, channel=channel, language="vi")
        facts = {"outcome": Outcome.ANSWERED, "language": "vi"} | facts
        made = Message.objects.create(visit=visit, position=0, question=question, **facts)
        Message.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(weeks=weeks))
        return made

    return ask


def test_questions_without_an_answer_come_together_by_meaning(asked, assistant):
    for text in ("Đổi giấy phép lái xe ở đâu?", "Đổi giấy phép lái xe ở đâu vậy?", "Giá vàng hôm nay thế nào?"):
        asked(text, outcome=Outcome.ABSTAINED)
    asked("Giá vàng hôm nay thế nào?", outcome=Outcome.ABSTAINED, channel=Channel.PREVIEW)
    assert insights.group_unanswered() == 3
    first, second = shown.unanswered(assistant)
    assert (first.count, second.count) == (2, 1) and "giấy phép" in first.example
    asked("Đổi giấy phép lái xe ở đâu?", outcome=Outcome.ABSTAINED)
    assert insights.group_unanswered() == 1 and shown.unanswered(assistant)[0].count == 3


def test_quality_is_shown_by_language(asked, assistant):
    asked("Phí?", rating=1)
    asked("Hạn?", outcome=Outcome.ABSTAINED)
    asked("Fee?", language="en", rating=-1)
    found = {one.language: (one.questions, one.answered, one.rating) for one in shown.languages(assistant)}
    assert found == {"vi": (2, 0.5, 1.0), "en": (1, 1.0, -1.0)}


def test_what_it_cost_is_time_and_tokens_of_the_model(asked, assistant):
    answer = {"model": "m", "timings": {"total_ms": 2500}, "used": {"prompt": 90, "completion": 10}}
    asked("Phí?", answer=answer)
    asked("Hạn?", answer={"model": "", "timings": {"total_ms": 3}})
    asked("Cũ?", answer=answer, weeks=6)
    assert shown.cost(assistant) == shown.Cost(questions=2, worded=1, model_seconds=2.5, tokens=100)


def test_a_fall_is_seen_when_there_are_questions_enough(asked, assistant, monkeypatch):
    monkeypatch.setattr(shown, "ENOUGH", 2)
    asked("Phí?", weeks=4)
    assert shown.drift(assistant) is None
    asked("Hạn?", weeks=5)
    asked("Phí?", outcome=Outcome.ABSTAINED)
    asked("Hạn?")
    found = shown.drift(assistant)
    assert (found.before, found.now, found.is_down) == (1.0, 0.5, True)
    assert sum(week.questions for week in shown.weeks(assistant)) == 4


def test_sources_that_changed_expired_or_went_are_flagged(tested, assistant, an, books):
    assert not ageing.stale(assistant, an)
    text = "Bảng phí này áp dụng đến hết ngày 31/12/2024.\nPhí sao y là 3.000 đồng một trang."
    new = knowledge.NewDocument("Bảng phí", tuple(knowledge.paragraphs(text)))
    knowledge.add_document(books.id, new, by=an)
    Document.objects.filter(title="Cấp hộ chiếu").update(updated_at=timezone.now() - timedelta(days=500))
    assistants.change(by=an, assistant=assistant, changes={"knowledge": {"collections": ["Thư viện", "Mất rồi"]}})
    Document.objects.filter(title="Đăng ký khai sinh").update(updated_at=timezone.now())
    found = {one.title: one.why for one in ageing.stale(assistant, an)}
    assert found == {"Mất rồi": "gone", "Bảng phí": "expired", "Đăng ký khai sinh": "changed", "Cấp hộ chiếu": "old"}


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Hướng dẫn này hết hiệu lực từ ngày 01/07/2025.", date(2025, 7, 1)),
        ("Thông báo này có giá trị đến ngày 5 tháng 3 năm 2026.", date(2026, 3, 5)),
        ("This guide is valid until 31 March 2026.", date(2026, 3, 31)),
        ("Cette notice est valable jusqu’au 1er juin 2025.", date(2025, 6, 1)),
        ("Quyết định số 12/2020 hết hiệu lực kể từ ngày 01/07/2025.", None),
        ("Thông tư này có hiệu lực từ ngày 01/02/2024.", None),
        ("Giấy này có giá trị đến ngày 31/02/2026.", None),
    ],
)
def test_until_when_a_document_says_that_it_holds(text, until):
    assert expires_on(text) == until


def test_an_assistant_that_got_worse_is_marked_in_the_list(published, books, an, signed_in):
    index = reverse("assistants:index")
    assert "badge amber" not in signed_in.get(index).content.decode()
    Run.objects.update(worse=["Phí?"])
    assert "badge amber" in signed_in.get(index).content.decode()


def test_one_without_questions_does_not_keep_others_from_their_rerun(published, books, an):
    other = assistants.clone(by=an, assistant=published)
    type(other).objects.filter(pk=other.pk).update(state="published", published=published.published)
    published.questions.all().delete()
    [document] = knowledge.find_documents(an, words="hộ chiếu")
    knowledge.delete_documents([document.id], by=an)
    assert benches.rerun_changed() == 1


def test_who_may_only_ask_finds_what_is_published(published, client, binh):
    from khue.domains.people.models import Person

    client.force_login(Person.objects.get(pk=binh.person_id))
    page = client.get(reverse("assistants:index")).content.decode()
    assert reverse("assistants-open:page", args=[published.slug]) in page
    assert reverse("assistants:build", args=[published.pk]) not in page


# Lists take as many statements for many as for few ---------------------------------------------------


@pytest.mark.parametrize("page", ["index", "waiting", "after", "run", "questions"])
def test_a_list_takes_as_many_statements_for_many_as_for_few(
    page, published, asked, signed_in, an, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    run = published.published.runs.first()
    addresses = {
        "index": reverse("assistants:index"),
        "waiting": reverse("assistants:waiting"),
        "after": reverse("assistants:after", args=[published.pk]),
        "run": reverse("assistants:run", args=[published.pk, run.pk]),
        "questions": reverse("assistants:step", args=[published.pk, "questions"]),
    }
    _more(asked, published, an, run, 1)
    signed_in.get(addresses[page])
    with CaptureQueriesContext(connection) as few:
        signed_in.get(addresses[page])
    _more(asked, published, an, run, 4)
    with CaptureQueriesContext(connection) as many:
        signed_in.get(addresses[page])
    assert len(many) <= len(few)


def _more(asked, assistant, an, run, count):
    """Of everything that lists show."""
    for number in range(count):
        clone = assistants.clone(by=an, assistant=assistant)
        message = asked(f"Câu {count} {number}?", outcome=Outcome.ABSTAINED, rating=-1)
        visits.hand_over(message=message)
        assistant.questions.create(question=f"Câu {count} {clone.slug}?")
        first = run.rows.first()
        position = run.rows.count()
        Row.objects.create(
            run=run, position=position, question=f"{position}?", kind=first.kind, judged=first.judged,
            answer=first.answer, passed=True,
        )  # fmt: skip


def test_a_rehearsal_takes_its_assistants_with_it_published_or_not(published, an, chi):
    other = assistants.create(by=chi, name="Của trường khác")
    artefacts.clear([an.organisation_id])
    assert list(Assistant.objects.all()) == [other]
    assert not UseCase.objects.exists()
