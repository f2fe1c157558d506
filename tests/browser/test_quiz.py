"""Taking a quiz with a real browser: answers are saved as they are given, whatever happens to the line."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.academy.models import Answer
from khue.domains.academy.tests.quizzing.quiz import open_attempt


@pytest.fixture
def attempt(page, signed_in, cast, prefer):
    prefer(language="en")
    signed_in("an")
    found = open_attempt(cast)
    page.goto(reverse("academy:attempt", args=[found.pk]))
    return found


def given(attempt, key):
    return Answer.objects.get(attempt=attempt, item__key=key).given


def question(page, attempt, key):
    return page.locator(f"#q{attempt.answers.get(item__key=key).position}")


def test_an_answer_is_saved_as_it_is_given_and_is_there_after_the_browser_was_closed(page, attempt, context):
    question(page, attempt, "portal-name").get_by_text("The gazette").click()
    expect(page.locator("[data-state]")).to_have_text("Saved")
    question(page, attempt, "distance").get_by_role("textbox").fill("1,234.5 m")
    expect(question(page, attempt, "distance").locator("[data-heard]")).to_contain_text("1,234.5 m")
    page.close()
    again = context.new_page()
    again.goto(reverse("academy:attempt", args=[attempt.pk]))
    expect(again.get_by_label("The gazette")).to_be_checked()
    assert given(attempt, "portal-name") == ["c"] and given(attempt, "distance") == "1,234.5 m"


def test_an_order_is_made_with_the_keyboard_alone(page, attempt):
    order = question(page, attempt, "innovation-steps")
    first = order.locator("[data-part]").first.locator(".order-text").inner_text()
    down = order.get_by_role("button", name=f"Move down: {first}")
    down.focus()
    page.keyboard.press("Enter")
    expect(order.locator(".order-text").nth(1)).to_have_text(first)
    expect(down).to_be_focused()
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert len(given(attempt, "innovation-steps")) == 4
    page.reload()
    expect(question(page, attempt, "innovation-steps").locator(".order-text").nth(1)).to_have_text(first)


def test_a_line_that_drops_loses_nothing(page, attempt, context):
    context.set_offline(True)
    question(page, attempt, "portal-name").get_by_text("The national portal").click()
    expect(page.locator("[data-state]")).to_contain_text("No connection")
    assert given(attempt, "portal-name") is None
    context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert given(attempt, "portal-name") == ["a"]
