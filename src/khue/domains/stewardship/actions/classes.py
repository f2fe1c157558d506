"""A class falls only here: a steward's decision with a reason, signed, and on the ledger before it holds."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor
from khue.domains.stewardship.models import ClassDecision
from khue.domains.stewardship.permissions import check_can_decide, check_is_of_others
from khue.domains.stewardship.rules import HOLDERS, Raised, statement
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass
from khue.kernel import clock
from khue.kernel.errors import UserError
from khue.kernel.models import uuid7

SHORTEST_REASON = 20


class NoReason(UserError):
    def __init__(self) -> None:
        super().__init__(_("Say in a sentence why; the reason stands in the record for good. Nothing was changed."))


class NotLower(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("A decision can only lower the class, and not below that of its collection. Nothing was changed.")
        )


class AlreadyUndone(UserError):
    def __init__(self) -> None:
        super().__init__(_("This decision no longer holds: it was undone, or a later one took its place."))


def lower(*, by: Actor, thing: Raised, to: DataClass, reason: str) -> ClassDecision:
    """Raises NotAllowed, NoReason, NotLower; then nothing has changed and nothing is on record."""
    check_can_decide(by)
    check_is_of_others(by, thing.brought_by)
    if not thing.floor <= to < thing.current:
        raise NotLower
    with transaction.atomic():
        HOLDERS[thing.kind].settle(thing.id, to)
        return _signed(by, thing, before=thing.current, after=to, reason=reason)


def undo(*, by: Actor, thing: Raised, decision: ClassDecision, reason: str) -> ClassDecision:
    """The class is again what the text demands. Raises NotAllowed, NoReason, AlreadyUndone."""
    check_can_decide(by)
    latest = ClassDecision.objects.filter(kind=thing.kind, thing_id=thing.id).first()
    if decision.undoes_id or latest is None or latest.pk != decision.pk:
        raise AlreadyUndone
    with transaction.atomic():
        after = HOLDERS[thing.kind].settle(thing.id, None)
        return _signed(by, thing, before=thing.current, after=after, reason=reason, undoes=decision)


def _signed(
    by: Actor,
    thing: Raised,
    *,
    before: DataClass,
    after: DataClass,
    reason: str,
    undoes: ClassDecision | None = None,
) -> ClassDecision:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    decision = uuid7()
    said = statement(
        decision=decision,
        undoes=undoes.pk if undoes else None,
        kind=thing.kind,
        thing=thing.id,
        organisation=thing.organisation_id,
        by=by.person_id,
        before=before,
        after=after,
        found=thing.found,
        reason=reason.strip(),
        at=clock.now(),
    )
    return ClassDecision.objects.create(
        id=decision,
        kind=thing.kind,
        thing_id=thing.id,
        title=thing.title[:1000],
        organisation_id=thing.organisation_id,
        by_id=by.person_id,
        before=before,
        after=after,
        reason=reason.strip(),
        undoes=undoes,
        note=gateway.signed(said + "\n"),
        entry=_on_record(by, thing, decision, before, after, said),
    )


def _on_record(by: Actor, thing: Raised, decision: UUID, before: DataClass, after: DataClass, said: str) -> int:
    """The ledger holds for good, so it holds the digest of the reason and not its words."""
    return gateway.record(
        "class",
        decision_id=decision,
        thing=thing.id,
        thing_kind=thing.kind,
        organisation=thing.organisation_id,
        person=by.person_id,
        data_class=after,
        class_before=before,
        statement_digest=hashlib.sha256(f"{said}\n".encode()).hexdigest(),
    )
