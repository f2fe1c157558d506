"""A real Chromium on a live server. Without a browser on this machine these tests are skipped with one line."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from khue.domains.people.models import Person
from khue.domains.people.tests.cast import Cast, gather

# Playwright's synchronous interface keeps an event loop in this thread; the database is used from it on purpose.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).resolve().parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    return os.environ.get("KHUE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("No Chromium on this machine: apt-get install chromium, or name one in KHUE_CHROMIUM.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=live_server.url, viewport={"width": 1360, "height": 820})
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def cast(transactional_db) -> Cast:
    return gather()


@pytest.fixture
def wishes() -> dict[str, str]:
    """How this test wants to see pages."""
    return {}


@pytest.fixture
def prefer(context: BrowserContext, live_server, wishes: dict[str, str]):
    """prefer(language="fr", theme="dark") before signing in: on this device, and on the account that signs in."""
    cookies = {"language": "django_language", "theme": "khue_theme", "mode": "khue_mode"}

    def wish(**wanted: str) -> None:
        wishes.update(wanted)
        context.add_cookies([{"name": cookies[k], "value": v, "url": live_server.url} for k, v in wanted.items()])

    return wish


@pytest.fixture
def signed_in(context: BrowserContext, live_server, cast: Cast, wishes: dict[str, str]):
    """signed_in("chi") gives the browser the session of that person of the cast."""

    def sign_in(name: str = "an") -> Person:
        person: Person = getattr(cast, name)
        person.language, person.theme = wishes.get("language", ""), wishes.get("theme", "system")
        person.save()
        client = Client()
        client.force_login(person)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        return person

    return sign_in
