"""“A first cohort in ten minutes” of the README, as a coordinator clicks it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from khue.domains.academy.actions import demo
from khue.domains.academy.models import Cohort

LIST = settings.CONTENT / "demo" / "participants.csv"
PROVINCES, PLACES, PEOPLE = 13, 5, 65


@pytest.fixture
def programmes(cast) -> None:
    demo.load(settings.CONTENT / "demo", settings.CONTENT / "programmes")


def open_cohort(page: Page, look: Callable[[str], None] = lambda _name: None) -> str:
    """Its address. `look` is told of each page that one comes to."""
    page.goto("/learn/cohorts/")
    look("cohorts")
    page.get_by_role("link", name="New cohort").click()
    page.get_by_label("Programme").select_option(index=1)
    page.get_by_label("First day").fill(date.today().isoformat())  # noqa: DTZ011
    page.locator("main [name=name]").fill("Cohort 1")
    look("new")
    page.locator("main").get_by_role("button", name="Open the cohort").click()
    address = page.url
    page.get_by_role("link", name="Bring a list").click()
    page.get_by_label("List of participants").set_input_files(LIST)
    page.locator("main button.primary").click()
    look("list")
    page.locator("main button.primary").click()
    expect(page.get_by_role("heading", name=f"{PEOPLE} people")).to_be_visible()
    look("people")
    _furnish(page, look)
    page.goto(address)
    page.get_by_role("button", name="Make teams").click()
    expect(page.get_by_role("button", name="Make the teams anew")).to_be_visible()
    look("teams")
    return address


def _furnish(page: Page, look: Callable[[str], None]) -> None:
    """A room or a link for each place."""
    page.get_by_role("link", name="Edit times, rooms and trainers").click()
    look("timetable")
    for number in range(PLACES):
        page.locator('main a[href*="/places/"]').nth(number).click()
        page.locator("main [name=room]").fill(f"Room {number + 1}")
        look("place") if not number else None
        page.locator("main button.primary").click()
    expect(page.get_by_role("cell", name=f"Room {PLACES}", exact=True)).to_be_visible()


def test_the_steps_of_the_readme_lead_to_a_running_cohort(page, context, signed_in, prefer, programmes, tmp_path: Path):
    context.set_default_timeout(60_000)
    prefer(language="en")
    signed_in("chi")
    address = open_cohort(page)
    cohort = Cohort.objects.get(pk=address.rstrip("/").rsplit("/", 1)[1])
    assert cohort.enrolments.values("province").distinct().count() == PROVINCES
    assert cohort.enrolments.values("place").distinct().count() == PLACES
    page.get_by_role("button", name="Print invitations").click()
    expect(page.locator(".slip")).to_have_count(PEOPLE)
    page.goto(address)
    page.locator('main a[href*="/learn/sessions/"]').first.click()
    expect(page.get_by_role("link", name="The room, live")).to_be_visible()
    expect(page.get_by_role("link", name="Code for")).to_have_count(PLACES)
    page.get_by_role("link", name="At the door").click()
    page.get_by_label("Full name").fill("Hồ Thị Thu Ba")
    page.get_by_label("Province").fill("Huế")
    page.locator("main button.primary").click()
    expect(page.locator("main")).to_contain_text("is entered")
