"""Parameters of a pattern that pass the examples: one value after another is tried in a browser of this machine."""

import threading
import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from khue.domains.prototypes import examples as acceptance
from khue.domains.prototypes.browsing import Chromium, NoBrowser
from khue.domains.prototypes.examples.running import Tries
from khue.domains.prototypes.patterns import pattern
from khue.domains.prototypes.writing.files import file_of
from khue.domains.prototypes.writing.varying import variants

SECONDS, MOST = 20.0, 60
# one browser at a time in a process: who comes while it is at work asks the model instead
AT_WORK = threading.Lock()


def searched(source: Mapping[str, Any], idea: str, examples: str, language: str) -> dict[str, Any] | None:
    """None where nothing close by passes, or there is no browser."""
    if not examples.strip():
        return None
    if not AT_WORK.acquire(blocking=False):
        return None
    try:
        return _first(source, idea, examples, language)
    except NoBrowser:
        return None
    finally:
        AT_WORK.release()


def _first(source: Mapping[str, Any], idea: str, examples: str, language: str) -> dict[str, Any] | None:
    until = time.monotonic() + SECONDS
    with Chromium() as browser, closing(Tries(browser)) as tries:
        for held in variants(pattern(source["pattern"]), source["parameters"], idea)[:MOST]:
            if time.monotonic() > until:
                return None
            if _passes(tries, {**source, "parameters": held}, examples, language):
                return held
    return None


def _passes(tries: Tries, source: Mapping[str, Any], examples: str, language: str) -> bool:
    html, _title = file_of(source, language)
    try:
        lines = acceptance.read(examples, acceptance.labels(html))
    except acceptance.UnreadableExample:
        return False
    return all(tries.one(html, line).passed for line in lines)
