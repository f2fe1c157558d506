"""A named cast: An is a steward at the head office, Bình a participant at a campus, Chi belongs to another academy."""

import pytest

from khue.domains.knowledge.actions import collections
from khue.domains.people.api import Role, actor_of
from khue.domains.people.models import Membership, Organisation, Person


@pytest.fixture
def academy(db):
    return Organisation.objects.create(slug="hv", kind="academy", names={"vi": "Học viện"}, path="hv/")


@pytest.fixture
def campus(academy):
    return Organisation.objects.create(
        slug="hue", kind="campus", names={"vi": "Cơ sở Huế"}, path="hv/hue/", parent=academy
    )


@pytest.fixture
def elsewhere(db):
    return Organisation.objects.create(slug="khac", kind="academy", names={"vi": "Trường khác"}, path="khac/")


def _actor(username, organisation, role):
    person = Person.objects.create(username=username, full_name=username.title())
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return actor_of(person.pk)


@pytest.fixture
def an(academy):
    return _actor("an", academy, Role.STEWARD)


@pytest.fixture
def binh(campus):
    return _actor("binh", campus, Role.PARTICIPANT)


@pytest.fixture
def chi(elsewhere):
    return _actor("chi", elsewhere, Role.ADMINISTRATOR)


@pytest.fixture
def library(an):
    return collections.create(by=an, name="Thư viện")
