"""An entry of the register is asked for by who builds, and decided, signed and on the ledger, by a data steward."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor
from khue.domains.stewardship.models import UseCase, UseCaseState
from khue.domains.stewardship.permissions import check_can_decide, check_is_not_asker
from khue.domains.stewardship.rules import UseCaseFacts
from khue.gateway import api as gateway
from khue.kernel import clock
from khue.kernel.errors import UserError

SHORTEST_REASON = 20


class NoReason(UserError):
    def __init__(self) -> None:
        super().__init__(_("Say in a sentence why; the reason stands in the register. Nothing was changed."))


class DecidedAlready(UserError):
    def __init__(self) -> None:
        super().__init__(_("This entry has been decided already; it can be decided again when it is changed."))


@transaction.atomic
def ask(*, by: Actor | None, organisation_id: UUID, facts: UseCaseFacts) -> UseCase:
    """Asks for a decision. The same words again change nothing; other words need a new decision."""
    found = UseCase.objects.select_for_update().filter(kind=facts.kind, thing_id=facts.thing_id).first()
    if found and found.digest == facts.digest:
        return found
    entry = found or UseCase(kind=facts.kind, thing_id=facts.thing_id)
    for name, value in asdict(facts).items():
        setattr(entry, name, value)
    entry.organisation_id, entry.asked_by_id = organisation_id, by.person_id if by else None
    entry.state, entry.decided_by, entry.decided_at = UseCaseState.ASKED, None, None
    entry.reason, entry.note, entry.entry, entry.digest = "", "", 0, facts.digest
    entry.save()
    return entry


@transaction.atomic
def decide(*, by: Actor, use_case: UseCase, approve: bool, reason: str) -> UseCase:
    """Raises NotAllowed, NoReason, DecidedAlready; then nothing is on record."""
    check_can_decide(by)
    check_is_not_asker(by, use_case.asked_by_id)
    entry = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if entry.state != UseCaseState.ASKED or entry.digest != use_case.digest:
        raise DecidedAlready
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    entry.state = UseCaseState.APPROVED if approve else UseCaseState.REFUSED
    entry.decided_by_id, entry.decided_at, entry.reason = by.person_id, clock.now(), reason.strip()
    entry.note = gateway.signed(_statement(entry) + "\n")
    entry.entry = gateway.record(
        "use case",
        use_case=entry.pk,
        thing=entry.thing_id,
        thing_kind=entry.kind,
        organisation=entry.organisation_id,
        person=by.person_id,
        data_class=gateway.DataClass(entry.data_class),
        decision=str(entry.state),
        statement_digest=hashlib.sha256(f"{_statement(entry)}\n".encode()).hexdigest(),
    )
    entry.save()
    return entry


def forget(organisation_ids: Collection[UUID]) -> None:
    """What a rehearsal asked for; the ledger keeps what was decided."""
    UseCase.objects.filter(organisation__in=organisation_ids).delete()


def _statement(entry: UseCase) -> str:
    facts = {
        "about": "use case",
        "use_case": str(entry.pk),
        "kind": entry.kind,
        "thing": str(entry.thing_id),
        "words": entry.digest,
        "organisation": str(entry.organisation_id),
        "by": str(entry.decided_by_id),
        "decision": str(entry.state),
        "reason": entry.reason,
        "at": entry.decided_at.isoformat() if entry.decided_at else "",
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
