"""What the policy says, and organisations' own stricter rules."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.policy import decisions
from khue.gateway.policy import tightenings as own_rules
from khue.gateway.policy.rules import Decision, Policy, Ruling
from khue.gateway.policy.tightenings import Tightening
from khue.gateway.zones import Zone


def decide(data_class: DataClass, zone: Zone, organisation_id: UUID | None = None, on: date | None = None) -> Decision:
    """What would be done with a text of this class in this zone, on this day (today), for this organisation."""
    return decisions.decide(data_class, zone, organisation_id, on)


def policy(organisation_id: UUID | None = None, on: date | None = None) -> Policy:
    """The whole matrix."""
    return decisions.policy(organisation_id, on)


def tighten(
    *,
    organisation_id: UUID,
    data_class: DataClass,
    zone: Zone,
    decision: Ruling,
    reason: str,
    by: UUID | None,
    effective: date | None = None,
) -> Tightening:
    """Adds a rule for the organisation and all below it; goes into the ledger. Who may is for the caller to decide.
    Raises NotStricter where the policy is as strict already, NoReason."""
    return own_rules.tighten(
        organisation_id=organisation_id,
        data_class=data_class,
        zone=zone,
        decision=decision,
        reason=reason,
        by=by,
        effective=effective,
    )


def undo_tightening(tightening_id: UUID, *, organisation_ids: Collection[UUID], by: UUID | None) -> Tightening:
    """Raises LookupError where none of these organisations has it, AlreadyUndone; goes into the ledger."""
    return own_rules.undo(tightening_id, organisation_ids=organisation_ids, by=by)


def tightenings(organisation_ids: Collection[UUID]) -> list[Tightening]:
    """Of these organisations, the latest first, also what was undone."""
    return own_rules.listed(organisation_ids)
