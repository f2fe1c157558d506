"""Reads of the record of model calls, with names instead of identifiers."""

from dataclasses import dataclass
from datetime import datetime

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One call as a steward reads it."""

    call: gateway.Recorded
    person: str
    organisation: str


@dataclass(frozen=True)
class LedgerPage:
    """`earlier`: the time before which the next page begins; None on the last one."""

    lines: tuple[Line, ...]
    earlier: datetime | None


def ledger(by: Actor, *, before: datetime | None = None) -> LedgerPage:
    """Calls of the organisation where the person works now and of all below it, the latest first."""
    found = gateway.calls(organisation_ids=by.branch, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    persons = people.person_names(call.person_id for call in shown if call.person_id)
    organisations = people.organisation_names(call.organisation_id for call in shown if call.organisation_id)
    lines = tuple(
        Line(call, persons.get(call.person_id, ""), organisations.get(call.organisation_id, ""))  # type: ignore[arg-type]
        for call in shown
    )
    return LedgerPage(lines, shown[-1].at if len(found) > PAGE else None)
