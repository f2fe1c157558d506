"""Checking in with a real browser: the line drops before or after the form has arrived, the clock is off."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error, expect

from khue.domains.academy.actions import attendance as actions
from khue.domains.academy.models import Answer, Attendance
from khue.domains.academy.rules.attendance import Presence
from khue.domains.academy.tests.cast import seat_of_an
from khue.domains.academy.tests.quizzing.quiz import open_attempt
from khue.kernel.clock import now

HERE = "/learn/here/"


@pytest.fixture
def seat(signed_in, cast, prefer):
    prefer(language="en")
    signed_in("an")
    return seat_of_an(cast)


@pytest.fixture
def session(seat):
    """Began ten minutes ago, ends in fifty."""
    found = seat.cohort.sessions.get()
    found.starts_at, found.ends_at = now() - timedelta(minutes=10), now() + timedelta(minutes=50)
    found.save()
    return found


@pytest.fixture
def qr(session, seat):
    return reverse("academy:scan", args=[session.pk, seat.place_id, actions.shown_code(session, seat.place, now())])


def drop(page, context, *, after_arrival):
    """The line drops as the form is sent, once: before the server has it, or before its answer is there."""
    session = next(one["value"] for one in context.cookies() if one["name"] == "sessionid")
    sent = []

    def lose(route):
        if route.request.method != "POST" or sent:
            return route.continue_()
        sent.append(route.request)
        if after_arrival:
            arrived = Client()
            arrived.cookies["sessionid"] = session
            assert arrived.post(HERE).status_code == 302
        return route.abort("connectionreset")

    page.route("**" + HERE, lose)


def test_the_line_drops_before_the_check_in_arrives(page, context, seat, qr):
    drop(page, context, after_arrival=False)
    with pytest.raises(Error):
        page.goto(qr)
        page.wait_for_url("**/here/*-*/")
    assert not Attendance.objects.exists()
    # the scan waits: coming back is enough
    page.goto(HERE)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are checked in")
    assert Attendance.objects.get().enrolment == seat


def test_the_line_drops_after_the_check_in_arrived(page, context, seat, qr):
    drop(page, context, after_arrival=True)
    with pytest.raises(Error):
        page.goto(qr)
        page.wait_for_url("**/here/*-*/")
    assert Attendance.objects.get().enrolment == seat
    page.goto(HERE)
    expect(page.locator("main")).to_contain_text("You are checked in")
    # and whoever scans again all the same is noted once
    page.goto(qr)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are checked in")
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1)], ids=["slow", "fast"])
def test_a_telephone_whose_clock_is_off_by_an_hour_checks_in(page, seat, qr, off):
    page.clock.install(time=now() + off)
    page.goto(qr)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are checked in")
    noted = Attendance.objects.get()
    assert noted.presence == Presence.PRESENT and abs(noted.at - now()) < timedelta(minutes=2)


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1)], ids=["slow", "fast"])
def test_a_clock_that_is_off_by_an_hour_neither_locks_an_answer_nor_ends_a_quiz(page, seat, cast, off):
    page.clock.install(time=now() + off)
    attempt = open_attempt(cast)
    page.goto(reverse("academy:attempt", args=[attempt.pk]))
    for choice, key in (("The gazette", "c"), ("The national portal", "a")):
        page.get_by_text(choice).click()
        expect(page.locator("[data-state]")).to_have_text("Saved")
        assert Answer.objects.get(attempt=attempt, item__key="portal-name").given == [key]
    attempt.refresh_from_db()
    assert attempt.finished_at is None
