"""What the console and other domains may do with tools."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khue.domains.people.api import Actor
from khue.domains.prototypes.actions import demo, trying
from khue.domains.prototypes.actions.trying import Check, Declined, Trial
from khue.domains.prototypes.actions.turns import language_of
from khue.domains.prototypes.examples import UnreadableExample
from khue.domains.prototypes.patterns import catalogue
from khue.domains.prototypes.queries import checks
from khue.domains.prototypes.rules import split

__all__ = [
    "Check",
    "Checked",
    "Declined",
    "Trial",
    "UnreadableExample",
    "check",
    "load_demo",
    "make",
    "pattern_keys",
]


@dataclass(frozen=True)
class Checked:
    """`examples` are None where there is no browser to run them in."""

    findings: list[dict[str, Any]]
    examples: tuple[Check, ...] | None

    @property
    def is_good(self) -> bool:
        return all(one["level"] != "stop" for one in self.findings) and all(one.passed for one in self.examples or ())


def make(text: str, *, by: Actor, key: str = "", language: str = "", examples: str = "") -> Trial:
    """A tool from its description; lines with an arrow in it are examples, tried in a browser where there is one, and
    what fails is repaired at most twice. Nothing is stored. Raises Declined and other UserErrors."""
    idea, said = split(text)
    lines = "\n".join(filter(None, (said, examples)))
    return trying.make(idea, by=by, language=language or language_of(idea, "vi"), examples=lines, key=key)


def check(html: str, *, examples: str = "", language: str = "vi") -> Checked:
    """Static checks; in a browser where there is one, the examples."""
    return Checked(checks.static(html, language), trying.tried(html, examples) if examples.strip() else ())


def pattern_keys() -> list[str]:
    return [one.key for one in catalogue()]


def load_demo(folder: Path) -> int:
    """What is missing of the tools in `folder` → how many were added; no model is asked. Needs the demonstration's
    people."""
    return demo.load(folder)
