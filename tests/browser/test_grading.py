"""A grader's form in a real browser: nothing that was written is lost, and nothing counts before it is finished."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from khue.domains.academy.models import Grade, Submission
from khue.domains.academy.tests.labs import work


@pytest.fixture
def form(context: BrowserContext, cast, prefer, signed_in):
    """form() opens the grading of An's work for Chi, in a new window."""
    prefer(language="en")
    signed_in("chi")
    submission = work.waiting(cast)

    def opened() -> Page:
        page = context.new_page()
        page.goto(f"/learn/grading/{submission.pk}/")
        return page

    return opened


def state(page: Page):
    return expect(page.locator("[data-state]"))


def words(page: Page):
    return page.get_by_label("Feedback in words")


def test_what_is_written_is_kept_while_it_is_written(form):
    page = form()
    page.get_by_label("Reached").check()
    words(page).fill("Rõ ràng.")
    state(page).to_contain_text("does not count until you finish")
    grade = Grade.objects.get()
    assert (grade.levels, grade.words, grade.done_at) == ({"dung": 2}, "Rõ ràng.", None)
    # saved once more by itself, and finished with the revision that this made
    words(page).fill("Rõ ràng, đủ.")
    page.get_by_role("button", name="Finish, and the next").click()
    page.wait_for_url("**/learn/grading/")
    assert Submission.objects.get().state == "graded" and Grade.objects.get().words == "Rõ ràng, đủ."


def test_a_window_that_closes_without_a_line_loses_nothing(context: BrowserContext, form):
    page = form()
    context.set_offline(True)
    page.get_by_label("Reached").check()
    words(page).press_sequentially("Nói thêm")
    state(page).to_contain_text("kept on this device")
    page.close()
    context.set_offline(False)
    page = form()
    expect(words(page)).to_have_value("Nói thêm")
    expect(page.get_by_label("Reached")).to_be_checked()
    state(page).to_contain_text("does not count until you finish")
    assert Grade.objects.get().words == "Nói thêm"
    assert page.evaluate("localStorage.length") == 0


def test_what_another_window_saved_later_is_not_overwritten(context: BrowserContext, form):
    first, second = form(), form()
    words(second).fill("Từ cửa sổ thứ hai")
    state(second).to_contain_text("does not count until you finish")
    words(first).fill("Từ cửa sổ đầu")
    state(first).to_contain_text("from another window")
    assert Grade.objects.get().words == "Từ cửa sổ thứ hai"


def test_words_for_a_fellow_participant_are_kept_too(page: Page, cast, prefer, signed_in):
    prefer(language="en")
    taken = work.taken(cast)
    signed_in("an")
    page.goto(f"/learn/reviews/{taken.pk}/")
    page.get_by_label("What you would say to them").fill("Nguồn rõ.")
    state(page).to_contain_text("does not count until you finish")
    taken.refresh_from_db()
    assert (taken.words, taken.done_at) == ("Nguồn rõ.", None)
