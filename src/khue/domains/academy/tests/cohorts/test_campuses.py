"""A campus in a cohort that another place runs: its coordinator finds it and says where its people sit."""

import pytest
from django.test import Client
from django.urls import reverse

from khue.domains.academy.actions import sessions
from khue.domains.people.api import Role, actor_of
from khue.domains.people.models import Membership
from khue.kernel.errors import NotAllowed


@pytest.fixture
def campus(cast) -> Client:
    """Bình, coordinator at Hồ Chí Minh City and nowhere else."""
    Membership.objects.filter(person=cast.binh).delete()
    Membership.objects.create(person=cast.binh, organisation=cast.hcm, role=Role.COORDINATOR)
    client = Client()
    client.force_login(cast.binh, backend="khue.domains.people.adapters.PasswordBackend")
    return client


def test_it_finds_the_cohort_its_room_and_the_next_session(campus, cohort, session, place):
    text = campus.get(reverse("academy:cohorts")).text
    assert reverse("academy:place-edit", args=[cohort.pk, place.pk]) in text
    assert reverse("academy:session", args=[session.pk]) in text
    assert f'href="{reverse("academy:cohort", args=[cohort.pk])}"' not in text


def test_it_says_where_its_own_people_sit(campus, cohort, place):
    address = reverse("academy:place-edit", args=[cohort.pk, place.pk])
    assert campus.get(address).status_code == 200
    said = {"room": "Hội trường B", "link": "https://hop.example/2"}
    assert campus.post(address, said).headers["Location"] == reverse("academy:cohorts")
    place.refresh_from_db()
    assert (place.room, place.link) == ("Hội trường B", "https://hop.example/2")


def test_but_not_those_of_others_nor_the_online_one_nor_whether_the_place_is_there(campus, cast, cohort, place):
    for other in cohort.places.exclude(pk=place.pk):
        assert campus.get(reverse("academy:place-edit", args=[cohort.pk, other.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            sessions.equip(by=actor_of(cast.binh.pk), place=other, room="C", link="")
    assert campus.post(reverse("academy:place-remove", args=[cohort.pk, place.pk])).status_code == 404


def test_the_list_reads_as_much_for_many_cohorts_as_for_one(campus, cohort, session, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        campus.get(reverse("academy:cohorts"))
