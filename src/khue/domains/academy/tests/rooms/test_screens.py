"""The trainer's screen, the telephone's, the wall: what each shows, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from khue.domains.academy.actions import questions
from khue.domains.academy.models import Attendance, Reading, SurveyDone
from khue.domains.academy.queries import rooms as queries
from khue.domains.academy.rules.rooms import StepState
from khue.domains.academy.tests.rooms.class_ import come, seated
from khue.domains.academy.tests.rooms.test_hands import signed_in
from khue.kernel.clock import now


def at_step(session, seat, key):
    rows = [row for place in queries.attention(session).places for row in place.rows]
    row = next(row for row in rows if row.seat.enrolment.pk == seat.pk)
    return next(progress for step, progress in row.cells if step.key == key), row


def test_who_is_here_by_place_online_by_a_sign_of_life(cohort, session, place):
    online = cohort.places.get(key="online")
    here, far = seated(cohort, place, 3), seated(cohort, online, 2)
    come(session, here[:2])
    for seat, seen in zip(far, (now(), now() - timedelta(minutes=10)), strict=True):
        Attendance.objects.create(
            session=session, enrolment=seat, place=online, presence="held", way="online", at=now(), seen_online_at=seen
        )
    counts = {str(one.place): (one.here, len(one.rows)) for one in queries.attention(session).places if one.rows}
    assert counts == {str(place): (2, 3), str(online): (1, 2)}


def test_where_somebody_is_on_the_page_and_after_it(cohort, session, seat_of_an):
    topic = session.topic
    reading = Reading.objects.create(person=seat_of_an.person, topic=topic, section=1)
    progress, row = at_step(session, seat_of_an, topic.key)
    assert (progress.state, progress.done, progress.of) == (StepState.BEGUN, 1, 1)
    assert row.at[0].key == topic.key
    reading.finished_at = now()
    reading.save()
    assert at_step(session, seat_of_an, topic.key)[0].state == StepState.DONE


def test_where_somebody_is_in_the_quiz(cast, cohort, session, seat_of_an):
    from khue.domains.academy.actions import attempts, quizzes
    from khue.domains.people.api import actor_of

    activity = cohort.version.activities.get(kind="quiz")
    by = actor_of(cast.an.pk)
    attempt = attempts.start(by=by, sitting=quizzes.sitting(quizzes.from_activity(activity), cohort), number=1)
    progress, row = at_step(session, seat_of_an, activity.key)
    assert (progress.state, progress.done, progress.of) == (StepState.BEGUN, 0, 1)
    attempts.save(by=by, attempt_id=attempt.pk, form={"a1": ["1"]}, positions=[1], serial=1, language="vi")
    assert at_step(session, seat_of_an, activity.key)[0].done == 1
    attempts.finish(by=by, attempt_id=attempt.pk)
    progress, row = at_step(session, seat_of_an, activity.key)
    assert progress.state == StepState.DONE and progress.is_passed is not None and row.done == 1


@pytest.mark.parametrize("count", [5, 65, 1000])
def test_the_reads_are_as_many_for_five_people_as_for_a_thousand(
    cohort, session, place, count, django_assert_num_queries
):
    online = cohort.places.get(key="online")
    seats = [*seated(cohort, place, count // 2), *seated(cohort, online, count - count // 2)]
    come(session, seats[::2])
    Reading.objects.bulk_create(Reading(person=seat.person, topic=session.topic, section=1) for seat in seats)
    session = type(session).objects.select_related("cohort__version", "topic").get(pk=session.pk)
    with django_assert_num_queries(READS):
        found = queries.attention(session)
    assert found.expected == count


READS = 9


def test_nothing_new_is_said_in_a_word(cast, session, seat_of_an):
    """304 for whoever has the latest; the telephone's is known without drawing the page."""
    for person, name in ((cast.an, "part"), (cast.chi, "room"), (cast.chi, "room-wall")):
        client, path = signed_in(person), reverse(f"academy:{name}", args=[session.pk])
        first = client.get(path, headers={"X-Live": "1"})
        assert first.status_code == 200 and b"<html" not in first.content and b"data-part" in first.content
        again = client.get(path, headers={"X-Live": "1", "If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and not again.content
        questions.ask(seat=seat_of_an, session=session, text=f"Mới, {name}?")
        after = client.get(path, headers={"X-Live": "1", "If-None-Match": first.headers["ETag"]})
        assert after.status_code == 200 and f"Mới, {name}?" in after.content.decode()


def test_a_telephone_that_looks_in_vain_costs_a_handful_of_reads(
    cast, session, seat_of_an, django_assert_max_num_queries
):
    client, path = signed_in(cast.an), reverse("academy:part", args=[session.pk])
    tag = client.get(path, headers={"X-Live": "1"}).headers["ETag"]
    with django_assert_max_num_queries(3):
        assert client.get(path, headers={"X-Live": "1", "If-None-Match": tag}).status_code == 304


def test_the_short_address_leads_each_to_their_own_screen(cast, session, seat_of_an):
    cast_out = {cast.an: "academy:part", cast.chi: None}
    for person, name in cast_out.items():
        answer = signed_in(person).get(reverse("academy:now"))
        if name:
            assert answer.headers["Location"] == reverse(name, args=[session.pk])
        else:
            assert answer.status_code == 200
    session.trainers.add(cast.chi)
    assert signed_in(cast.chi).get(reverse("academy:now")).headers["Location"] == reverse(
        "academy:room", args=[session.pk]
    )


def test_who_has_replied_to_the_survey_counts_without_a_time(cohort, session, seat_of_an):
    survey = cohort.version.activities.create(
        key="truoc", kind="survey", position=99, names={"vi": "Trước"}, topic=session.topic
    )
    cohort.version.definition["timetable"][0]["activities"] = ["truoc"]
    session.cohort.version.definition = cohort.version.definition
    SurveyDone.objects.create(activity=survey, cohort=cohort, person=seat_of_an.person)
    progress, _row = at_step(session, seat_of_an, "truoc")
    assert progress.state == StepState.DONE and progress.moved_at is None
