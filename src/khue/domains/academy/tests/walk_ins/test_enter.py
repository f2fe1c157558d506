"""Somebody at the door: in a few seconds there, once, with a code, noted as here."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from khue.domains.academy.actions import walk_ins
from khue.domains.academy.actions.walk_ins import Newcomer, NotEntered
from khue.domains.academy.models import Attendance, Enrolment
from khue.domains.academy.rules.attendance import Presence, Way
from khue.domains.people.api import actor_of
from khue.domains.people.models import Membership, Person
from khue.kernel.clock import now
from khue.kernel.errors import NotAllowed


def signed_in(person):
    client = Client()
    client.force_login(person, backend="khue.domains.people.adapters.PasswordBackend")
    return client


def newcomer(place, name="Vũ Thị Khách", **facts):
    return Newcomer(**{"key": uuid4(), "name": name, "province": "Huế", "place": place} | facts)


@pytest.fixture
def chi(cast):
    return actor_of(cast.chi.pk)


def test_with_name_and_province_they_take_part_at_once(chi, cohort, session, place):
    entered = walk_ins.enter(by=chi, cohort=cohort, session=session, newcomer=newcomer(place))
    assert (entered.is_walk_in, entered.state, entered.province, entered.place) == (True, "active", "Huế", place)
    row = Attendance.objects.get()
    assert (row.enrolment, row.presence, row.way) == (entered, Presence.PRESENT, Way.DESK)
    assert Membership.objects.get(person=entered.person).organisation_id == place.organisation_id


def test_the_code_of_the_page_opens_the_account_and_the_day(cast, cohort, session, place):
    desk = signed_in(cast.chi)
    address = f"/learn/sessions/{session.pk}/door/"
    form = {"key": str(uuid4()), "name": "Vũ Thị Khách", "province": "Huế", "place": str(place.pk)}
    page = desk.post(address, form)
    (code,) = re.findall(r"<code>([a-z0-9-]{14})</code>", page.text)
    visitor = Client()
    visitor.post("/join/", {"code": code})
    person = Person.objects.get(full_name="Vũ Thị Khách")
    assert visitor.session["_auth_user_id"] == str(person.pk)


def test_the_same_form_sent_twice_enters_one(cast, cohort, session, place):
    desk = signed_in(cast.chi)
    form = {"key": str(uuid4()), "name": "Vũ Thị Khách", "province": "Huế", "place": str(place.pk)}
    codes = set()
    for _time in range(2):
        page = desk.post(f"/learn/sessions/{session.pk}/door/", form)
        codes |= set(re.findall(r"<code>([a-z0-9-]{14})</code>", page.text))
    assert cohort.enrolments.count() == 1 and Attendance.objects.count() == 1
    # the page of the second says a code that is good
    assert len(codes) == 2


def test_a_name_of_the_list_is_asked_about_first(cast, cohort, session, place, seat_of_an):
    desk = signed_in(cast.chi)
    address = f"/learn/sessions/{session.pk}/door/"
    form = {"key": str(uuid4()), "name": "nguyen thi an", "province": "Huế", "place": str(place.pk)}
    page = desk.post(address, form)
    assert str(seat_of_an.pk) in page.text and cohort.enrolments.count() == 1
    desk.post(address, {"is": str(seat_of_an.pk)})
    assert Attendance.objects.get().enrolment == seat_of_an
    desk.post(address, form | {"another": "1"})
    assert cohort.enrolments.count() == 2


def test_an_unknown_province_is_said_at_its_field(cast, cohort, session, place):
    form = {"key": str(uuid4()), "name": "Khách", "province": "Atlantis", "place": str(place.pk)}
    page = signed_in(cast.chi).post(f"/learn/sessions/{session.pk}/door/", form)
    assert page.status_code == 400 and not cohort.enrolments.exists()


def test_who_has_an_account_takes_part_with_it(chi, cast, cohort, session, place):
    walk_ins.enter(by=chi, cohort=cohort, session=session, newcomer=newcomer(place, email=cast.an.email))
    assert cohort.enrolments.get().person == cast.an
    with pytest.raises(NotEntered, match="roll"):
        walk_ins.enter(by=chi, cohort=cohort, session=session, newcomer=newcomer(place, email=cast.an.email))


def test_late_is_late_and_after_the_end_nothing_is_noted(chi, cohort, session, place):
    session.starts_at = now() - timedelta(minutes=40)
    session.save()
    walk_ins.enter(by=chi, cohort=cohort, session=session, newcomer=newcomer(place))
    assert Attendance.objects.get().presence == Presence.LATE
    session.starts_at, session.ends_at = now() - timedelta(hours=5), now() - timedelta(hours=4)
    session.save()
    walk_ins.enter(by=chi, cohort=cohort, session=session, newcomer=newcomer(place, name="Khách Sau"))
    assert Attendance.objects.count() == 1


def test_before_the_day_nothing_is_noted(chi, cohort, session, place):
    session.starts_at, session.ends_at = now() + timedelta(days=2), now() + timedelta(days=2, hours=1)
    session.save()
    walk_ins.enter(by=chi, cohort=cohort, session=session, newcomer=newcomer(place))
    assert not Attendance.objects.exists() and cohort.enrolments.count() == 1


def test_a_lecturer_of_the_academy_sits_at_the_desk_too(cast, cohort, session, place):
    Membership.objects.create(person=cast.binh, organisation=cast.academy, role="lecturer")
    cast.binh.working_in = cast.academy
    cast.binh.save()
    walk_ins.enter(by=actor_of(cast.binh.pk), cohort=cohort, session=session, newcomer=newcomer(place))
    assert cohort.enrolments.count() == 1


def test_nobody_else_enters_people(cast, cohort, session, place):
    with pytest.raises(NotAllowed):
        walk_ins.enter(by=actor_of(cast.an.pk), cohort=cohort, session=session, newcomer=newcomer(place))
    with pytest.raises(NotAllowed):
        walk_ins.enter(by=actor_of(cast.hai.pk), cohort=cohort, newcomer=newcomer(place))
    assert not Enrolment.objects.filter(cohort=cohort).exists()
