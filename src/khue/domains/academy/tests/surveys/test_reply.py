import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from khue.domains.academy.actions import surveys
from khue.domains.academy.actions.surveys import Incomplete, RepliedAlready
from khue.domains.academy.models import SurveyDone, SurveyReply
from khue.domains.academy.queries import surveys as queries
from khue.domains.academy.tests.quizzing.quiz import cohort_of
from khue.domains.academy.tests.surveys.survey import classmates, survey
from khue.domains.people.api import actor_of

FORM = {"sure": ["2"], "often": ["3"], "where": ["desk"], "wish": ["Thêm giờ thực hành"]}


def reply(cast, person, activity, form=FORM, code=""):
    return surveys.reply(by=actor_of(person.pk), activity=activity, cohort=cohort_of(cast), form=form, pair_code=code)


def test_nothing_leads_from_an_anonymous_reply_to_a_person(cast):
    activity = survey(cast)
    people = classmates(cast, 12)
    for number, person in enumerate(people):
        reply(cast, person, activity, FORM | {"wish": [f"Mong {number}"]})
    names = {field.name for field in SurveyReply._meta.get_fields()}
    assert not names & {"created_at", "updated_at", "replied_at"}
    assert set(SurveyReply.objects.values_list("person", flat=True)) == {None}
    with connection.cursor() as cursor:
        # what PostgreSQL itself keeps with each row: the transaction, and the place on the disk
        cursor.execute("select count(distinct xmin::text) from academy_surveyreply")
        assert cursor.fetchone() == (1,)
        cursor.execute("select count(distinct xmin::text) from academy_surveydone")
        assert cursor.fetchone() == (1,)
        cursor.execute("select answers->>'wish' from academy_surveyreply order by ctid")
        on_disk = [row[0] for row in cursor.fetchall()]
    in_time = [f"Mong {number}" for number in range(12)]
    # by chance this fails once in 479,001,600 runs
    assert sorted(on_disk) == sorted(in_time) and on_disk != in_time
    # a random identifier says nothing about the order either
    assert all(pk.version == 4 for pk in SurveyReply.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("anonymous", [True, False])
def test_the_same_form_twice_counts_once(cast, anonymous):
    activity = survey(cast, anonymous=anonymous)
    reply(cast, cast.an, activity)
    with pytest.raises(RepliedAlready):
        reply(cast, cast.an, activity)
    assert SurveyReply.objects.count() == SurveyDone.objects.count() == 1
    assert SurveyReply.objects.get().person_id == (None if anonymous else cast.an.pk)


def test_what_is_missing_is_named_and_nothing_is_stored(cast):
    with pytest.raises(Incomplete) as refused:
        reply(cast, cast.an, survey(cast), {"sure": ["9"], "where": ["elsewhere"]})
    assert refused.value.missing == ["sure", "often", "where"]
    assert not SurveyReply.objects.exists() and not SurveyDone.objects.exists()


def test_before_and_after_find_together_by_a_code_that_only_the_person_knows(cast):
    before, after = survey(cast), survey(cast, when="after")
    for person in classmates(cast, 8):
        code = reply(cast, person, before)
        assert len(code) == 6
        typed = f" {code[:3].upper()} {code[3:]} "
        reply(cast, person, after, FORM | {"sure": ["4"]}, typed)
    reply(cast, cast.an, before)
    reply(cast, cast.an, after, FORM, "")
    found = queries.compared(cohort_of(cast))
    assert (found.before, found.after, found.pairs) == (9, 9, 8)
    sure, often = found.rows
    assert sure.change.difference == 2 and often.change.difference == 0
    assert found.whole.difference == 1


def test_too_few_to_hide_among_show_nothing(cast):
    activity = survey(cast)
    people = classmates(cast, 5)
    for person in people[:4]:
        reply(cast, person, activity)
    few = queries.figures(activity, queries.replies(activity, cohort_of(cast)))
    assert all(not figure.bars and not figure.texts and figure.mean is None for figure in few)
    reply(cast, people[4], activity)
    enough = queries.figures(activity, queries.replies(activity, cohort_of(cast)))
    assert enough[0].mean == 2 and enough[2].bars[1].count == 5 and len(enough[3].texts) == 5


def test_the_page_takes_the_reply_and_gives_the_code_once(cast):
    client, activity = Client(), survey(cast)
    client.force_login(cast.an)
    address = reverse("academy:activity", args=[activity.pk])
    assert "Tự tin?" in client.get(address).content.decode()
    assert client.post(address, {"sure": "2"}).status_code == 400
    form = {key: value[0] for key, value in FORM.items()}
    said = client.post(address, form).content.decode()
    code = SurveyReply.objects.get().pair_code
    assert f">{code}<" in said
    assert code not in client.get(address).content.decode()
    # the button pressed twice
    assert code not in client.post(address, form, follow=True).content.decode()
    assert SurveyReply.objects.count() == 1


def test_the_results_page(cast):
    before, after = survey(cast), survey(cast, when="after")
    for number, person in enumerate(classmates(cast, 9)):
        level = str(1 + number % 4)
        code = reply(cast, person, before, FORM | {"sure": [level]})
        reply(cast, person, after, FORM | {"sure": [str(int(level) + 1)]}, code)
    client = Client()
    client.force_login(cast.chi)
    html = client.get(reverse("academy:survey-results", args=[cohort_of(cast).pk])).content.decode()
    assert "g_av" in html and "+1" in html
