"""Who is behind and why; by place and province; page, person, spreadsheet."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from khue.domains.academy.actions import hands
from khue.domains.academy.models import Attendance, Reading, Submission, SurveyDone
from khue.domains.academy.queries import days
from khue.domains.academy.queries import participation as queries
from khue.domains.academy.queries.participation import Filters
from khue.domains.academy.rules.participation import Reason
from khue.domains.academy.tests.rooms.class_ import come, seated
from khue.domains.academy.tests.rooms.test_hands import signed_in
from khue.domains.people.api import actor_of
from khue.domains.people.models import Person
from khue.kernel.clock import now


@pytest.fixture(autouse=True)
def an_has_signed_in(cast):
    Person.objects.filter(pk=cast.an.pk).update(last_login=now())


def line_of(cohort, seat):
    return next(line for line in queries.of_cohort(cohort).lines if line.enrolment == seat)


def reasons(cohort, seat):
    return [one.reason for one in line_of(cohort, seat).behind]


def test_everything_of_a_session_that_is_over_is_missing(cohort, session, seat_of_an):
    assert reasons(cohort, seat_of_an) == [Reason.MISSED, Reason.UNREAD, Reason.LAB_MISSING, Reason.QUIZ_MISSING]


def test_before_and_while_the_session_runs_nobody_is_behind(cohort, session, seat_of_an):
    session.ends_at = now() + timedelta(minutes=5)
    session.save()
    assert reasons(cohort, seat_of_an) == []


def test_what_is_done_is_not_missing(cast, cohort, session, seat_of_an):
    come(session, [seat_of_an])
    Reading.objects.create(person=cast.an, topic=session.topic, finished_at=now())
    lab = cohort.version.activities.get(kind="lab")
    waits = Submission.objects.create(cohort=cohort, activity=lab, person=cast.an, number=1, state="handed-in")
    assert reasons(cohort, seat_of_an) == [Reason.QUIZ_MISSING]
    waits.state, waits.points, waits.most_points = "returned", 0, 2
    waits.save()
    assert reasons(cohort, seat_of_an) == [Reason.LAB_FAILED, Reason.QUIZ_MISSING]


def test_excused_is_not_missed_and_absent_is(cohort, session, seat_of_an):
    row = Attendance.objects.create(
        session=session, enrolment=seat_of_an, presence="excused", way="correction", at=now()
    )
    assert Reason.MISSED not in reasons(cohort, seat_of_an)
    row.presence = "absent"
    row.save()
    assert Reason.MISSED in reasons(cohort, seat_of_an)


def test_who_has_never_signed_in_is_behind_for_that(cohort, session, place):
    seat = seated(cohort, place, 1)[0]
    assert reasons(cohort, seat) == [Reason.NOT_JOINED, Reason.MISSED]


def test_a_cancelled_session_asks_for_nothing(cohort, session, seat_of_an):
    session.cancelled_at = now()
    session.save()
    assert reasons(cohort, seat_of_an) == []


def test_by_place_and_province_they_add_up_to_all(cohort, session, place, seat_of_an):
    online = cohort.places.get(key="online")
    come(session, seated(cohort, place, 3, province="Lâm Đồng")[:2])
    seated(cohort, online, 2, province="Cà Mau")
    found = queries.of_cohort(cohort)
    assert {str(group.label): (group.people, group.present) for group in found.by_place} == {
        str(place): (4, ((2, 4),)), str(online): (2, ((0, 2),))
    }  # fmt: skip
    assert [(group.label, group.people, group.joined) for group in found.by_province] == [
        ("Cà Mau", 2, 0), ("Lâm Đồng", 3, 0), ("", 1, 1)
    ]  # fmt: skip
    assert (found.whole.people, found.whole.invited, found.whole.behind) == (6, 5, 6)
    assert dict(found.reasons)[Reason.NOT_JOINED] == 5


def test_filters_show_some_and_count_all(cohort, session, place, seat_of_an):
    seated(cohort, place, 3, province="Lâm Đồng")

    def shown(**wanted: str) -> int:
        return len(queries.of_cohort(cohort, filters=Filters(**wanted)).shown)

    assert shown(province="Lâm Đồng") == 3 and shown(reason="unread") == 1 and shown(words="bạn") == 3
    assert shown(place=str(place.pk)) == 4 and shown(place="none") == 0
    assert len(queries.of_cohort(cohort, filters=Filters(words="không ai")).lines) == 4


@pytest.mark.parametrize("count", [65, 1000])
def test_the_reads_are_as_many_for_65_as_for_a_thousand(cohort, session, place, count, django_assert_num_queries):
    seats = seated(cohort, place, count, province="Lâm Đồng")
    come(session, seats[::2])
    Reading.objects.bulk_create(Reading(person=seat.person, topic=session.topic) for seat in seats[::3])
    cohort = type(cohort).objects.select_related("version").get(pk=cohort.pk)
    with django_assert_num_queries(9):
        found = queries.of_cohort(cohort)
        assert (found.whole.people, sum(group.people for group in found.by_place)) == (count, count)
        assert all(line.behind for line in found.lines)


def test_each_reason_leads_to_the_thing_on_the_person_s_page(cast, cohort, session, seat_of_an):
    page = signed_in(cast.chi).get(reverse("academy:participation", args=[cohort.pk])).content.decode()
    own = reverse("academy:participant", args=[cohort.pk, seat_of_an.pk])
    assert f'{own}#at-{session.pk}"' in page
    person = signed_in(cast.chi).get(own).content.decode()
    found = line_of(cohort, seat_of_an).behind
    assert all(f'id="at-{one.thing.pk}"' in person for one in found)
    assert all(f"{own}#at-{one.thing.pk}" in page for one in found[:2])


def test_a_campus_sees_its_own_people_only(cast, cohort, session, place, seat_of_an):
    from khue.domains.people.api import Role
    from khue.domains.people.models import Membership

    other = seated(cohort, cohort.places.get(key="online"), 1)[0]
    Membership.objects.filter(person=cast.binh).delete()
    Membership.objects.create(person=cast.binh, organisation=cast.hcm, role=Role.COORDINATOR)
    client = signed_in(cast.binh)
    page = client.get(reverse("academy:participation", args=[cohort.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert str(seat_of_an.person) in text and str(other.person) not in text
    assert client.get(reverse("academy:participant", args=[cohort.pk, other.pk])).status_code == 404
    book = client.get(reverse("academy:participation-xlsx", args=[cohort.pk])).content
    assert str(other.person) not in str(_cells(book))


def _cells(octets: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(octets))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_the_spreadsheet_says_the_same_and_nothing_in_it_is_a_formula(cast, cohort, session, place, seat_of_an):
    for text in ('=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\tx", "ab\x0bc"):
        seat_of_an.person.full_name, seat_of_an.unit, seat_of_an.province = text, text, text
        seat_of_an.person.save()
        seat_of_an.save()
        octets = signed_in(cast.chi).get(reverse("academy:participation-xlsx", args=[cohort.pk])).content
        book = openpyxl.load_workbook(io.BytesIO(octets))
        for sheet in book:
            cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
            assert all(cell.data_type == "s" for cell in cells)
            assert all(cell.quotePrefix for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t")))
    people = list(_cells(octets).values())[2]
    assert people[-1][0] == "abc"


def test_the_spreadsheet_counts_in_numbers(cast, cohort, session, place, seat_of_an):
    come(session, seated(cohort, place, 3)[:1])
    Person.objects.filter(pk=cast.chi.pk).update(language="en")
    octets = signed_in(cast.chi).get(reverse("academy:participation-xlsx", args=[cohort.pk])).content
    sheets = _cells(octets)
    assert list(sheets) == ["By place", "By province", "People", "Behind"]
    last = sheets["By place"][-1]
    assert last[:4] == ["All", 4, 1, 0.25] and len(sheets["People"]) == 6 + 4
    assert len(sheets["Behind"]) == 6 + sum(len(line.behind) for line in queries.of_cohort(cohort).lines)


def test_somebody_withdrawn_meanwhile_is_counted_nowhere(cast, cohort, session, seat_of_an):
    seat_of_an.state = "withdrawn"
    seat_of_an.save()
    assert queries.of_cohort(cohort).lines == ()
    assert days.of_person(cast.an.pk)[0].enrolment != seat_of_an


def test_the_own_page_says_what_is_missing_and_what_the_trainer_answered(cast, cohort, session, seat_of_an):
    hand = hands.put_up(by=actor_of(cast.an.pk), cohort_id=cohort.pk, topic=session.topic, line="Kẹt")
    client, path = signed_in(cast.an), reverse("academy:days")
    text = client.get(path).content.decode()
    for activity in cohort.version.activities.filter(kind__in=["quiz", "lab"]):
        assert activity.name in text
    assert "Bạn đã giơ tay" in text
    hands.settle(by=actor_of(cast.chi.pk), hand=hand, note="Xem lại mục 2")
    assert "Xem lại mục 2" in client.get(path).content.decode()


def test_a_survey_of_no_session_waits_at_the_own_pace(cast, cohort, session, seat_of_an):
    survey = cohort.version.activities.create(key="sau", kind="survey", position=99, names={"en": "After the course"})
    course = next(one for one in days.of_person(cast.an.pk) if one.enrolment == seat_of_an)
    assert [step.thing for step, _progress in course.rest] == [survey]
    SurveyDone.objects.create(activity=survey, cohort=cohort, person=cast.an)
    course = next(one for one in days.of_person(cast.an.pk) if one.enrolment == seat_of_an)
    assert course.rest == []
