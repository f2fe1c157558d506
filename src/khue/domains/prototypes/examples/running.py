"""Examples tried in a browser of this machine: one browser for many tools, each example in a fresh tab."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

from khue.domains.prototypes.browsing import Chromium, Hung, Tab
from khue.domains.prototypes.examples.shape import Example, Outcome

HERE = Path(__file__).resolve().parent
SECONDS = 12.0
FORGET = "try { localStorage.clear(); } catch {}"


@cache
def harness() -> str:
    """What tries examples inside the tool: window.khueHarness, and an answer to {khue: "examples"} from the parent."""
    return (HERE / "harness.js").read_text(encoding="utf-8")


def run(html: str, examples: Sequence[Example]) -> tuple[Outcome, ...]:
    """Raises NoBrowser."""
    return next(run_all([(html, examples)]))


def run_all(tools: Iterable[tuple[str, Sequence[Example]]]) -> Iterator[tuple[Outcome, ...]]:
    """The outcomes of each tool in turn, all in one browser. Raises NoBrowser."""
    with Chromium() as browser, closing(Tries(browser)) as tries:
        for html, examples in tools:
            yield tuple(tries.one(html, example) for example in examples)


class Tries:
    """One tab for all; the tool is opened anew for each example, and the tab is a new one after one that hung."""

    def __init__(self, browser: Chromium) -> None:
        self._browser = browser
        self._open = ExitStack()
        self._tab: Tab | None = None

    def one(self, html: str, example: Example) -> Outcome:
        tab = self._ready()
        try:
            tab.open(html)
            told = tab.ask(f"khueHarness.one({json.dumps(example.data())})", SECONDS)
        except Hung:
            self._open.close()
            self._tab = None
            return Outcome(example.text, passed=False, problem="hung", faults=tuple(tab.faults))
        except RuntimeError as error:
            return Outcome(example.text, passed=False, problem="error", faults=(*tab.faults, str(error)))
        faults = tuple(dict.fromkeys([*told["faults"], *tab.faults]))
        return Outcome(example.text, bool(told["passed"]), str(told["seen"]), str(told["problem"]), faults)

    def close(self) -> None:
        self._open.close()

    def _ready(self) -> Tab:
        if self._tab is None:
            self._open = ExitStack()
            self._tab = self._open.enter_context(self._browser.tab())
            self._tab.before(f"{FORGET}\n{harness()}")
        return self._tab
