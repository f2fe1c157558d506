"""The shell as people meet it: with axe, with the keyboard alone, on a phone, on a projector."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

# (URL name, arguments, who): pages of other parts join when they can be opened without a record of their own
PAGES = [
    ("ui:home", [], "an"),
    ("ui:guides", [], "an"),
    ("ui:guide", ["ask-and-check"], "an"),
    ("ui:components", [], "an"),
    ("account_login", [], None),
]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def opened(page, signed_in, name, arguments, who):
    if who:
        signed_in()
    page.goto(reverse(name, args=arguments))


def violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found]


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("name", "arguments", "who"), PAGES, ids=[name for name, _, _ in PAGES])
def test_axe_finds_nothing(page, signed_in, prefer, name, arguments, who, theme, language):
    prefer(theme=theme, language=language)
    opened(page, signed_in, name, arguments, who)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert violations(page) == []


def test_axe_would_find_something(page, signed_in):
    signed_in()
    page.goto("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert any("image-alt" in violation for violation in violations(page))


@pytest.mark.parametrize(("name", "arguments", "who"), PAGES, ids=[name for name, _, _ in PAGES])
def test_a_phone_never_scrolls_sideways(page, signed_in, prefer, name, arguments, who):
    prefer(language="fr")
    page.set_viewport_size({"width": 390, "height": 780})
    opened(page, signed_in, name, arguments, who)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def focused(page):
    return page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")


def test_the_keyboard_reaches_the_work_first_and_every_place_after(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the work"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    assert "Guides" in seen and "Nguyễn Thị An" in seen


def test_the_language_is_changed_with_the_keyboard_alone(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/learn/")
    page.locator(".rooms .account").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Tiếng Việt"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hướng dẫn")


def test_escape_closes_a_menu_and_gives_the_focus_back(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/learn/")
    account = page.locator(".rooms .account")
    account.click()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(account).to_be_focused()


def test_on_a_phone_rooms_and_sources_come_when_called(page, signed_in, prefer):
    prefer(language="en")
    page.set_viewport_size({"width": 390, "height": 780})
    signed_in()
    page.goto("/")
    place = page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Guides")
    expect(place).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(place).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(place).to_be_hidden()
    opener = page.get_by_role("button", name="Sources and help")
    opener.click()
    expect(page.get_by_role("complementary")).to_be_in_viewport()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.get_by_role("complementary").get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()


def test_a_dialog_opens_and_closes(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/components/")
    page.get_by_role("button", name="Delete the conversation").click()
    dialog = page.get_by_role("dialog", name="Delete this conversation?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_tabs_are_chosen_with_arrows(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/components/")
    page.get_by_role("tab", name="Documents").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Who may read it")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="Documents")).to_be_hidden()


def test_everything_needed_comes_from_this_server(page, signed_in, live_server):
    signed_in()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/components/")
    page.wait_for_load_state("networkidle")
    assert asked and [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_no_script_and_no_style_fails(page, signed_in):
    signed_in()
    troubles = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto("/components/")
    page.wait_for_load_state("networkidle")
    assert troubles == []


def test_the_projector_shows_larger_type_and_no_name(page, signed_in, prefer):
    prefer(mode="projector", language="en")
    signed_in()
    page.goto("/learn/")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 22 and "Nguyễn Thị An" not in page.content()
    page.get_by_role("button", name="Leave projector mode").click()
    expect(page.locator(".rooms")).to_be_visible()


def test_reduced_motion_stops_every_movement(page, signed_in):
    signed_in()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/components/")
    moving = """[...document.querySelectorAll('*')].filter((element) => {
        const style = getComputedStyle(element);
        return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
    }).map((element) => element.className)"""
    assert page.evaluate(moving) == []
