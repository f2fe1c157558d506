"""An assistant as visitors meet it: its own page by keyboard, and the widget on web sites of others."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.assistants.actions import assistants
from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Publication
from khue.domains.assistants.tests.conftest import BIRTH, DEFINITION, PASSPORT, QUESTIONS
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor_of
from tests.browser.test_ask import press, tab_to
from tests.browser.test_shell import violations

FEE = QUESTIONS[0][0]
PATIENCE = 30_000


class Site:
    """A web site of somebody else: one page."""

    def __init__(self) -> None:
        site, self.html = self, ""

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(site.html.encode())

            def log_message(self, *words: object) -> None:
                return None

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def sites():
    """One on the list, one that is not."""
    both = Site(), Site()
    yield both
    for site in both:
        site.http.shutdown()
        site.http.server_close()


@pytest.fixture
def published(cast, embedding_server, no_model, sites):
    """Giang's, open to the public and to one site."""
    by = actor_of(cast.giang.pk)
    place = knowledge.create_collection("Thư viện", by=by, data_class=knowledge.DataClass.PUBLIC)
    for title, text in (("Cấp hộ chiếu", PASSPORT), ("Đăng ký khai sinh", BIRTH)):
        new = knowledge.NewDocument(title, tuple(knowledge.paragraphs(text)), language="vi")
        knowledge.add_document(place.id, new, by=by)
    knowledge.embed_waiting()
    shape = Definition.model_validate(DEFINITION | {"origins": [sites[0].url]})
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
    expect(answer).to_contain_text("200.000 đồng", timeout=PATIENCE)
    expect(page.locator(".exchange .question")).to_be_focused()
    assert violations(page) == []
    link = page.get_by_role("link", name="Tải về")
    tab_to(page, link)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    text = taken.value.path().read_text()
    assert FEE in text and "200.000 đồng" in text and "Cấp hộ chiếu" in text
    page.goto(page.get_by_role("link", name="Địa chỉ").get_attribute("href"))
    expect(page.locator(".exchange .answer")).to_contain_text("200.000 đồng", timeout=PATIENCE)
    press(page, page.locator("[data-new]"))
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("#question")).to_be_focused()
    assert nothing_kept(context, page)


def test_a_site_on_the_list_has_it_behind_a_button_and_another_has_not(page, context, published, sites, live_server):
    listed, unlisted = sites
    own = f"{live_server.url}{reverse('assistants-open:page', args=[published.slug])}"
    line = f'<meta charset="utf-8"><title>Xã</title><h1>Xã</h1><script src="{own}widget.js?lang=vi" async></script>'
    listed.html, unlisted.html = line, f'{line}<iframe src="{own}frame/"></iframe>'
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(listed.url)
    button = page.get_by_role("button")
    expect(button).to_have_attribute("aria-expanded", "false", timeout=PATIENCE)
    assert f"{own}frame/?lang=vi" not in asked and nothing_kept(context, page)
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#question")).to_have_attribute("enterkeyhint", "send", timeout=PATIENCE)
    frame.locator("#question").press_sequentially(FEE, timeout=PATIENCE)
    frame.locator("#question").press("Enter")
    expect(frame.locator(".exchange .answer")).to_contain_text("200.000 đồng", timeout=PATIENCE)
    frame.locator("#question").press("Escape")
    expect(button).to_be_focused()
    expect(page.locator("iframe")).to_be_hidden()
    assert nothing_kept(context, page)

    page.goto(unlisted.url)
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.frames[1].url.startswith("chrome-error:")
