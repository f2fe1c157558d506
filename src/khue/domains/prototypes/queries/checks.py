"""Checks of a version: examples that run in its frame, findings in plain words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from khue.domains.prototypes import examples as acceptance
from khue.domains.prototypes.assembling import insert
from khue.domains.prototypes.models import Version

LEVELS = {"stop": _("Must be changed"), "warn": _("Look at it"), "note": _("Note")}


def examples_of(version: Version) -> tuple[Any, ...]:
    """What the tool's examples say, read for the fields that this version has."""
    text = version.tool.examples
    return tuple(acceptance.read(text, acceptance.labels(version.html))) if text.strip() else ()


def with_harness(version: Version) -> str:
    """The file with what runs its examples, for the frame; without examples the file itself."""
    held = examples_of(version)
    return insert(version.html, acceptance.harness(held)) if held else version.html


def findings(stored: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    order = list(LEVELS)
    told = [{**one, "label": LEVELS.get(str(one["level"]), one["level"])} for one in stored]
    return sorted(told, key=lambda one: order.index(one["level"]) if one["level"] in order else len(order))
