"""Accounts made, closed and given new passwords by those who may."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError

from khue.domains.people import api
from khue.domains.people.actions import accounts, memberships
from khue.domains.people.models import Change, ChangeKind, Membership, Person
from khue.domains.people.rules import Role
from khue.domains.people.tests.cast import Cast
from khue.kernel.errors import NotAllowed


def new_account(cast: Cast, username: str = "lan", **more: str) -> accounts.NewAccount:
    return accounts.create(
        by=api.actor_of(cast.chi.pk),
        username=username,
        full_name="Đặng Ngọc Lan",
        organisation=cast.hcm,
        roles=[Role.PARTICIPANT],
        **more,
    )


def test_a_new_account_opens_with_its_temporary_password(cast: Cast):
    made = new_account(cast)
    person = Person.objects.get(username="lan")
    assert person.check_password(made.password)
    assert person.password_expires_at is not None
    assert api.actor_of(person.pk).roles == {Role.PARTICIPANT}


def test_passwords_are_not_guessable_from_each_other(cast: Cast):
    assert new_account(cast, "lan").password != new_account(cast, "lan2").password


@pytest.mark.parametrize("username", ["an", "AN"])
def test_a_username_belongs_to_one_account(cast: Cast, username: str):
    with pytest.raises(accounts.NameTaken):
        new_account(cast, username)


def test_an_address_belongs_to_one_account(cast: Cast):
    with pytest.raises(accounts.NameTaken):
        new_account(cast, email="AN@khue-van.example")


def test_the_database_too_keeps_names_apart(cast: Cast):
    with pytest.raises(IntegrityError):
        Person.objects.create(username="An")


def test_nothing_remains_of_an_account_whose_role_was_refused(cast: Cast):
    with pytest.raises(NotAllowed):
        accounts.create(
            by=api.actor_of(cast.chi.pk),
            username="lan",
            full_name="Đặng Ngọc Lan",
            organisation=cast.hcm,
            roles=[Role.ADMINISTRATOR],
        )
    assert not Person.objects.filter(username="lan").exists()


def test_a_closed_account_is_out_at_once(cast: Cast, client):
    client.force_login(cast.an)
    accounts.deactivate(by=api.actor_of(cast.chi.pk), person=cast.an)
    assert client.get("/account/").status_code == 302
    assert Change.objects.filter(kind=ChangeKind.ACCOUNT_DEACTIVATED, person=cast.an, by=cast.chi).exists()


def test_a_new_password_ends_every_session(cast: Cast, client):
    client.force_login(cast.an)
    accounts.reset_password(by=api.actor_of(cast.chi.pk), person=cast.an)
    assert client.get("/account/").status_code == 302


def test_a_coordinator_does_not_open_the_administrators_account(cast: Cast):
    """A new password would be a way to every right of that account."""
    with pytest.raises(NotAllowed):
        accounts.reset_password(by=api.actor_of(cast.chi.pk), person=cast.giang)


def test_an_account_with_roles_elsewhere_is_beyond_reach(cast: Cast):
    memberships.grant(by=None, person=cast.an, organisation=cast.province, role=Role.PARTICIPANT)
    for act in (accounts.reset_password, accounts.deactivate, accounts.remove_second_step):
        with pytest.raises(NotAllowed):
            act(by=api.actor_of(cast.giang.pk), person=cast.an)


def test_nobody_closes_their_own_account(cast: Cast):
    with pytest.raises(accounts.OwnAccount):
        accounts.deactivate(by=api.actor_of(cast.giang.pk), person=cast.giang)


def test_the_last_administrator_is_not_closed(cast: Cast):
    memberships.grant(by=None, person=cast.binh, organisation=cast.academy, role=Role.ADMINISTRATOR)
    accounts.deactivate(by=api.actor_of(cast.giang.pk), person=cast.binh)
    with pytest.raises(memberships.LastAdministrator):
        accounts.deactivate(by=None, person=cast.giang)


def test_a_lost_telephone_is_forgotten(cast: Cast):
    Authenticator.objects.create(user=cast.an, type=Authenticator.Type.TOTP, data={"secret": "x"})
    accounts.remove_second_step(by=api.actor_of(cast.chi.pk), person=cast.an)
    assert not Authenticator.objects.filter(user=cast.an).exists()


def test_somebody_without_any_role_left_stays_in_reach(cast: Cast, client):
    memberships.revoke(by=None, membership=Membership.objects.get(person=cast.an))
    client.force_login(cast.chi)
    assert "Nguyễn Thị An" in client.get("/govern/people/").content.decode()


def test_somebody_who_went_to_another_organisation_is_out_of_sight(cast: Cast, client):
    memberships.grant(by=None, person=cast.an, organisation=cast.province, role=Role.PARTICIPANT)
    memberships.revoke(by=None, membership=Membership.objects.get(person=cast.an, organisation=cast.hcm))
    client.force_login(cast.chi)
    assert client.get(f"/govern/people/{cast.an.pk}/").status_code == 404
