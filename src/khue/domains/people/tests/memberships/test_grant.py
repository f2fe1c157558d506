"""Roles are given and taken away by those who may, and both stay on record."""

import pytest

from khue.domains.people import api
from khue.domains.people.actions import memberships
from khue.domains.people.models import Change, ChangeKind, Membership
from khue.domains.people.rules import Role
from khue.domains.people.tests.cast import Cast
from khue.kernel.errors import NotAllowed


def test_who_gave_a_role_is_on_record(cast: Cast):
    given = memberships.grant(by=api.actor_of(cast.giang.pk), person=cast.an, organisation=cast.hcm, role=Role.LECTURER)
    assert given.granted_by_id == cast.giang.pk
    change = Change.objects.get(kind=ChangeKind.ROLE_GRANTED, by=cast.giang)
    assert (change.person, change.organisation, change.detail) == (cast.an, cast.hcm, "lecturer")


def test_a_role_is_given_once(cast: Cast):
    for _time in range(2):
        memberships.grant(by=None, person=cast.an, organisation=cast.hcm, role=Role.LECTURER)
    assert Membership.objects.filter(person=cast.an, role=Role.LECTURER).count() == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR])
def test_a_coordinator_gives_no_higher_role(cast: Cast, role: Role):
    with pytest.raises(NotAllowed):
        memberships.grant(by=api.actor_of(cast.chi.pk), person=cast.an, organisation=cast.hcm, role=role)


def test_nobody_gives_a_role_in_another_organisation(cast: Cast):
    with pytest.raises(NotAllowed):
        memberships.grant(
            by=api.actor_of(cast.giang.pk), person=cast.an, organisation=cast.province, role=Role.PARTICIPANT
        )


def test_a_revoked_role_stays_on_record_and_can_be_given_again(cast: Cast):
    giang, old = api.actor_of(cast.giang.pk), Membership.objects.get(person=cast.an)
    memberships.revoke(by=giang, membership=old)
    old.refresh_from_db()
    assert old.revoked_by_id == cast.giang.pk and old.revoked_at is not None
    new = memberships.grant(by=giang, person=cast.an, organisation=cast.hcm, role=Role.PARTICIPANT)
    assert new.pk != old.pk


def test_the_last_administrator_stays(cast: Cast):
    own = Membership.objects.get(person=cast.giang)
    with pytest.raises(memberships.LastAdministrator):
        memberships.revoke(by=api.actor_of(cast.giang.pk), membership=own)
    memberships.grant(by=None, person=cast.binh, organisation=cast.academy, role=Role.ADMINISTRATOR)
    memberships.revoke(by=api.actor_of(cast.giang.pk), membership=own)
    assert Membership.objects.current().get(role=Role.ADMINISTRATOR, organisation=cast.academy).person == cast.binh


def test_a_campus_may_lose_its_administrator_while_the_academy_has_one(cast: Cast):
    local = memberships.grant(by=None, person=cast.binh, organisation=cast.hcm, role=Role.ADMINISTRATOR)
    memberships.revoke(by=api.actor_of(cast.giang.pk), membership=local)
    assert local.revoked_at is not None
