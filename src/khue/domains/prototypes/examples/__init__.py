"""Acceptance examples in words ("3 copies → 24,000 ₫"): read by rules, tried in the running tool."""

from khue.domains.prototypes.examples.labels import labels
from khue.domains.prototypes.examples.reading import UnreadableExample, read
from khue.domains.prototypes.examples.running import harness, run, run_all
from khue.domains.prototypes.examples.shape import Example, Expectation, Fill, Outcome, Press

__all__ = [
    "Example",
    "Expectation",
    "Fill",
    "Outcome",
    "Press",
    "UnreadableExample",
    "harness",
    "labels",
    "read",
    "run",
    "run_all",
]
