"""Reads of the policy: the matrix of an organisation, what was made stricter, and what would happen if."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import DataClass, Decision, Ruling, Tightening, Zone


@dataclass(frozen=True)
class Row:
    """A class with its decision in each zone, from the nearest to the furthest."""

    data_class: DataClass
    cells: Sequence[tuple[Zone, Decision]]


@dataclass(frozen=True)
class OwnRule:
    rule: Tightening
    organisation: str
    person: str


@dataclass(frozen=True)
class Part:
    """A stretch of a sample; `kind` names what would be hidden there."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Outcome:
    """What would happen to a sample: `said` is the class that was claimed, `seen` the one that it would have."""

    said: DataClass
    seen: DataClass
    zone: Zone
    decision: Decision
    parts: Sequence[Part]
    found: Mapping[str, int]
    marking: str
    sent: str

    @property
    def is_hidden(self) -> bool:
        return self.decision.decision == Ruling.PSEUDONYMISE


def matrix(policy: gateway.Policy) -> list[Row]:
    return [Row(one, [(zone, policy.cells[one, zone]) for zone in Zone]) for one in DataClass]


def own_rules(by: Actor) -> list[OwnRule]:
    """Of the branch, the latest first, also those that were withdrawn."""
    found = gateway.tightenings(by.branch)
    places = people.organisation_names(rule.organisation_id for rule in found)
    names = people.person_names(rule.person_id for rule in found if rule.person_id)
    return [OwnRule(rule, places[rule.organisation_id], _name(names, rule.person_id)) for rule in found]


def _name(names: Mapping[UUID, str], person_id: UUID | None) -> str:
    return names.get(person_id, "") if person_id else ""


def what_if(*, said: DataClass, zone: Zone, organisation_id: UUID, sample: str) -> Outcome:
    """Nothing is stored or sent. Raises gateway.DetectorFailed."""
    seen = gateway.inspect(sample)
    data_class = max(said, seen.data_class)
    decision = gateway.decide(data_class, zone, organisation_id)
    return Outcome(
        said=said,
        seen=data_class,
        zone=zone,
        decision=decision,
        parts=_parts(sample) if sample else (),
        found=seen.found,
        marking=seen.marking,
        sent=gateway.hidden(sample) if sample and decision.decision == Ruling.PSEUDONYMISE else "",
    )


def _parts(sample: str) -> list[Part]:
    parts, at = [], 0
    for found in gateway.scan(sample):
        parts += [Part(sample[at : found.start]), Part(sample[found.start : found.end], str(found.type))]
        at = found.end
    return [part for part in (*parts, Part(sample[at:])) if part.text]
