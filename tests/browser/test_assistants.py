"""An assistant as visitors meet it: its own page by keyboard, stopped and begun anew, and on web sites of others."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.assistants.actions import assistants
from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Message, Publication
from khue.domains.assistants.tests.conftest import BIRTH, DEFINITION, PASSPORT, QUESTIONS
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor_of
from tests.browser.test_ask import press, tab_to
from tests.browser.test_shell import violations

FEE = QUESTIONS[0][0]
# on this machine: a page from elsewhere may not reach it, says the browser
LISTED, UNLISTED = "http://127.0.0.1:8099", "http://127.0.0.1:8098"


@pytest.fixture
def published(cast, embedding_server, no_model):
    """Giang's, open to the public and to one site."""
    by = actor_of(cast.giang.pk)
    place = knowledge.create_collection("Thư viện", by=by, data_class=knowledge.DataClass.PUBLIC)
    for title, text in (("Cấp hộ chiếu", PASSPORT), ("Đăng ký khai sinh", BIRTH)):
        new = knowledge.NewDocument(title, tuple(knowledge.paragraphs(text)), language="vi")
        knowledge.add_document(place.id, new, by=by)
    knowledge.embed_waiting()
    shape = Definition.model_validate(DEFINITION | {"origins": [LISTED]})
    made = assistants.create(by=by, name="Hộ tịch", definition=shape)
    made.published, made.state = assistants.freeze(by=by, assistant=made), "published"
    made.save()
    Publication.objects.create(assistant=made, version=made.published)
    return made


def ask(page, text):
    tab_to(page, page.locator("#question"))
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def nothing_kept(context, page):
    return context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_visitor_asks_by_keyboard_takes_it_along_and_begins_anew(page, context, published):
    page.goto(f"{reverse('assistants-open:page', args=[published.slug])}?lang=vi")
    assert violations(page) == []
    ask(page, FEE)
    answer = page.locator(".exchange .answer")
    expect(answer).to_contain_text("200.000 đồng")
    expect(page.locator(".exchange .question")).to_be_focused()
    assert violations(page) == []
    link = page.get_by_role("link", name="Tải về")
    tab_to(page, link)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    text = taken.value.path().read_text()
    assert FEE in text and "200.000 đồng" in text and "Cấp hộ chiếu" in text
    page.goto(page.get_by_role("link", name="Địa chỉ").get_attribute("href"))
    expect(page.locator(".exchange .answer")).to_contain_text("200.000 đồng")
    press(page, page.locator("[data-new]"))
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("#question")).to_be_focused()
    assert nothing_kept(context, page)


def test_a_visitor_stops_an_answer(page, published, model_server, settings):
    settings.KHUE_MODEL = "local"
    model_server.failure = "hang"
    page.goto(f"{reverse('assistants-open:page', args=[published.slug])}?lang=vi")
    ask(page, FEE)
    press(page, page.locator("[data-stop]"))
    expect(page.locator(".exchange")).to_contain_text("đã dừng")
    assert Message.objects.get().outcome == "stopped"


def test_a_site_on_the_list_has_it_behind_a_button_and_another_has_not(page, context, published, live_server):
    own = f"{live_server.url}{reverse('assistants-open:page', args=[published.slug])}"
    line = f'<meta charset="utf-8"><title>Xã</title><h1>Xã</h1><script src="{own}widget.js?lang=vi" async></script>'
    asked = []
    page.on("console", lambda said: print(said.text))
    page.on("request", lambda request: asked.append(request.url))
    context.route(f"{LISTED}/", lambda route: route.fulfill(body=line, content_type="text/html"))
    framed = f'{line}<iframe src="{own}frame/"></iframe>'
    context.route(f"{UNLISTED}/", lambda route: route.fulfill(body=framed, content_type="text/html"))

    page.goto(f"{LISTED}/")
    button = page.get_by_role("button")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert asked == [f"{LISTED}/", f"{own}widget.js?lang=vi"] and nothing_kept(context, page)
    press(page, button)
    frame = page.frame_locator("iframe")
    frame.locator("#question").press_sequentially(FEE)
    frame.locator("#question").press("Enter")
    expect(frame.locator(".exchange .answer")).to_contain_text("200.000 đồng")
    frame.locator("#question").press("Escape")
    expect(button).to_be_focused()
    expect(page.locator("iframe")).to_be_hidden()
    assert nothing_kept(context, page)

    page.goto(f"{UNLISTED}/")
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.frames[1].url.startswith("chrome-error:")
