"""What the policy says today, or on another day, to an organisation."""

from datetime import date
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.policy import rules
from khue.gateway.policy.rules import Decision, Policy
from khue.gateway.zones import Zone
from khue.kernel import clock


def decide(data_class: DataClass, zone: Zone, organisation_id: UUID | None = None, on: date | None = None) -> Decision:
    return rules.book().decide(data_class, zone, on or clock.today())


def policy(organisation_id: UUID | None = None, on: date | None = None) -> Policy:
    return rules.book().policy(on or clock.today())
