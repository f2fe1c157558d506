"""A canvas that two people write at once, and a judge's telephone whose line drops, in a real browser."""

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from khue.domains.academy.models import CanvasText, Judge, Sheet, Sprint
from khue.domains.academy.tests.sprints.sprint import entry_of, sprint_of
from khue.domains.people.models import Person


@pytest.fixture
def sign_in(live_server):
    """sign_in(context, person) gives that browser the session of the person."""

    def signed_in(context: BrowserContext, person: Person) -> BrowserContext:
        client = Client()
        client.force_login(person)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        return context

    return signed_in


@pytest.fixture
def entry(cast):
    found = entry_of(cast)
    found.sprint.entries.update(problem=found.sprint.problems.get(key="hai"))
    Person.objects.update(language="en")
    return found


def test_two_people_in_one_field_see_both_texts(context: BrowserContext, browser, live_server, cast, entry, sign_in):
    address = f"/learn/entries/{entry.pk}/stages/hieu/"
    mine = sign_in(context, cast.an).new_page()
    other = browser.new_context(base_url=live_server.url)
    theirs = sign_in(other, Person.objects.get(username="dao")).new_page()
    for page in (mine, theirs):
        page.goto(address)
    # An's line is away while Đào writes
    context.set_offline(True)
    mine.fill("#f-ai", "Của An")
    expect(mine.locator("[data-state]")).to_contain_text("kept on this device")
    theirs.fill("#f-ai", "Của Đào")
    expect(theirs.locator("[data-state]")).to_have_text("Saved")
    context.set_offline(False)
    box = mine.locator("[data-field=ai] [data-met-box]")
    expect(box).to_be_visible()
    expect(box).to_contain_text("Của Đào")
    expect(mine.locator("#f-ai")).to_have_value("Của An")
    box.get_by_role("button", name="Put both together").click()
    expect(mine.locator("[data-state]")).to_have_text("Saved")
    # and it comes into the other's page by itself
    expect(theirs.locator("#f-ai")).to_have_value("Của Đào\nCủa An", timeout=15_000)
    assert list(CanvasText.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    other.close()


@pytest.fixture
def desk(context: BrowserContext, cast, entry, sign_in):
    """desk() opens the sheets of the judge Hải on a telephone; scoring is open, one team presents."""
    sprint = sprint_of(cast)
    sprint.entries.filter(team__position=1).update(position=1)
    Sprint.objects.update(chair=cast.chi, opened_at=sprint.created_at)
    Judge.objects.create(sprint=sprint, person=cast.hai)
    sign_in(context, cast.hai)

    def opened() -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"/learn/sprints/{sprint.pk}/judging/")
        return page

    return opened


def state(page: Page):
    return expect(page.locator("[data-state]"))


def test_a_judges_telephone_that_was_away_sends_everything_once(context: BrowserContext, desk):
    page = desk()
    context.set_offline(True)
    page.get_by_text("A place and a figure").click()
    page.get_by_text("Three people").click()
    state(page).to_contain_text("kept on this device")
    assert not Sheet.objects.exists()
    context.set_offline(False)
    state(page).to_have_text("Sent", timeout=15_000)
    assert Sheet.objects.get().points == {"that": 4, "thu": 6}
    # closed by the chair: kept until it is opened once more, also over a reload
    opened_at = Sprint.objects.get().opened_at
    Sprint.objects.update(closed_at=opened_at)
    page.get_by_text("General", exact=True).click()
    state(page).to_contain_text("Scoring is closed")
    page.reload()
    state(page).to_contain_text("Scoring is closed")
    Sprint.objects.update(closed_at=None)
    page.reload()
    state(page).to_have_text("Sent", timeout=20_000)
    assert Sheet.objects.get().points == {"that": 0, "thu": 6}
    # and whoever opens it once more is told that all of it is there
    page.reload()
    state(page).to_have_text("Sent")
    assert Sheet.objects.get().points == {"that": 0, "thu": 6}


def test_a_sheet_of_a_closed_window_is_sent_when_the_judge_comes_back(context: BrowserContext, desk):
    page = desk()
    context.set_offline(True)
    page.get_by_text("Three people").click()
    page.locator("textarea[name=note]").press_sequentially("Thử với ba người")
    state(page).to_contain_text("kept on this device")
    # away from the telephone in the middle of a word
    page.close()
    context.set_offline(False)
    page = desk()
    state(page).to_have_text("Sent")
    sheet = Sheet.objects.get()
    assert (sheet.points, sheet.note) == ({"thu": 6}, "Thử với ba người")
    expect(page.locator("textarea[name=note]")).to_have_value("Thử với ba người")
    assert page.evaluate("localStorage.length") == 0


def test_what_was_given_later_elsewhere_is_not_undone_by_what_a_telephone_kept(context: BrowserContext, desk):
    page = desk()
    context.set_offline(True)
    page.get_by_text("General", exact=True).click()
    state(page).to_contain_text("kept on this device")
    page.close()
    sheet = Sheet.objects.create(judge=Judge.objects.get(), entry=Sprint.objects.get().entries.get(position=1))
    Sheet.objects.filter(pk=sheet.pk).update(points={"that": 4, "thu": 6}, serial=2 * 10**12)
    context.set_offline(False)
    page = desk()
    state(page).to_have_text("Sent")
    expect(page.get_by_label("A place and a figure")).to_be_checked()
    assert Sheet.objects.get().points == {"that": 4, "thu": 6}


def test_sheets_stay_with_their_judge_when_another_signs_in(context: BrowserContext, desk, cast, sign_in):
    page = desk()
    Judge.objects.create(sprint=Sprint.objects.get(), person=cast.binh)
    sign_in(context, cast.binh)
    page.get_by_text("Three people").click()
    state(page).to_contain_text("Sign in again")
    assert not Sheet.objects.exists()
    sign_in(context, cast.hai)
    page.reload()
    state(page).to_have_text("Sent")
    assert Sheet.objects.get().judge.person == cast.hai
