"""Reads of the ledger for its pages: with names instead of identifiers, and only of the actor's branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.domains.stewardship.reporting.periods import Period
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass

PAGE = 50
CALLS = ("begun", "refused")


@dataclass(frozen=True)
class Line:
    """One entry as a steward reads it."""

    call: gateway.Recorded
    person: str
    organisation: str


@dataclass(frozen=True)
class LedgerPage:
    """`earlier`: the number before which the next page begins; None on the last one."""

    lines: tuple[Line, ...]
    earlier: int | None
    person: str = ""


def ledger(by: Actor, wanted: dict[str, Any]) -> LedgerPage:
    """Entries of the organisation where the person works now and of all below it, the latest first. `wanted` is what
    forms.ledger.LedgerForm has cleaned."""
    found = gateway.entries(_filter(by, wanted), limit=PAGE + 1)
    lines = _lines(found[:PAGE])
    chosen = wanted.get("person")
    name = people.person_names([chosen]).get(chosen, "") if chosen else ""
    return LedgerPage(lines, lines[-1].call.seq if len(found) > PAGE else None, name)


def _filter(by: Actor, wanted: dict[str, Any]) -> gateway.Filter:
    zone, kind = timezone.get_current_timezone(), wanted.get("kind")
    since, until, data_class = wanted.get("since"), wanted.get("until"), wanted.get("data_class")
    place = wanted.get("organisation")
    return gateway.Filter(
        organisation_ids=people.organisations_below(by, place) if place else by.branch,
        kinds=CALLS if kind == "calls" else [kind] if kind else None,
        person_id=wanted.get("person"),
        since=Period(since, since).since(zone) if since else None,
        until=Period(until, until).until(zone) if until else None,
        before=wanted.get("before"),
        tool=wanted.get("tool") or None,
        data_class=None if data_class is None else DataClass(data_class),
        outcome=wanted.get("outcome") or None,
        decision=wanted.get("decision") or None,
        zone=wanted.get("zone") or None,
    )


def _lines(found: Sequence[gateway.Recorded]) -> tuple[Line, ...]:
    persons = people.person_names(call.person_id for call in found if call.person_id)
    organisations = people.organisation_names(call.organisation_id for call in found if call.organisation_id)
    return tuple(
        Line(call, persons.get(call.person_id, ""), organisations.get(call.organisation_id, ""))  # type: ignore[arg-type]
        for call in found
    )


def one(by: Actor, seq: int) -> Line | None:
    """None for an entry of an organisation that is not in the actor's branch, as for one that is not there."""
    found = gateway.entry(seq)
    if found is None or found.organisation_id not in by.branch:
        return None
    return _lines([found])[0]
