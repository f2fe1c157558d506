"""Govern › People."""

import re

import pytest

from khue.domains.people.actions import accounts, memberships
from khue.domains.people.models import Membership, Person
from khue.domains.people.rules import Role
from khue.domains.people.tests.cast import Cast


def test_the_list_holds_ones_own_people_only(cast: Cast, client):
    client.force_login(cast.chi)
    page = client.get("/govern/people/").content.decode()
    assert "Nguyễn Thị An" in page
    assert "Đỗ Minh Hải" not in page


@pytest.mark.parametrize("search", ["nguyen an", "Nguyễn", "AN@khue", "thi an"])
def test_people_are_found_without_accents_in_any_order(cast: Cast, client, search: str):
    client.force_login(cast.chi)
    found = client.get("/govern/people/", {"q": search}, headers={"HX-Request": "true", "HX-Target": "people"})
    page = found.content.decode()
    assert "Nguyễn Thị An" in page and "Trần Văn Bình" not in page
    assert "<html" not in page


def test_dao_is_found_by_d(cast: Cast, client):
    Person.objects.filter(pk=cast.an.pk).get()
    cast.an.full_name = "Đào Thị Ân"
    cast.an.save()
    client.force_login(cast.chi)
    assert "Đào Thị Ân" in client.get("/govern/people/", {"q": "dao an"}).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(cast: Cast, client, django_assert_max_num_queries):
    for number in range(40):
        person = Person.objects.create(username=f"lop-{number}", full_name=f"Học viên {number}")
        for role in (Role.PARTICIPANT, Role.LECTURER):
            memberships.grant(by=None, person=person, organisation=cast.hcm, role=role)
    client.force_login(cast.chi)
    with django_assert_max_num_queries(12):
        page = client.get("/govern/people/").content.decode()
    assert "page=2" in page


def test_a_new_account_shows_its_password_once(cast: Cast, client):
    client.force_login(cast.chi)
    given = {
        "full_name": "Đặng Ngọc Lan",
        "username": "lan",
        "email": "",
        "organisation": cast.hcm.pk,
        "role": "participant",
    }
    made = client.post("/govern/people/new/", given)
    password = re.search(r'id="temporary-password">([^<]+)<', made.content.decode())[1]
    lan = Person.objects.get(username="lan")
    assert lan.check_password(password)
    assert "no-store" in made.headers["Cache-Control"]
    assert password not in client.get(f"/govern/people/{lan.pk}/").content.decode()


def test_a_coordinator_is_not_offered_higher_roles(cast: Cast, client):
    client.force_login(cast.chi)
    page = client.get("/govern/people/new/").content.decode()
    assert 'value="lecturer"' in page and 'value="administrator"' not in page


def test_a_forged_role_is_refused(cast: Cast, client):
    client.force_login(cast.chi)
    client.post(f"/govern/people/{cast.an.pk}/roles/", {"organisation": cast.hcm.pk, "role": "administrator"})
    assert not Membership.objects.filter(person=cast.an, role=Role.ADMINISTRATOR).exists()


def test_a_role_in_another_organisation_is_not_shown(cast: Cast, client):
    memberships.grant(by=None, person=cast.an, organisation=cast.province, role=Role.LECTURER)
    client.force_login(cast.giang)
    page = client.get(f"/govern/people/{cast.an.pk}/").content.decode()
    assert "Sông Thanh" not in page


def test_a_membership_of_another_person_is_not_revoked_through_this_one(cast: Cast, client):
    of_binh = Membership.objects.get(person=cast.binh)
    client.force_login(cast.giang)
    assert client.post(f"/govern/people/{cast.an.pk}/roles/{of_binh.pk}/revoke/").status_code == 404


def test_a_refusal_is_said_on_the_page(cast: Cast, client):
    client.force_login(cast.giang)
    cast.giang.language = "en"
    cast.giang.save()
    own = Membership.objects.get(person=cast.giang)
    page = client.post(f"/govern/people/{cast.giang.pk}/roles/{own.pk}/revoke/", follow=True).content.decode()
    assert "last administrator" in page


def test_closing_and_opening_again(cast: Cast, client):
    client.force_login(cast.chi)
    client.post(f"/govern/people/{cast.an.pk}/deactivate/")
    assert not Person.objects.get(pk=cast.an.pk).is_active
    client.post(f"/govern/people/{cast.an.pk}/reactivate/")
    assert Person.objects.get(pk=cast.an.pk).is_active


def test_an_account_without_any_role_gets_help_instead_of_an_error(cast: Cast, client):
    made = accounts.create(by=None, username="lan", full_name="Lan", organisation=cast.hcm, roles=[])
    Person.objects.filter(pk=made.person.pk).update(password_expires_at=None)
    client.force_login(made.person)
    page = client.get("/govern/people/")
    assert page.status_code == 403
    assert "account/logout" in page.content.decode() or "accounts/logout" in page.content.decode()
