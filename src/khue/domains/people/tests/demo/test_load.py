"""The demonstration: complete, idempotent, and nowhere but on loopback."""

import pytest
from django.conf import settings
from django.test import Client

from khue.domains.people import api
from khue.domains.people.models import Change, Membership, Organisation, Person
from khue.domains.people.rules import Role
from khue.domains.people.tests.cast import Cast
from khue.kernel.address import is_loopback

FOLDER = settings.CONTENT / "demo"


def test_there_is_an_account_for_each_role(cast: Cast):
    assert {role for account in api.demo_accounts(FOLDER) for role in account.roles} == set(Role)


def test_every_printed_account_signs_in(cast: Cast):
    for account in api.demo_accounts(FOLDER):
        signed = Client().post("/accounts/login/", {"login": account.username, "password": account.password})
        assert signed.status_code == 302 and signed.url == "/", account.username


def test_there_are_three_campuses_and_a_separate_province(cast: Cast):
    assert Organisation.objects.filter(kind="campus", parent=cast.academy).count() == 3
    assert cast.province.parent is None


def test_a_second_time_changes_nothing(cast: Cast):
    def state() -> list[int]:
        return [model.objects.count() for model in (Organisation, Person, Membership, Change)]

    before = state()
    api.load_demo(FOLDER)
    assert state() == before


def test_a_second_time_leaves_sessions_alone(cast: Cast, client):
    client.force_login(cast.an)
    api.load_demo(FOLDER)
    assert client.get("/account/").status_code == 200


def test_it_is_refused_where_others_could_come_in(db, settings):
    settings.SERVES_OTHERS = True
    with pytest.raises(api.DemoRefused):
        api.load_demo(FOLDER)
    assert not Person.objects.exists()


def test_closed_demo_accounts_are_not_opened_again(cast: Cast, client):
    assert api.close_demo() == 6
    api.load_demo(FOLDER)
    assert not api.has_open_demo_accounts()
    assert client.post("/accounts/login/", {"login": "an", "password": "hoc-cung-khue"}).status_code == 200


def test_demo_accounts_are_shut_when_the_server_is_opened_to_others(cast: Cast, client, settings):
    client.force_login(cast.an)
    settings.SERVES_OTHERS = True
    assert client.get("/account/").status_code == 302
    signed = Client().post("/accounts/login/", {"login": "an", "password": "hoc-cung-khue"})
    assert signed.url == "/accounts/inactive/"
    assert api.demo_accounts(FOLDER) == []


def test_a_real_account_of_the_same_name_is_not_touched(db):
    real = Person.objects.create(username="an", full_name="Người thật")
    with pytest.raises(api.DemoRefused):
        api.load_demo(FOLDER)
    assert Person.objects.get() == real
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("[::1]", True), ("localhost", True), ("", False)])
def test_what_loopback_is(host: str, loopback: bool):
    assert is_loopback(host) is loopback


def test_the_first_administrator_of_a_real_installation(db, client):
    given = {"username": "quan.tri", "full_name": "Hồ Thị Quản", "email": "", "organisation": "Sở Nội vụ tỉnh A"}
    password = api.create_administrator(**given)
    actor = api.operator()
    assert (actor.name, actor.roles) == ("Hồ Thị Quản", {Role.ADMINISTRATOR})
    assert api.organisation_names([actor.organisation_id]) == {actor.organisation_id: "Sở Nội vụ tỉnh A"}
    client.post("/accounts/login/", {"login": "quan.tri", "password": password})
    assert client.get("/").url == "/accounts/password/change/"
