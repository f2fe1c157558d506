"""What organisations add: stricter than the policy, never looser, and inherited by all below them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from khue.gateway import ledger
from khue.gateway.classes import DataClass
from khue.gateway.models import Tightening as Row
from khue.gateway.policy import rules
from khue.gateway.policy.rules import LANGUAGES, Rule, Ruling
from khue.gateway.zones import Zone
from khue.kernel import clock
from khue.kernel.errors import UserError

NAMES = {
    Ruling.ALLOW: _("sent as it is"),
    Ruling.PSEUDONYMISE: _("sent under pseudonyms"),
    Ruling.DENY: _("not sent"),
}
# like those of the rules in the file
TITLES = {
    "vi": "Quy tắc riêng của cơ quan",
    "en": "Own rule of the organisation",
    "fr": "Règle propre à l’organisation",
}
REMEDIES = {
    "vi": "Hãy chọn mô hình khác hoặc hỏi cán bộ phụ trách dữ liệu của cơ quan.",
    "en": "Choose another model, or ask your institution’s data steward.",
    "fr": "Choisissez un autre modèle ou adressez-vous au responsable des données de votre institution.",
}


class NotStricter(UserError):
    """`decision`: what the policy already says for this cell."""

    def __init__(self, decision: Ruling) -> None:
        super().__init__(
            _("Your organisation may make the policy stricter, never looser: here it already says “%(decision)s”.")
        )
        self.decision = decision

    def __str__(self) -> str:
        return str(self.message) % {"decision": NAMES[self.decision]}


class NoReason(UserError):
    def __init__(self) -> None:
        super().__init__(_("Please give the reason; it is shown to everyone whom the rule concerns."))


class AlreadyUndone(UserError):
    def __init__(self) -> None:
        super().__init__(_("This rule has been withdrawn already."))


@dataclass(frozen=True)
class Tightening:
    """`undone`: the first day on which it no longer applies."""

    id: UUID
    organisation_id: UUID
    data_class: DataClass
    zone: Zone
    decision: Ruling
    reason: str
    effective: date
    person_id: UUID | None
    undone: date | None
    undone_by: UUID | None


def in_force(organisation_id: UUID | None, on: date) -> list[Rule]:
    """Of the organisation and of all above it, the highest first."""
    known = Row.objects.filter(Q(undone=None) | Q(undone__gt=on), effective__lte=on)
    if organisation_id is None or not known.exists():
        return []
    lineage: Callable[[UUID], list[UUID]] = import_string(settings.ORGANISATION_LINEAGE)
    order = {organisation: at for at, organisation in enumerate(lineage(organisation_id))}
    rows = known.filter(organisation_id__in=order)
    return [_rule(row) for row in sorted(rows, key=lambda row: order[row.organisation_id])]


@transaction.atomic
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
    """Raises NotStricter unless it changes something on that day, NoReason. On record in the ledger."""
    day = effective or clock.today()
    now = rules.book().decide(data_class, zone, day, in_force(organisation_id, day)).decision
    if decision.strictness <= now.strictness:
        raise NotStricter(now)
    if not reason.strip():
        raise NoReason
    row = Row.objects.create(
        organisation_id=organisation_id,
        data_class=data_class,
        zone=zone,
        decision=decision,
        reason=reason.strip(),
        effective=day,
        person_id=by,
    )
    _record(row, "tightened", by)
    return _tightening(row)


@transaction.atomic
def undo(tightening_id: UUID, *, organisation_ids: Collection[UUID], by: UUID | None) -> Tightening:
    """From today on, or before it has begun. Raises LookupError where none of these organisations has it,
    AlreadyUndone."""
    row = Row.objects.select_for_update().filter(pk=tightening_id, organisation_id__in=organisation_ids).first()
    if row is None:
        raise LookupError(tightening_id)
    if row.undone:
        raise AlreadyUndone
    row.undone, row.undone_by = max(clock.today(), row.effective), by
    row.save(update_fields=["undone", "undone_by", "updated_at"])
    _record(row, "undone", by)
    return _tightening(row)


def listed(organisation_ids: Collection[UUID]) -> list[Tightening]:
    """Also what was undone, the latest first."""
    rows: QuerySet[Row] = Row.objects.filter(organisation_id__in=organisation_ids)
    return [_tightening(row) for row in rows]


def _record(row: Row, action: str, by: UUID | None) -> None:
    ledger.record(
        "policy",
        action=action,
        tool="policy",
        person=by,
        organisation=row.organisation_id,
        data_class=DataClass(row.data_class),
        zone=row.zone,
        decision=row.decision,
        rule=_name(row),
        effective=row.effective.isoformat(),
        undone=row.undone.isoformat() if row.undone else None,
        reason=row.reason,
        policy=rules.book().version,
    )


def _name(row: Row) -> str:
    return f"organisation-{row.pk}"


def _rule(row: Row) -> Rule:
    return Rule(
        id=_name(row),
        kind="organisation",
        classes=frozenset([DataClass(row.data_class)]),
        zones=frozenset([Zone(row.zone)]),
        decision=Ruling(row.decision),
        effective=row.effective,
        until=row.undone,
        titles=TITLES,
        reasons=dict.fromkeys(LANGUAGES, row.reason),
        remedies=REMEDIES,
        organisation_id=row.organisation_id,
    )


def _tightening(row: Row) -> Tightening:
    return Tightening(
        id=row.pk,
        organisation_id=row.organisation_id,
        data_class=DataClass(row.data_class),
        zone=Zone(row.zone),
        decision=Ruling(row.decision),
        reason=row.reason,
        effective=row.effective,
        person_id=row.person_id,
        undone=row.undone,
        undone_by=row.undone_by,
    )
