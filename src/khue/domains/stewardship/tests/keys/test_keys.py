"""Personal keys: shown once, hashed, limited, revocable by their owner and by who looks after the organisation."""

import hashlib
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from khue.domains.people.api import actor_of
from khue.domains.stewardship.actions import keys
from khue.domains.stewardship.models import Key
from khue.domains.stewardship.queries.keys import in_branch, usable
from khue.gateway import api as gateway
from khue.gateway.api import DataClass
from khue.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
OWN, ALL, CONFIRM = reverse("keys:own"), reverse("keys:index"), reverse("account_reauthenticate")
PASSWORD = "hoc-cung-khue"
FORM = {"name": "Trợ lý soạn thảo", "highest_class": "1", "days": "30"}


def made(person: Any, **more: Any) -> keys.Made:
    return keys.create(by=actor_of(person.pk), name="Bảng tính", highest_class=DataClass.INTERNAL, days=30, **more)


def test_only_its_digest_is_kept(cast: Any) -> None:
    one = made(cast.an)
    row = Key.objects.values().get()
    assert bytes(row["digest"]) == hashlib.sha256(one.text.encode()).digest()
    assert one.text not in str(row) and one.text.startswith(row["prefix"]) and len(one.text) > 45
    assert usable(one.text) == one.key and usable(one.text[:-1]) is None


def test_two_keys_are_never_the_same(cast: Any) -> None:
    assert made(cast.an).text != made(cast.an).text


@pytest.fixture
def an(client: Any, cast: Any) -> Any:
    """An, who has just given the password once more."""
    client.force_login(cast.an)
    client.post(CONFIRM, {"password": PASSWORD})
    return client


def test_an_open_browser_alone_makes_none(client: Any, cast: Any) -> None:
    client.force_login(cast.an)
    asked = client.post(OWN, FORM)
    assert asked.url.startswith(CONFIRM) and not Key.objects.exists()
    shown = client.post(asked.url, {"password": PASSWORD}).content.decode()
    assert usable(shown.split("data-key>")[1].split("<")[0]) == Key.objects.get()


def test_the_page_shows_it_once(an: Any) -> None:
    client = an
    shown = client.post(OWN, FORM).content.decode()
    key = Key.objects.get()
    text = shown.split("data-key>")[1].split("<")[0]
    assert usable(text) == key
    later = client.get(OWN).content.decode()
    assert text not in later and key.prefix in later and "Trợ lý soạn thảo" in later


@pytest.mark.parametrize("wrong", [{"name": ""}, {"highest_class": "3"}, {"days": "9"}, {"aliases": ["gpt"]}])
def test_a_wrong_form_makes_none(an: Any, wrong: dict[str, Any]) -> None:
    assert an.post(OWN, FORM | wrong).status_code == 400
    assert not Key.objects.exists()


def test_twenty_are_enough(an: Any, cast: Any) -> None:
    for _ in range(20):
        made(cast.an)
    assert an.post(OWN, FORM).status_code == 400
    keys.revoke(by=actor_of(cast.an.pk), key=Key.objects.first())
    assert an.post(OWN, FORM).status_code == 200


def test_its_owner_revokes_it(client: Any, cast: Any) -> None:
    one = made(cast.an)
    client.force_login(cast.an)
    client.post(reverse("keys:revoke-own", args=[one.key.pk]))
    assert usable(one.text) is None


def test_a_steward_sees_and_revokes_what_is_below_and_nothing_else(client: Any, cast: Any) -> None:
    below, elsewhere = made(cast.an), made(cast.hai)
    client.force_login(cast.dung)
    page = client.get(ALL).content.decode()
    assert below.key.prefix in page and elsewhere.key.prefix not in page
    client.post(reverse("keys:revoke", args=[below.key.pk]))
    assert usable(below.text) is None and Key.objects.get(pk=below.key.pk).revoked_by == cast.dung
    assert client.post(reverse("keys:revoke", args=[elsewhere.key.pk])).status_code == 404
    assert usable(elsewhere.text)


def test_nobody_else_may(cast: Any) -> None:
    one = made(cast.an)
    for person in (cast.binh, cast.chi, cast.hai):
        with pytest.raises((NotAllowed, ObjectDoesNotExist)):
            keys.revoke(by=actor_of(person.pk), key=one.key)
    assert usable(one.text)


def test_making_and_revoking_are_on_record(cast: Any) -> None:
    one = made(cast.an)
    keys.revoke(by=actor_of(cast.dung.pk), key=one.key)
    keys.revoke(by=actor_of(cast.dung.pk), key=one.key)
    found = gateway.entries(gateway.Filter(kinds=("key",)), limit=9)
    assert [(entry.facts["act"], entry.person_id) for entry in found] == [
        ("revoked", cast.dung.pk),
        ("made", cast.an.pk),
    ]
    assert one.text not in str([entry.facts for entry in found])


def test_its_use_is_noted_to_the_minute(cast: Any, django_assert_num_queries: Any) -> None:
    one = made(cast.an)
    keys.used(one.key)
    noted = Key.objects.get()
    assert noted.last_used_at is not None
    with django_assert_num_queries(0):
        keys.used(noted)


def test_the_list_asks_a_fixed_number_of_queries(client: Any, cast: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        made(cast.an)
    client.force_login(cast.dung)
    with django_assert_max_num_queries(14):
        client.get(ALL)
    assert in_branch(actor_of(cast.dung.pk)).count() == 12
