"""Each pattern in the three languages: it does what its examples say, axe finds nothing, it fits a phone."""

from pathlib import Path

import axe_playwright_python
import pytest

from khue.domains.prototypes import examples, patterns
from khue.domains.prototypes.browsing import Chromium
from khue.domains.prototypes.examples.running import Tries
from khue.domains.prototypes.tests.tools import tool

pytestmark = pytest.mark.browser
LANGUAGES = ("vi", "en", "fr")
KEYS = [pattern.key for pattern in patterns.catalogue()]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FOUND = "axe.run().then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`))"


@pytest.fixture(scope="module")
def tries(chromium: Chromium):
    tries = Tries(chromium)
    yield tries
    tries.close()


@pytest.mark.parametrize("key", KEYS)
def test_a_pattern_does_what_its_examples_say(tries, key):
    pattern = patterns.pattern(key)
    for language in LANGUAGES:
        html = tool(key, language)
        for example in examples.read("\n".join(pattern.examples[language]), examples.labels(html)):
            outcome = tries.one(html, example)
            assert outcome.passed, (language, outcome)
            assert outcome.faults == (), (language, outcome)


@pytest.fixture(scope="module")
def phones(chromium: Chromium):
    """Light and dark."""
    with chromium.tab(width=390, height=844) as light, chromium.tab(width=390, height=844, dark=True) as dark:
        light.before(AXE)
        dark.before(AXE)
        yield light, dark


@pytest.mark.parametrize(("at", "key"), list(enumerate(KEYS)), ids=KEYS)
def test_axe_finds_nothing_and_nothing_stands_over_the_edge_of_a_phone(phones, at, key):
    """Languages and themes by turns: patterns share their style and their words."""
    phone = phones[at % 2]
    phone.open(tool(key, LANGUAGES[at % 3]))
    assert phone.ask(FOUND) == []
    assert phone.ask("document.documentElement.scrollWidth") <= 390
    assert phone.faults == []
    assert phone.reached_for == []


def test_axe_would_find_something(phones):
    phone = phones[0]
    phone.open("<!doctype html><html><body><input></body></html>")
    assert any(found.startswith("label") for found in phone.ask(FOUND))
