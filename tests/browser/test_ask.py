"""Asking as people meet it: from signing in to the quoted words by keyboard alone; every page of it with axe."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.knowledge import api
from khue.domains.knowledge.actions import answers
from khue.domains.people.api import actor_of
from tests.browser.test_shell import violations

FILES = ["vi/khai-sinh.md", "vi/ho-chieu.html", "vi/bao-cao-mot-cua-song-thanh-2025.pdf", "en/citizen-charter.md"]
# near the words of its answer: the fake vectors are bags of words
QUESTION = "Phát hiện mất hộ chiếu, người mất phải gửi đơn báo mất đến cơ quan Quản lý xuất nhập cảnh trong bao lâu?"
OUTSIDE = "Giá vé vào tham quan Văn Miếu là bao nhiêu?"
LOOKS = [("light", "vi"), ("dark", "vi"), ("light", "en"), ("dark", "fr")]


@pytest.fixture
def library(cast, embedding_server, no_model):
    """A few documents of the demonstration, read and embedded."""
    place = api.create_collection("Thủ tục", by=None, organisation_id=cast.academy.pk, access=api.Access.EVERYONE)
    with api.Sandbox() as sandbox:
        for name in FILES:
            api.bring_file(place.id, settings.CONTENT / "demo" / "library" / name, by=None, sandbox=sandbox)
    api.embed_waiting()
    return place


@pytest.fixture
def asked(library, cast):
    """A conversation of Giang's with an answer, and one where there is none."""
    by = actor_of(cast.giang.pk)
    exchanges = [answers.begin(by=by, question=question) for question in (QUESTION, OUTSIDE)]
    for exchange in exchanges:
        list(answers.stream(exchange_id=exchange.pk, by=by))
        exchange.refresh_from_db()
    return exchanges


@pytest.fixture
def pages(library, asked):
    answered, abstained = asked
    assert answered.sentences and abstained.abstained
    citation = answered.sentences[0]["citations"][0]
    place = f"?start={citation['start']}&end={citation['end']}#quote"
    return {
        "ask": reverse("knowledge:ask"),
        "conversation": reverse("knowledge:conversation", args=[answered.conversation_id]),
        "no answer": reverse("knowledge:conversation", args=[abstained.conversation_id]),
        "history": reverse("knowledge:history"),
        "library": reverse("knowledge:library"),
        "collection": reverse("knowledge:collection", args=[library.id]),
        "collection-edit": reverse("knowledge:collection-edit", args=[library.id]),
        "document": reverse("knowledge:document", args=[citation["document"]]) + place,
        "search": reverse("knowledge:search") + "?q=hộ chiếu",
        "ledger": reverse("stewardship:ledger"),
        "models": reverse("stewardship:models"),
    }


def tab_to(page, locator, *, at_most=60):
    """Presses Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(at_most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {locator}")


def press(page, locator):
    tab_to(page, locator)
    page.keyboard.press("Enter")


def sign_in(page):
    page.goto(reverse("account_login"))
    for name, words in (("login", "an"), ("password", "hoc-cung-khue")):
        tab_to(page, page.locator(f"input[name={name}]"))
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".rooms .account")).to_contain_text("Nguyễn Thị An")


def ask(page):
    page.goto(reverse("knowledge:ask"))
    tab_to(page, page.locator("#id_question"))
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#evidence .evidence").first).to_contain_text("hộ chiếu")
    expect(page.locator(".sentence.supported").first).to_contain_text("48 giờ")


def choose_language(page, name):
    press(page, page.locator(".rooms .account"))
    item = page.locator(".rooms").get_by_role("button", name=name)
    expect(item).to_be_visible()
    press(page, item)


def test_from_sign_in_to_the_quoted_words_with_the_keyboard_alone(page, library):
    sign_in(page)
    ask(page)
    press(page, page.locator("a.cite").first)
    expect(page).to_have_url(re.compile(r"/work/documents/.+#quote$"))
    quote = page.locator("mark#quote")
    expect(quote).to_contain_text("48 giờ")
    expect(quote).to_be_in_viewport()


def test_the_words_of_a_conversation_follow_the_language(page, library):
    sign_in(page)
    ask(page)
    for name, language, words in [("English", "en", "New question"), ("Français", "fr", "Nouvelle question")]:
        choose_language(page, name)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("link", name=words)).to_be_visible()
        expect(page.locator(".sentence.supported").first).to_contain_text("48 giờ")


def test_a_conversation_is_deleted_after_a_question(page, library, prefer):
    prefer(language="en")
    sign_in(page)
    ask(page)
    address = page.url
    choose_language(page, "English")
    press(page, page.locator(".conversation-head summary"))
    press(page, page.locator(".conversation-head").get_by_role("button", name="Delete"))
    dialog = page.get_by_role("dialog", name="Delete this conversation?")
    expect(dialog).to_be_visible()
    press(page, dialog.get_by_role("button", name="Delete"))
    expect(page.get_by_text("No conversations yet")).to_be_visible()
    assert page.goto(address).status == 404


def test_a_follow_up_stays_on_the_page(page, library):
    sign_in(page)
    ask(page)
    tab_to(page, page.locator("#id_question"))
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("article.exchange")).to_have_count(2)
    expect(page.locator("article.exchange").nth(1).locator(".sentence.supported").first).to_contain_text("48 giờ")
    expect(page.locator("#id_question")).to_have_value("")


@pytest.mark.parametrize(("theme", "language"), LOOKS)
def test_axe_finds_nothing(page, signed_in, prefer, pages, theme, language):
    signed_in("giang")
    prefer(theme=theme, language=language)
    found = {}
    for name, address in pages.items():
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        if broken := violations(page):
            found[name] = broken
    assert found == {}


def test_a_phone_never_scrolls_sideways(page, signed_in, prefer, pages):
    signed_in("giang")
    prefer(language="fr")
    page.set_viewport_size({"width": 390, "height": 780})
    widths = {}
    for name, address in pages.items():
        page.goto(address)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in widths.items() if width > 390} == {}
