"""Tools in a real browser: nothing gets out of their frame; what goes wrong in one is said, and the page stays."""

import re
import socket
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.prototypes.actions.tools import keep, source_of
from khue.domains.prototypes.tests.cast import linked_tool
from khue.domains.prototypes.tests.escapes import escapes, page
from tests.browser.conftest import ARGUMENTS, chromium

PAUSE_MS = 600
AT_ONCE = 12
# the page that is no tool, its own icon, and how many connections that took
COUNTED = {"control", "favicon.ico", "connection"}


class Listener:
    """Counts whatever arrives: requests by the name in their path, bare connections, datagrams."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        listener = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.seen[self.path.split("/")[1].partition("?")[0] or "/"] += 1
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            do_POST = do_OPTIONS = do_HEAD = do_GET

            def log_message(self, *words: object) -> None:
                return None

        class Server(ThreadingHTTPServer):
            def process_request(self, request, client_address):
                listener.seen["connection"] += 1
                super().process_request(request, client_address)

        self.http = Server(("127.0.0.1", 0), Answer)
        self.port = self.http.server_address[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.udp_port = self.udp.getsockname()[1]
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        threading.Thread(target=self._datagrams, daemon=True).start()

    def _datagrams(self) -> None:
        while True:
            try:
                self.udp.recvfrom(2048)
            except OSError:
                return
            self.seen["datagram"] += 1

    def addresses(self, name: str) -> dict[str, str]:
        return {
            "http": f"http://127.0.0.1:{self.port}/{name}",
            "ws": f"ws://127.0.0.1:{self.port}/{name}",
            "udp": f"stun:127.0.0.1:{self.udp_port}",
            "name": f"{name}.leak.test",
        }

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.udp.close()


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def watched(browser, live_server, tmp_path):
    """A browser of its own that writes down every name that it looks up."""
    path = chromium()
    if path is None:
        pytest.skip("No Chromium on this machine: apt-get install chromium, or name one in KHUE_CHROMIUM.")
    log = tmp_path / "net.json"
    # Playwright runs once in a thread: this browser is started by the one that runs already
    own = browser.browser_type.launch(executable_path=path, args=[*ARGUMENTS, f"--log-net-log={log}"])
    yield own.new_context(base_url=live_server.url).new_page(), log, own
    own.close()


HEAR = """() => {
  window.won = [];
  addEventListener("message", (event) => event.data?.escaped && won.push(event.data));
}"""
HINT = """() => {
  const link = Object.assign(document.createElement("link"), { rel: "dns-prefetch", href: "//control.leak.test" });
  document.head.append(link);
}"""
RUN = """async ([pages, frame, pause]) => {
  const { Tool } = await import("/static/prototypes/frame.js");
  const tries = pages.map(async (html) => {
    const place = document.createElement("div");
    Object.assign(place.dataset, { frame, title: "t", closed: "closed" });
    document.body.append(place);
    const tool = new Tool(place, { text: "{}", lasts: true, keep: () => true });
    const drawn = new Promise((done) => tool.addEventListener("drawn", () => done(true)));
    tool.run(html);
    const ran = await Promise.race([drawn, new Promise((done) => setTimeout(() => done(false), 9000))]);
    await new Promise((done) => setTimeout(done, pause));
    tool.stop();
    place.remove();
    return ran;
  });
  return Promise.all(tries);
}"""


@pytest.mark.slow
def test_no_attempt_to_get_out_of_the_frame_succeeds(cast, watched, listener):
    opened, log, browser = watched
    tool = linked_tool(cast)
    opened.goto(reverse("prototypes-open:page", args=[tool.link]))
    opened.evaluate(
        "() => { window.won = []; addEventListener('message', (e) => e.data?.escaped && won.push(e.data)); }"
    )
    before = opened.context.cookies()
    popups: list[object] = []
    opened.on("popup", lambda one: popups.append(one))
    frame = opened.get_attribute("[data-tool]", "data-frame")
    tried = escapes()
    assert len(tried) >= 40
    ran = {}
    for start in range(0, len(tried), AT_ONCE):
        group = tried[start : start + AT_ONCE]
        pages = [page(one, **listener.addresses(one.name)) for one in group]
        ran |= zip((one.name for one in group), opened.evaluate(RUN, [pages, frame, PAUSE_MS]), strict=True)
    assert opened.url.endswith(tool.link + "/")
    won = opened.evaluate("won")
    after = opened.context.cookies()
    # what the listener would hear is heard: the page that is not a tool reaches it
    # what would arrive is counted, and what would be looked up is written down: a page that is no tool does both
    opened.goto(listener.addresses("control")["http"])
    opened.evaluate(HINT)
    time.sleep(0.5)
    browser.close()
    names = set(re.findall(r"[\w-]+\.leak\.test", log.read_text(errors="replace")))
    assert won == []
    assert popups == []
    assert after == before
    assert {name: count for name, count in listener.seen.items() if name not in COUNTED} == {}
    assert listener.seen["control"] >= 1
    assert names <= {"control.leak.test"}
    # most of them leave the frame alive enough to say that it was drawn
    assert sum(ran.values()) >= len(tried) * 0.8


# What goes wrong in a tool ------------------------------------------------------------------------

FORGETS = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no storage here", "SecurityError"); },
});"""
LOOP = "<h1>Vòng lặp</h1><button onclick='setTimeout(() => { for (;;); }, 50)'>Chạy mãi</button>"


