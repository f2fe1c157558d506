"""A browser over pipes: nothing gets out, a hung tab ends, and nothing stays behind."""

import os
from pathlib import Path

import pytest

from khue.domains.prototypes.browsing import Chromium, Hung, NoBrowser
from khue.domains.prototypes.tests.tools import page

pytestmark = pytest.mark.browser


def test_what_a_tool_asks_for_outside_is_noted_and_not_given(chromium):
    with chromium.tab() as tab:
        tab.open("<h1>A</h1><img src='http://khue.example/a.png' alt=''>")
        tab.ask("location = 'https://khue.example/b', new Promise((done) => setTimeout(done, 300))")
        assert set(tab.reached_for) == {"http://khue.example/a.png", "https://khue.example/b"}
        assert tab.ask("document.querySelector('h1').textContent") == "A"


def test_the_policy_stops_it_even_earlier(chromium):
    with chromium.tab() as tab:
        tab.open(page("<p id='p'></p>", "fetch('http://khue.example/a').catch(() => { p.textContent = 'no' })"))
        tab.ask("new Promise((done) => setTimeout(done, 200))")
        assert tab.ask("p.textContent") == "no"
        assert tab.reached_for == []


def test_an_endless_loop_is_left_and_the_browser_goes_on(chromium):
    with chromium.tab() as tab, pytest.raises(Hung):
        tab.ask("for (;;);", seconds=1)
    with chromium.tab() as tab:
        assert tab.ask("1 + 1") == 2


def test_an_endless_loop_while_loading_too(chromium):
    with chromium.tab() as tab, pytest.raises(Hung):
        tab.open("<script>for (;;);</script>", seconds=2)


def test_a_picture_is_a_png_of_the_size_asked_for(chromium):
    with chromium.tab(width=320, height=200) as tab:
        tab.open(page("<p>A</p>"))
        picture = tab.picture()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (320, 200)


def test_errors_of_the_tool_are_heard(chromium):
    with chromium.tab() as tab:
        tab.open("<script>nothing.here()</script>")
        assert tab.faults == ["ReferenceError: nothing is not defined"]


def test_nothing_is_left_behind(monkeypatch):
    monkeypatch.setenv("KHUE_SECRET_KEY", "not-for-the-browser")
    with Chromium() as browser:
        home, pid = Path(browser._home), browser._pid
        told = Path(f"/proc/{pid}/environ")
        if told.exists():
            assert b"not-for-the-browser" not in told.read_bytes()
    assert not home.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_machine_without_chromium_is_told_so(monkeypatch):
    monkeypatch.setenv("KHUE_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(NoBrowser), Chromium():
        pass
    monkeypatch.delenv("KHUE_CHROMIUM")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoBrowser), Chromium():
        pass
