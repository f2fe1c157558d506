"""A person's own days, and their calendar."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from khue.domains.academy.actions import calendars
from khue.domains.academy.queries import days
from khue.kernel.clock import now


def own(cast, seat):
    """An takes part in another cohort too."""
    return next(course for course in days.of_person(cast.an.pk) if course.enrolment == seat)


def entry(client, path, session):
    entries = Calendar.from_ical(client.get(path).content).walk("VEVENT")
    return next(one for one in entries if one["uid"].startswith(str(session.pk)))


def test_what_is_next_and_what_is_missing(cast, session, seat_of_an):
    course = own(cast, seat_of_an)
    assert course.next and course.next.is_now and course.missed == ()
    session.starts_at, session.ends_at = now() - timedelta(hours=3), now() - timedelta(hours=2)
    session.save()
    course = own(cast, seat_of_an)
    assert course.next is None
    assert [day.session for day in course.missed] == [session]


def test_the_feed_is_a_calendar_that_follows_changes(cast, session, seat_of_an):
    client = Client()
    path = reverse("academy:calendar", args=[calendars.token(cast.an.pk)])
    first = entry(client, path, session)
    assert first["summary"] == "Buổi 1" or first["summary"] == "Session 1"
    assert first["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    session.sequence += 1
    session.cancelled_at = now()
    session.save()
    again = entry(client, path, session)
    assert (again["uid"], again["sequence"], again["status"]) == (first["uid"], 1, "CANCELLED")


def test_a_made_up_address_is_nobodys(cast, db):
    token = calendars.token(cast.an.pk)
    assert Client().get(reverse("academy:calendar", args=[token[:-2] + "xx"])).status_code == 404
