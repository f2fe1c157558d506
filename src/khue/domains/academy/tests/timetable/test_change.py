"""One timetable, several places: times move for all, rooms, links and trainers are each place's own."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from khue.domains.academy.actions import calendars, sessions
from khue.domains.academy.actions.sessions import Here, PlaceInUse, TimesWrong
from khue.domains.academy.models import PlaceKind, Session
from khue.domains.academy.permissions.sessions import can_hold
from khue.domains.academy.queries import whereabouts
from khue.domains.academy.queries.sessions import known_to
from khue.domains.academy.rules import timetable
from khue.domains.people.api import actor_of
from khue.kernel.clock import now
from khue.kernel.errors import NotAllowed

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day, clock="08:30"):
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


def change(session, **facts):
    given = {
        "by": None, "session": session, "starts_at": session.starts_at, "ends_at": session.ends_at,
        "late_after": session.late_after, "trainers": [], "here": [],
    } | facts  # fmt: skip
    return sessions.change(**given)


def where(session, place):
    return next(one for one in whereabouts.of_sessions([session])[session.pk] if one.place == place)


def entry(person, session):
    page = Client().get(reverse("academy:calendar", args=[calendars.token(person.pk)]))
    entries = Calendar.from_ical(page.content).walk("VEVENT")
    return next((one for one in entries if one["uid"].startswith(str(session.pk))), None)


@pytest.fixture
def week(cohort):
    """Monday, Tuesday, Friday of one week."""
    cohort.sessions.all().delete()
    return [
        sessions.add(by=None, cohort=cohort, name=f"Buổi {n}", starts_at=at(day), ends_at=at(day, "11:00"))
        for n, day in enumerate(("2026-03-02", "2026-03-03", "2026-03-06"), 1)
    ]


def days_of(cohort):
    return [f"{session.starts_at.astimezone(ZONE):%d/%m %H:%M}" for session in cohort.sessions.order_by("starts_at")]


# When ------------------------------------------------------------------------------------------


def test_one_session_moves_alone(cohort, week):
    assert sessions.shift(by=None, first=week[1], to=date(2026, 3, 5), following=False) == 1
    assert days_of(cohort) == ["02/03 08:30", "05/03 08:30", "06/03 08:30"]


def test_all_from_a_day_move_by_working_days(cohort, week):
    """Tuesday to Thursday: Friday goes on to Tuesday, over the weekend."""
    assert sessions.shift(by=None, first=week[1], to=date(2026, 3, 5), following=True) == 2
    assert days_of(cohort) == ["02/03 08:30", "05/03 08:30", "10/03 08:30"]
    cohort.refresh_from_db()
    assert (cohort.starts_on, cohort.ends_on) == (date(2026, 3, 2), date(2026, 3, 10))


def test_and_back_again(cohort, week):
    before = days_of(cohort)
    sessions.shift(by=None, first=week[0], to=date(2026, 3, 11), following=True)
    sessions.shift(by=None, first=Session.objects.get(pk=week[0].pk), to=date(2026, 3, 2), following=True)
    assert days_of(cohort) == before


def test_a_day_of_the_weekend_is_taken_as_it_is_asked_for(cohort, week):
    sessions.shift(by=None, first=week[2], to=date(2026, 3, 7), following=False)
    assert days_of(cohort)[-1] == "07/03 08:30"


@pytest.mark.parametrize("days", [-11, -5, -1, 0, 1, 4, 5, 23])
def test_working_days_there_and_back(days):
    start = at("2026-03-04")
    moved = timetable.moved(start, days, "Asia/Ho_Chi_Minh", skip_weekends=True)
    assert timetable.days_between(start.date(), moved.date(), skip_weekends=True) == days
    assert moved.weekday() < 5 and moved.time() == start.time()


def test_an_end_before_the_beginning_is_refused(session):
    with pytest.raises(TimesWrong):
        change(session, ends_at=session.starts_at)


def test_calendars_learn_of_a_change_and_of_nothing_else(session, place):
    change(session)
    session.refresh_from_db()
    assert session.sequence == 0
    change(session, starts_at=session.starts_at - timedelta(hours=1))
    change(session, here=[Here(place, room="Phòng 302")])
    change(session, here=[Here(place, room="Phòng 302")])
    session.refresh_from_db()
    assert session.sequence == 2


def test_a_cancelled_session_is_said_to_be(cast, session, seat_of_an):
    sessions.cancel(by=None, session=session, cancelled=True)
    sessions.cancel(by=None, session=session, cancelled=True)
    assert entry(cast.an, session)["status"] == "CANCELLED"
    session.refresh_from_db()
    assert session.sequence == 1


def test_adding_the_same_session_twice_adds_one(cohort):
    given = {"by": None, "cohort": cohort, "name": "Ôn tập", "starts_at": now(), "ends_at": now() + timedelta(hours=1)}
    assert sessions.add(**given) == sessions.add(**given)


# Where, and who --------------------------------------------------------------------------------


def test_a_place_says_for_all_sessions_and_a_session_says_for_itself(cohort, session, place):
    online = cohort.places.get(key="online")
    sessions.equip(by=None, place=place, room="Hội trường A", link="")
    sessions.equip(by=None, place=online, room="", link="https://hop.example/1")
    assert (where(session, place).room, where(session, online).link) == ("Hội trường A", "https://hop.example/1")
    change(session, here=[Here(place, room="Phòng 302"), Here(online, link="https://hop.example/2")])
    assert (where(session, place).room, where(session, online).link) == ("Phòng 302", "https://hop.example/2")


def test_trainers_of_a_place_go_before_those_of_the_session(cast, session, place):
    change(session, trainers=[cast.binh.pk], here=[Here(place, trainers=[cast.chi.pk])])
    assert where(session, place).trainers == (cast.chi.full_name,)
    other = next(one for one in whereabouts.of_sessions([session])[session.pk] if one.place != place)
    assert other.trainers == (cast.binh.full_name,)


def test_who_trains_at_one_place_holds_the_session_and_has_it_in_the_calendar(cast, session, place):
    dung = actor_of(cast.dung.pk)
    assert not can_hold(dung, session) and entry(cast.dung, session) is None
    change(session, here=[Here(place, trainers=[cast.dung.pk], room="Phòng 302")])
    assert can_hold(dung, session) and session in known_to(dung)
    assert entry(cast.dung, session)["location"] == f"{place.name}, Phòng 302"


def test_the_calendar_says_where_somebody_goes_and_who_trains(cast, cohort, session, place, seat_of_an):
    online = cohort.places.get(key="online")
    here = [Here(place, trainers=[cast.chi.pk], room="Phòng 302"), Here(online, link="https://hop.example/2")]
    change(session, here=here)
    found = entry(cast.an, session)
    assert found["location"] == f"{place.name}, Phòng 302"
    assert cast.chi.full_name in found["description"] and "hop.example" not in found["description"]
    seat_of_an.place = online
    seat_of_an.save()
    assert "https://hop.example/2" in entry(cast.an, session)["location"]


def test_the_wheres_of_many_sessions_take_a_handful_of_statements(cohort, week, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        found = whereabouts.of_sessions(cohort.sessions.all())
    assert {len(places) for places in found.values()} == {cohort.places.count()}


def test_a_place_is_added_once_and_removed_unless_somebody_sits_there(cohort, place, seat_of_an):
    made = [sessions.add_place(by=None, cohort=cohort, name="Phòng B", kind=PlaceKind.ROOM) for _time in range(2)]
    assert made[0] == made[1]
    sessions.remove_place(by=None, place=made[0])
    with pytest.raises(PlaceInUse):
        sessions.remove_place(by=None, place=place)


def test_only_those_who_run_the_cohort_change_its_timetable(cast, session):
    for person in (cast.an, cast.hai):
        with pytest.raises(NotAllowed):
            change(session, by=actor_of(person.pk))


# The pages -------------------------------------------------------------------------------------


@pytest.fixture
def chi(cast):
    client = Client()
    client.force_login(cast.chi, backend="khue.domains.people.adapters.PasswordBackend")
    return client


def test_a_session_is_edited_on_its_page(chi, cast, cohort, session, place):
    address = reverse("academy:session-edit", args=[session.pk])
    assert cast.binh.full_name in chi.get(address).text
    form = {
        "on": "2026-03-04", "begins": "13:30", "ends": "15:00", "late_after": "10", "trainers": [str(cast.binh.pk)],
        f"{place.pk}-room": "Phòng 302", f"{place.pk}-trainers": [str(cast.chi.pk)],
    }  # fmt: skip
    assert chi.post(address, form).headers["Location"] == reverse("academy:timetable", args=[cohort.pk])
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at) == (at("2026-03-04", "13:30"), at("2026-03-04", "15:00"))
    page = chi.get(reverse("academy:timetable", args=[cohort.pk])).text
    assert "Phòng 302" in page and cast.binh.full_name in page
    assert chi.post(address, form | {"ends": "12:00"}).status_code == 400


def test_the_days_of_a_participant_say_where_to_go(cast, session, place, seat_of_an):
    change(session, here=[Here(place, room="Phòng 302", trainers=[cast.chi.pk])])
    an = Client()
    an.force_login(cast.an, backend="khue.domains.people.adapters.PasswordBackend")
    page = an.get("/learn/days/").text
    assert "Phòng 302" in page and cast.chi.full_name in page


def test_a_stranger_is_no_trainer(chi, cast, session):
    form = {"on": "2026-03-04", "begins": "13:30", "ends": "15:00", "late_after": "10", "trainers": [str(cast.hai.pk)]}
    assert chi.post(reverse("academy:session-edit", args=[session.pk]), form).status_code == 400
