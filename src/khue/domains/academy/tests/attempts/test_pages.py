"""What the browser gets: never an answer before it is due; everything without JavaScript."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.domains.academy.models import Attempt
from khue.domains.academy.tests.attempts.test_take import fields
from khue.domains.academy.tests.quizzing import samples
from khue.domains.academy.tests.quizzing.quiz import quiz_activity, sitting_of


@pytest.fixture
def page(cast):
    client = Client()
    client.force_login(cast.an)
    client.cookies["django_language"] = "vi"
    return client


def begin(page, cast, **settings):
    sitting_of(cast, **settings)
    start = reverse("academy:activity", args=[quiz_activity(cast).pk])
    assert page.get(start).status_code == 200
    return page.post(start, {"number": "1"}, follow=True)


SECRETS = [
    "Chỉ có thủ tục của tỉnh",
    "Cổng Dịch vụ công quốc gia.",
    "Còn thiếu",
    "Đúng cả",
    "cố đô Hoa Lư",
    "Hoa Lu citadel",
    "1234.5",
    "1.234,5",
    "Nêu rõ việc",
    '"share"',
    "portal-name",
    'value="o1"',
    'value="r1"',
]


def test_the_page_holds_no_answer(page, cast):
    html = begin(page, cast).content.decode()
    assert "Cổng nào công khai" in html
    assert [secret for secret in SECRETS if secret in html] == []


def test_the_order_shown_says_nothing(page, cast):
    html = begin(page, cast).content.decode()
    steps = re.findall(r"Hiểu vấn đề|Nêu ý tưởng|Thử nghiệm|Nhân rộng", html)
    assert sorted(steps) == sorted(["Hiểu vấn đề", "Nêu ý tưởng", "Thử nghiệm", "Nhân rộng"])
    assert steps != ["Hiểu vấn đề", "Nêu ý tưởng", "Thử nghiệm", "Nhân rộng"]


def test_by_its_buttons_alone(page, cast):
    begin(page, cast, attempts=2)
    attempt = Attempt.objects.get()
    answer = attempt.answers.select_related("item", "attempt").get(item__key="portal-name")
    form = {"has": "1", "next": "review"} | {name: values[0] for name, values in fields(answer, ["b"]).items()}
    review = page.post(reverse("academy:attempt-save", args=[attempt.pk]), form, follow=True).content.decode()
    assert f'href="{reverse("academy:attempt", args=[attempt.pk])}#q2"' in review and "#q1" not in review
    result = page.post(reverse("academy:attempt-finish", args=[attempt.pk]), follow=True).content.decode()
    # the comment on the choice is due, the solution is not: a second attempt is left
    assert "Chỉ có thủ tục của tỉnh" in result
    assert "Cổng Dịch vụ công quốc gia." not in result and "cố đô Hoa Lư" not in result


def test_the_answers_come_with_the_last_attempt(page, cast):
    begin(page, cast, attempts=1)
    attempt = Attempt.objects.get()
    result = page.post(reverse("academy:attempt-finish", args=[attempt.pk]), follow=True).content.decode()
    assert "Cổng Dịch vụ công quốc gia." in result and "cố đô Hoa Lư" in result and "1.234,5 m" in result


def test_they_never_come_where_the_quiz_says_so(page, cast):
    begin(page, cast, attempts=1, shows="never")
    result = page.post(reverse("academy:attempt-finish", args=[Attempt.objects.get().pk]), follow=True).content.decode()
    assert "cố đô Hoa Lư" not in result and "Cổng Dịch vụ công quốc gia." not in result


def test_a_script_is_told_how_a_number_was_read_and_nothing_more(page, cast):
    begin(page, cast)
    attempt = Attempt.objects.get()
    place = attempt.answers.get(item__key="distance").position
    address = reverse("academy:attempt-save", args=[attempt.pk])
    said = page.post(address, {"has": place, f"a{place}": "1.234,5 km"}, headers={"accept": "application/json"}).json()
    assert said["saved"] == [place] and "1.234,5 km" in said["heard"][str(place)]
    wrong = page.post(address, {"has": place, f"a{place}": "1,5 kg"}, headers={"accept": "application/json"}).json()
    assert "1,5" not in wrong["heard"][str(place)]


def test_a_clock_that_is_an_hour_ahead_does_not_lock_the_answer(page, cast):
    begin(page, cast)
    attempt = Attempt.objects.get()
    place = attempt.answers.get(item__key="capital").position
    address = reverse("academy:attempt-save", args=[attempt.pk])
    page.post(address, {"has": place, f"a{place}": "Huế", "serial": "9" * 15})
    page.post(address, {"has": place, f"a{place}": "Hoa Lư"})
    assert attempt.answers.get(item__key="capital").given == "Hoa Lư"


def test_a_script_learns_that_it_is_over(page, cast):
    begin(page, cast)
    attempt = Attempt.objects.get()
    page.post(reverse("academy:attempt-finish", args=[attempt.pk]))
    address = reverse("academy:attempt-save", args=[attempt.pk])
    assert page.post(address, {"has": "1"}, headers={"accept": "application/json"}).status_code == 409


def test_queries_do_not_grow_with_the_questions(page, cast):
    few = quiz_activity(cast, key="few", items=samples.ALL[:2])
    many = quiz_activity(cast, key="many", items=samples.ALL)
    counted = []
    for activity in (few, many):
        sitting_of(cast, key=activity.key)
        page.post(reverse("academy:activity", args=[activity.pk]), {"number": "1"})
        attempt = Attempt.objects.get(sitting__quiz__activity=activity)
        with CaptureQueriesContext(
            connection,
        ) as reading:
            page.get(reverse("academy:attempt", args=[attempt.pk]))
        page.post(reverse("academy:attempt-finish", args=[attempt.pk]))
        with CaptureQueriesContext(connection) as result:
            page.get(reverse("academy:attempt-result", args=[attempt.pk]))
        counted.append((len(reading), len(result)))
    assert counted[0] == counted[1]
