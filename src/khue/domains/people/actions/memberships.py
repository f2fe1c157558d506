"""Roles given and taken away; the row of a revoked role stays as its record."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions.record import record
from khue.domains.people.models import ChangeKind, Membership, Organisation, Person
from khue.domains.people.permissions import can_grant
from khue.domains.people.rules import Actor, Holding, Role, ancestors
from khue.kernel.errors import NotAllowed, UserError


class LastAdministrator(UserError):
    """Nobody would be left to look after the organisation."""


@transaction.atomic
def grant(*, by: Actor | None, person: Person, organisation: Organisation, role: Role) -> Membership:
    """Gives the role once; a second time changes nothing. `by=None`: the operator at the server's own console."""
    _check(by, Holding(organisation.pk, role))
    membership, made = Membership.objects.get_or_create(
        person=person,
        organisation=organisation,
        role=role,
        revoked_at=None,
        defaults={"granted_by_id": by.person_id if by else None},
    )
    if made:
        record(ChangeKind.ROLE_GRANTED, by=by, person=person, organisation=organisation, detail=role)
    return membership


@transaction.atomic
def revoke(*, by: Actor | None, membership: Membership) -> None:
    _check(by, membership.holding)
    # locked, so that two administrators cannot take each other's role away at the same moment
    list(Organisation.objects.select_for_update().filter(path__in=_lineage(membership.organisation)).order_by("pk"))
    if membership.role == Role.ADMINISTRATOR and not is_another_administrator_of(membership):
        raise LastAdministrator(
            _("This is the last administrator of %(organisation)s. Give the role to somebody else first.")
            % {"organisation": membership.organisation}
        )
    membership.revoked_at = timezone.now()
    membership.revoked_by_id = by.person_id if by else None
    membership.save(update_fields=["revoked_at", "revoked_by", "updated_at"])
    person, organisation = membership.person, membership.organisation
    record(ChangeKind.ROLE_REVOKED, by=by, person=person, organisation=organisation, detail=membership.role)


def is_another_administrator_of(membership: Membership) -> bool:
    """At the organisation or above it, with an active account of somebody else."""
    others = Membership.objects.current().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    above = others.filter(organisation__path__in=_lineage(membership.organisation))
    return above.exclude(person=membership.person_id).exists()


def _lineage(organisation: Organisation) -> list[str]:
    return [*ancestors(organisation.path), organisation.path]


def _check(by: Actor | None, holding: Holding) -> None:
    if by is not None and not can_grant(by, holding):
        raise NotAllowed(_("You may not give or take away this role here. Ask an administrator of the organisation."))
