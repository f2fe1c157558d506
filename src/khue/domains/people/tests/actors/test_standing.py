"""What follows from the roles that somebody holds."""

import pytest

from khue.domains.people import api
from khue.domains.people.actions import memberships, preferences
from khue.domains.people.models import Membership, Organisation, Person
from khue.domains.people.rules import Role, ancestors
from khue.domains.people.tests.cast import Cast


def test_a_role_holds_in_everything_below(cast: Cast):
    chi = api.actor_of(cast.chi.pk)
    assert chi.is_a(Role.COORDINATOR)
    assert {cast.academy.pk, cast.hcm.pk, cast.ha_noi.pk} <= chi.organisations
    assert cast.province.pk not in chi.organisations


def test_a_role_holds_nowhere_above(cast: Cast):
    an = api.actor_of(cast.an.pk)
    assert an.organisations == {cast.hcm.pk}
    assert an.above == {cast.academy.pk}


def test_roles_are_those_of_the_place_where_one_works_now(cast: Cast):
    memberships.grant(by=None, person=cast.an, organisation=cast.province, role=Role.LECTURER)
    assert api.actor_of(cast.an.pk).roles == {Role.PARTICIPANT}
    preferences.work_in(by=api.actor_of(cast.an.pk), organisation=cast.province)
    moved = api.actor_of(cast.an.pk)
    assert (moved.organisation_id, moved.roles) == (cast.province.pk, {Role.LECTURER})
    assert moved.branch.isdisjoint({cast.hcm.pk, cast.academy.pk})


def test_a_name_that_begins_alike_is_not_below(cast: Cast):
    """The path "khue-van/" must not take in "khue-van-2/"."""
    Organisation.objects.create(slug="khue-van-2", path="khue-van-2/", kind="academy", names={"vi": "Khác"})
    assert api.organisation_id("khue-van-2") not in api.actor_of(cast.chi.pk).organisations


def test_a_revoked_role_is_no_role(cast: Cast):
    memberships.revoke(by=None, membership=Membership.objects.get(person=cast.an))
    with pytest.raises(api.NoMembership):
        api.actor_of(cast.an.pk)


def test_somebody_unknown_is_nobody(cast: Cast):
    with pytest.raises(Person.DoesNotExist):
        api.actor_of(cast.academy.pk)


def test_the_operator_is_the_first_administrator_unless_named(cast: Cast):
    assert api.operator().person_id == cast.giang.pk
    assert api.operator("Binh").person_id == cast.binh.pk


def test_an_actor_costs_four_queries_however_many_organisations(cast: Cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        api.actor_of(cast.an.pk)


def test_the_paths_above():
    assert ancestors("a/b/c/") == ["a/", "a/b/"]
    assert ancestors("a/") == []
