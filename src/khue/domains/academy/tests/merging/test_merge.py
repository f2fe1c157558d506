"""Two become one: nothing lost, nothing double, on record; for each kind of record."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField
from django.test import Client

from khue.domains.academy.actions import attempts, belongings, merging, quizzes, readings, surveys
from khue.domains.academy.actions.attendance import correct
from khue.domains.academy.models import (
    Activity,
    Attempt,
    Attendance,
    AttendanceChange,
    Certificate,
    Enrolment,
    EnrolmentMerge,
    Grade,
    Hand,
    Reading,
    Submission,
    SurveyDone,
    SurveyReply,
    Team,
)
from khue.domains.academy.rules.attendance import Presence
from khue.domains.academy.tests.certified import cohort_with, issued
from khue.domains.academy.tests.surveys.survey import QUESTIONS
from khue.domains.people.api import actor_of
from khue.domains.people.models import Membership, Person
from khue.kernel.clock import now
from khue.kernel.errors import NotAllowed


def merge(two, by=None):
    record = merging.merge(by=by, enrolment=two.walk_in, into=two.listed)
    two.listed.refresh_from_db()
    return record


def opened(enrolment):
    Person.objects.filter(pk=enrolment.person_id).update(last_login=now())
    enrolment.refresh_from_db()


def noted(session, enrolment, presence, minutes=0.0):
    return Attendance.objects.create(
        session=session, enrolment=enrolment, presence=presence, way="qr", at=now(), online_minutes=minutes
    )


# Who goes on -----------------------------------------------------------------------------------


def test_the_row_of_the_list_goes_on_and_the_other_account_is_closed(two):
    walk_in = two.walk_in.person
    merge(two)
    assert list(two.listed.cohort.enrolments.all()) == [two.listed]
    assert two.listed.person.email == "dao@x.example"
    walk_in.refresh_from_db()
    assert not walk_in.is_active


def test_what_the_list_does_not_say_comes_from_the_door(two):
    assert two.listed.place is None
    merge(two)
    assert two.listed.place.key == "khue-van-hcm" and two.listed.unit == "Sở Nội vụ"
    assert two.listed.state == "active" and not two.listed.is_walk_in


def test_the_account_that_somebody_has_opened_goes_on_under_the_name_of_the_list(two):
    listed, walk_in = two.listed.person, two.walk_in.person
    opened(two.walk_in)
    merge(two)
    assert two.listed.person == walk_in
    walk_in.refresh_from_db()
    assert (walk_in.full_name, walk_in.email, walk_in.is_active) == ("Đỗ Thị Đào", "dao@x.example", True)
    listed.refresh_from_db()
    assert (listed.is_active, listed.email) == (False, "")


def test_an_account_that_is_used_elsewhere_stays_open(two, cast):
    other = two.walk_in.person
    Enrolment.objects.create(cohort=_another_cohort(cast), person=other)
    merge(two)
    other.refresh_from_db()
    assert other.is_active


def _another_cohort(cast):
    from khue.domains.academy.tests.quizzing.quiz import cohort_of

    return cohort_of(cast)


def test_a_lecturer_closes_no_account_that_its_owner_opened(two, cast):
    Membership.objects.create(person=cast.binh, organisation=cast.academy, role="lecturer")
    cast.binh.working_in = cast.academy
    cast.binh.save()
    opened(two.listed)
    opened(two.walk_in)
    walk_in = two.walk_in.person
    merge(two, by=actor_of(cast.binh.pk))
    walk_in.refresh_from_db()
    assert walk_in.is_active and not Enrolment.objects.filter(person=walk_in).exists()


# Each kind of record ---------------------------------------------------------------------------


def test_attendance_is_carried_and_the_better_of_two_stays(two):
    session = two.listed.cohort.sessions.get()
    noted(session, two.listed, Presence.ABSENT)
    noted(session, two.walk_in, Presence.LATE, minutes=12)
    record = merge(two)
    row = Attendance.objects.get()
    assert (row.enrolment, row.presence, row.online_minutes) == (two.listed, Presence.LATE, 12)
    assert record.set_aside["Attendance"][0]["presence"] == "absent"


def test_corrections_stay_on_record(two, cast):
    session = two.listed.cohort.sessions.get()
    for enrolment in (two.listed, two.walk_in):
        correct(by=None, session=session, enrolment=enrolment, presence=Presence.EXCUSED, reason="Ốm")
    merge(two)
    assert AttendanceChange.objects.filter(enrolment=two.listed).count() == 2


def test_readings_go_on_at_the_farthest_place(two):
    topic = two.listed.cohort.version.topics.get()
    readings.reach(person_id=two.listed.person_id, topic=topic, section=1)
    readings.reach(person_id=two.walk_in.person_id, topic=topic, section=4)
    done = readings.finish(person_id=two.walk_in.person_id, topic=topic)
    merge(two)
    reading = Reading.objects.get()
    assert (reading.person_id, reading.section) == (two.listed.person_id, 4)
    assert reading.finished_at is not None and done.person_id != reading.person_id


def sitting_of(two):
    activity = two.listed.cohort.version.activities.get(kind="quiz")
    return quizzes.sitting(quizzes.from_activity(activity), two.listed.cohort)


def attempt(two, enrolment, *, finish=True):
    by = actor_of(enrolment.person_id)
    begun = attempts.start(by=by, sitting=sitting_of(two), number=1)
    return attempts.finish(by=by, attempt_id=begun.pk) if finish else begun


def test_attempts_are_numbered_in_the_order_of_time(two):
    first = attempt(two, two.walk_in)
    second = attempt(two, two.listed)
    merge(two)
    found = list(Attempt.objects.order_by("number").values_list("pk", "number", "person"))
    assert found == [(first.pk, 1, two.listed.person_id), (second.pk, 2, two.listed.person_id)]
    assert all(one.answers.count() for one in Attempt.objects.all())


def test_of_two_open_attempts_the_last_goes_on_and_the_other_counts(two):
    first = attempt(two, two.walk_in, finish=False)
    second = attempt(two, two.listed, finish=False)
    merge(two)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.finished_at is not None and second.finished_at is None


def survey_of(two, anonymous):
    return Activity.objects.create(
        version=two.listed.cohort.version, key="khao-sat", kind="survey", position=9, names={"vi": "Khảo sát"},
        definition={"names": {"vi": "K"}, "when": "any", "anonymous": anonymous, "questions": QUESTIONS},
    )  # fmt: skip


@pytest.mark.parametrize(("anonymous", "replies"), [(True, 2), (False, 1)])
def test_a_survey_is_done_once_and_an_anonymous_reply_leads_to_nobody(two, anonymous, replies):
    survey = survey_of(two, anonymous)
    form = {"sure": ["1"], "often": ["2"], "where": ["desk"]}
    for enrolment in (two.walk_in, two.listed):
        surveys.reply(by=actor_of(enrolment.person_id), activity=survey, cohort=enrolment.cohort, form=form)
    record = merge(two)
    assert [done.person_id for done in SurveyDone.objects.all()] == [two.listed.person_id]
    assert SurveyReply.objects.count() == replies
    assert ("SurveyReply" in record.set_aside) is not anonymous


def test_the_team_of_the_door_stays(two):
    two.walk_in.team = Team.objects.create(cohort=two.listed.cohort, name="Nhóm 1")
    two.walk_in.save()
    merge(two)
    assert two.listed.team.name == "Nhóm 1"


def submission(two, enrolment, state, number=1):
    activity = two.listed.cohort.version.activities.get(kind="lab")
    return Submission.objects.create(
        cohort=two.listed.cohort, activity=activity, person_id=enrolment.person_id, number=number, state=state
    )


def test_submissions_are_numbered_and_the_newest_stands(two):
    first = submission(two, two.walk_in, "handed-in")
    second = submission(two, two.listed, "handed-in")
    merge(two)
    found = list(Submission.objects.order_by("number").values_list("pk", "person", "state"))
    assert found == [(first.pk, two.listed.person_id, "superseded"), (second.pk, two.listed.person_id, "handed-in")]


def test_of_two_drafts_one_is_open(two):
    submission(two, two.walk_in, "draft")
    submission(two, two.listed, "draft")
    merge(two)
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["draft", "superseded"]


def test_a_review_that_is_done_stays_for_one_that_is_not(two, cast):
    an = Enrolment.objects.create(cohort=two.listed.cohort, person=cast.an)
    of_an = submission(two, an, "handed-in")
    Grade.objects.create(submission=of_an, grader=two.listed.person, kind="peer")
    done = Grade.objects.create(submission=of_an, grader=two.walk_in.person, kind="peer", done_at=now())
    merge(two)
    assert list(Grade.objects.values_list("pk", "grader")) == [(done.pk, two.listed.person_id)]


# The record ------------------------------------------------------------------------------------


def test_who_merged_whom_and_what_is_on_record(two, cast):
    noted(two.listed.cohort.sessions.get(), two.walk_in, Presence.PRESENT)
    walk_in = two.walk_in
    merge(two, by=actor_of(cast.chi.pk))
    record = EnrolmentMerge.objects.get()
    assert (record.by, record.enrolment, record.from_person) == (cast.chi, two.listed, walk_in.person)
    assert record.carried == {"Attendance": 1} and record.was["province"] == "Huế"


def test_the_same_form_sent_twice_merges_once(two, cast):
    chi = Client()
    chi.force_login(cast.chi, backend="khue.domains.people.adapters.PasswordBackend")
    page = f"/learn/cohorts/{two.listed.cohort_id}/merge/{two.walk_in.pk}/{two.listed.pk}/"
    assert chi.get(page).status_code == 200
    assert [chi.post(page).status_code for _time in range(2)] == [302, 302]
    assert EnrolmentMerge.objects.count() == 1 and two.listed.cohort.enrolments.count() == 1


def test_the_one_of_the_list_is_offered_first(two, cast):
    Enrolment.objects.create(cohort=two.listed.cohort, person=cast.an)
    chi = Client()
    chi.force_login(cast.chi, backend="khue.domains.people.adapters.PasswordBackend")
    page = chi.get(f"/learn/cohorts/{two.listed.cohort_id}/merge/{two.walk_in.pk}/").text
    assert page.index("Đỗ Thị Đào") < page.index(cast.an.full_name + "</b>")


def test_nobody_is_merged_with_themselves_or_across_cohorts(two, cast):
    with pytest.raises(merging.NotOne):
        merging.merge(by=None, enrolment=two.listed, into=two.listed)
    foreign = Enrolment.objects.create(cohort=_another_cohort(cast), person=cast.giang)
    with pytest.raises(merging.NotOne):
        merging.merge(by=None, enrolment=foreign, into=two.listed)


def test_only_those_who_run_the_cohort_merge(two, cast):
    with pytest.raises(NotAllowed):
        merge(two, by=actor_of(cast.an.pk))


# The registry ----------------------------------------------------------------------------------


def named_in_tables():
    """(table, field) of all that leads to an enrolment or to a person."""
    for model in apps.get_app_config("academy").get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, ForeignKey | ManyToManyField) and target in (Enrolment, Person):
                yield model, field


def test_every_table_that_names_an_enrolment_or_a_person_is_in_the_registry():
    known = {(belonging.name, belonging.field) for belonging in belongings.BELONGINGS} | belongings.STAYS
    many = [(model, field) for model, field in named_in_tables() if isinstance(field, ManyToManyField)]
    for model, field in many:
        # known by the field, or by its table in between
        between = (field.remote_field.through.__name__, "person")
        if known & {(model.__name__, field.name), between}:
            known |= {(model.__name__, field.name), between}
    named = {(model.__name__, field.name) for model, field in named_in_tables()}
    assert named - known == set(), "Is it carried over in a merge? A line in actions/belongings.py says so."


def test_the_registry_names_nothing_that_is_gone():
    there = {(model.__name__, field.name) for model, field in named_in_tables()}
    assert {(b.name, b.field) for b in belongings.BELONGINGS} | belongings.STAYS <= there


def test_the_time_of_what_is_carried_stays(two):
    row = noted(two.listed.cohort.sessions.get(), two.walk_in, Presence.PRESENT)
    Attendance.objects.filter(pk=row.pk).update(updated_at=now() - timedelta(days=3))
    merge(two)
    assert Attendance.objects.get().updated_at < now() - timedelta(days=2)


def test_a_certificate_goes_on_and_of_two_the_merge_is_refused(cast, settings, tmp_path):
    settings.KHUE_HOME, settings.KHUE_ADDRESS = tmp_path, "https://khue.example"
    cohort = cohort_with(cast, cast.an)
    issued(cohort)
    of_an = cohort.enrolments.get(person=cast.an)
    listed = Enrolment.objects.create(cohort=cohort, person=cast.giang)
    merging.merge(by=None, enrolment=of_an, into=listed)
    assert Certificate.objects.get().person == cast.giang
    cohort_with(cast, cast.binh)
    issued(cohort)
    with pytest.raises(merging.BothCertified):
        merging.merge(by=None, enrolment=cohort.enrolments.get(person=cast.binh), into=listed)
    assert cohort.enrolments.filter(person=cast.binh).exists()


def test_of_two_raised_hands_one_is_up(two):
    for enrolment in (two.walk_in, two.listed):
        Hand.objects.create(enrolment=enrolment)
    merge(two)
    assert sorted(hand.settled_at is None for hand in two.listed.hands.all()) == [False, True]
