"""Checks of a version: examples that run in its frame, findings in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.prototypes import checking
from khue.domains.prototypes import examples as acceptance
from khue.domains.prototypes.assembling import insert
from khue.domains.prototypes.models import Version

LEVELS = {"stop": gettext_lazy("Must be changed"), "warn": gettext_lazy("Look at it"), "note": gettext_lazy("Note")}
# in the frame: the page around sends one example, and hears what came of it
ANSWER = 'addEventListener("khue:run", async (event) => khue.results([await khueHarness.one(event.detail)]));'


def examples_of(version: Version) -> tuple[acceptance.Example, ...]:
    """Those lines that can be read, for the fields that this version has."""
    named = acceptance.labels(version.html)
    found: list[acceptance.Example] = []
    for line in version.tool.examples.splitlines():
        try:
            found += acceptance.read(line, named)
        except acceptance.UnreadableExample:
            continue
    return tuple(found)


def unreadable(text: str) -> list[str]:
    """Lines that say no result."""
    bad = []
    for line in text.splitlines():
        try:
            acceptance.read(line)
        except acceptance.UnreadableExample as error:
            bad.append(error.line)
    return bad


def unread() -> str:
    return _("This says no result: write what is entered → what must be seen.")


def tried(version: Version) -> str:
    """The file with what runs examples in it, for frames that nobody sees."""
    return insert(version.html, f"{acceptance.harness()}\n{ANSWER}")


def detail(outcome: Mapping[str, Any]) -> str:
    """What went wrong, in words."""
    kind, _sign, rest = str(outcome.get("problem", "")).partition(":")
    seen = str(outcome.get("seen", "")).strip()[:160]
    if kind == "field":
        return _("There is no field “%(name)s”.") % {"name": rest.strip()}
    if kind == "button":
        return _("There is no button “%(name)s”.") % {"name": rest.strip()}
    if kind == "hung":
        return _("The tool did not answer any more: it is caught in a loop.")
    if kind == "error":
        return _("An error in the tool: %(what)s") % {"what": "; ".join(map(str, outcome.get("faults", [])))[:200]}
    if kind == "absent":
        return _("It is shown although it must not be.")
    return _("Shown instead: %(seen)s") % {"seen": seen} if seen else _("Nothing of the kind is shown.")


def static(html: str, language: str) -> list[dict[str, Any]]:
    """What is seen without running it, for storing."""
    return [asdict(one) for one in checking.static(html, language=language)]


def findings(stored: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    order = list(LEVELS)
    told = [{**one, "label": LEVELS.get(str(one["level"]), one["level"])} for one in stored]
    return sorted(told, key=lambda one: order.index(one["level"]) if one["level"] in order else len(order))
