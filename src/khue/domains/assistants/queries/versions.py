"""Versions of an assistant, and what differs between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from khue.domains.assistants.models import Assistant, Run, RunState, Version


@dataclass(frozen=True)
class Shown:
    version: Version
    run: Run | None
    is_published: bool
    is_draft: bool


def of(assistant: Assistant) -> list[Shown]:
    """The latest first, each with its latest finished test."""
    digest = assistant.definition.digest
    runs: dict[Any, Run] = {}
    for run in Run.objects.filter(version__assistant=assistant, state=RunState.DONE).order_by("created_at"):
        runs[run.version_id] = run
    return [
        Shown(one, runs.get(one.pk), one.pk == assistant.published_id, one.digest == digest)
        for one in assistant.versions.select_related("made_by")
    ]


@dataclass(frozen=True)
class Difference:
    """`place` as the file names it: "handover.contact.phone"."""

    place: str
    first: str
    second: str


def differences(first: Version, second: Version) -> list[Difference]:
    one, other = dict(_flat(first.definition)), dict(_flat(second.definition))
    places = dict.fromkeys([*one, *other])
    return [
        Difference(place, one.get(place, ""), other.get(place, ""))
        for place in places
        if one.get(place, "") != other.get(place, "")
    ]


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "id":
                yield from _flat(part, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        lines = [str(one.get("title", one)) if isinstance(one, dict) else str(one) for one in value]
        yield place, "\n".join(lines)
    else:
        yield place, "" if value is None else str(value)
