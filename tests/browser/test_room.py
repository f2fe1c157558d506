"""The room of a session in a real browser: it renews itself, says when the line is gone, and loses nothing written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.academy.actions import questions
from khue.domains.academy.models import Question
from khue.domains.academy.tests.cast import seat_of_an
from khue.kernel.clock import now


@pytest.fixture
def seat(cast):
    return seat_of_an(cast)


@pytest.fixture
def session(seat):
    found = seat.cohort.sessions.get()
    found.starts_at, found.ends_at = now() - timedelta(minutes=5), now() + timedelta(minutes=55)
    found.save()
    return found


def opened(page, signed_in, prefer, name, address, session):
    prefer(language="en")
    signed_in(name)
    page.goto(reverse(address, args=[session.pk]))


def test_a_question_of_somebody_else_appears_by_itself(page, signed_in, prefer, session, seat):
    opened(page, signed_in, prefer, "chi", "academy:room", session)
    questions.ask(seat=seat, session=session, text="When is the break?")
    expect(page.get_by_text("When is the break?")).to_be_visible(timeout=15_000)


def test_what_is_written_survives_a_line_that_drops_and_is_sent_once(page, context, signed_in, prefer, session, seat):
    opened(page, signed_in, prefer, "an", "academy:part", session)
    page.get_by_label("Your question").fill("Does it leave the building?")
    context.set_offline(True)
    page.get_by_role("button", name="Ask without my name").click()
    expect(page.locator("[data-live]")).to_contain_text("Not sent")
    assert not Question.objects.exists()
    expect(page.get_by_label("Your question")).to_have_value("Does it leave the building?")
    context.set_offline(False)
    page.get_by_role("button", name="Ask without my name").click()
    expect(page.locator(".asked")).to_contain_text("Does it leave the building?")
    assert [one.text for one in Question.objects.all()] == ["Does it leave the building?"]
    expect(page.get_by_label("Your question")).to_have_value("")


def test_a_note_being_written_is_not_taken_away_by_the_next_renewal(page, signed_in, prefer, session, seat):
    from khue.domains.academy.actions import hands
    from khue.domains.people.api import actor_of

    hands.put_up(by=actor_of(seat.person_id), cohort_id=seat.cohort_id, line="Stuck here")
    opened(page, signed_in, prefer, "chi", "academy:room", session)
    page.locator(".answer-hand summary").click()
    page.get_by_label("What you say to them").fill("Try again, pl")
    questions.ask(seat=seat, session=session, text="Something new?")
    expect(page.get_by_text("Something new?")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("What you say to them")).to_have_value("Try again, pl")