def studio_of(cast, code: str = ""):
    """Bình's studio; with `code` as the newest version."""
    tool = linked_tool(cast)
    if code:
        keep(tool=tool, source=source_of(code), reason="thử", by_id=cast.binh.pk)
    return reverse("prototypes:studio", args=[tool.pk])


def test_an_endless_loop_is_stopped_and_the_page_stays(cast, signed_in, page, browser):
    signed_in("binh")
    page.goto(studio_of(cast, LOOP))
    running = page.frame_locator("[data-tool] iframe")
    running.get_by_role("button", name="Chạy mãi").click()
    fault = page.locator("[data-fault]")
    expect(fault).to_be_visible(timeout=20_000)
    stopped = page.evaluate("document.querySelector('[data-words]').dataset.stopped")
    expect(fault).to_contain_text(stopped)
    expect(page.locator("[data-tool] iframe")).to_have_count(0)
    page.locator("[data-again]").click()
    expect(running.get_by_role("heading", name="Vòng lặp")).to_be_visible()


def test_a_browser_without_storage_is_told_and_the_tool_works(cast, signed_in, page):
    signed_in("binh")
    page.add_init_script(FORGETS)
    page.goto(studio_of(cast))
    fault = page.locator("[data-fault]")
    expect(fault).to_contain_text(page.evaluate("document.querySelector('[data-words]').dataset.forgetful"))
    field = page.frame_locator("[data-tool] iframe").locator("input").first
    field.fill("12")
    expect(field).to_have_value("12")


def test_under_a_name_of_its_own_the_tool_runs_and_nothing_else_is_there(cast, signed_in, page, live_server, settings):
    other = live_server.url.replace("localhost", "127.0.0.1")
    assert other != live_server.url
    settings.KHUE_SANDBOX_ADDRESS = other
    settings.KHUE_ADDRESS = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    signed_in("binh")
    page.goto(studio_of(cast))
    expect(page.frame_locator("[data-tool] iframe").locator("h1")).to_be_visible()
    (frame,) = [one for one in page.frames if one is not page.main_frame]
    assert frame.url == f"{other}/sandbox/"
    assert frame.evaluate("origin") == "null"
    context = page.context
    assert context.request.get(f"{other}/").status == 404
    answer = context.request.get(f"{other}/sandbox/")
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
