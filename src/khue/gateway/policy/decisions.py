"""What the policy says today, or on another day, to an organisation."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.policy import rules, tightenings
from khue.gateway.policy.rules import Decision, Policy
from khue.gateway.zones import Zone
from khue.kernel import clock


def decide(data_class: DataClass, zone: Zone, organisation_id: UUID | None = None, on: date | None = None) -> Decision:
    return by_zone(data_class, [zone], organisation_id, on)[zone]


def by_zone(
    data_class: DataClass, zones: Iterable[Zone], organisation_id: UUID | None, on: date | None = None
) -> dict[Zone, Decision]:
    day, book = on or clock.today(), rules.book()
    own = tightenings.in_force(organisation_id, day)
    return {zone: book.decide(data_class, zone, day, own) for zone in zones}


def policy(organisation_id: UUID | None = None, on: date | None = None) -> Policy:
    day = on or clock.today()
    return rules.book().policy(day, tightenings.in_force(organisation_id, day))
