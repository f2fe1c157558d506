"""Signing in with a password."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections
from django.test import Client
from django.utils import timezone

from khue.domains.people.actions import accounts
from khue.domains.people.hashers import PasswordHasher
from khue.domains.people.models import Membership, Person
from khue.domains.people.rules import Role
from khue.domains.people.tests.cast import Cast

LOGIN = "/accounts/login/"
ROOM = 16


@pytest.fixture
def real_passwords(settings, cheap_passwords: None) -> None:
    """As the settings have them, without the cheap ones of tests before them."""
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]


def attempt(client: Client, login: str, password: str):
    return client.post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize("login", ["an", "AN", " an ", "an@khue-van.example", "An@Khue-Van.example"])
def test_by_username_or_address(cast: Cast, client, login: str):
    assert attempt(client, login, "hoc-cung-khue").url == "/"


def test_a_wrong_password_says_what_to_do(cast: Cast):
    client = Client(headers={"accept-language": "en"})
    page = attempt(client, "an", "sai").content.decode()
    assert "Check capital letters" in page and "the person who gave you the account" in page


def test_an_unknown_account_gets_the_same_words(cast: Cast, client):
    known, unknown = attempt(client, "an", "sai"), attempt(client, "khong-co", "sai")
    assert known.content.decode().count('class="error"') == unknown.content.decode().count('class="error"')
    assert str(known.context["form"].errors) == str(unknown.context["form"].errors)


@pytest.mark.parametrize("login", ["an", "an@khue-van.example", "khong-co", "khong-co@khue-van.example"])
def test_every_attempt_hashes_once(cast: Cast, client, real_passwords, monkeypatch, login: str):
    """The cost of an attempt is the hash: as many for an account that exists as for one that does not."""
    cast.an.set_password("hoc-cung-khue")
    cast.an.save()
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(PasswordHasher, name, counted(getattr(PasswordHasher, name), hashed))
    attempt(client, login, "sai")
    assert hashed == ["sai"]


def counted(act, hashed: list[str]):
    def noted(self, password, *rest):
        hashed.append(password)
        return act(self, password, *rest)

    return noted


def test_passwords_are_kept_as_argon2id_as_owasp_asks(cast: Cast, real_passwords):
    cast.an.set_password("hoc-cung-khue")
    assert cast.an.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_before_is_made_anew_at_sign_in(cast: Cast, client, real_passwords):
    Person.objects.filter(pk=cast.an.pk).update(password=PBKDF2PasswordHasher().encode("hoc-cung-khue", "muoi", 1000))
    assert attempt(client, "an", "sai").status_code == 200
    assert Person.objects.get(pk=cast.an.pk).password.startswith("pbkdf2_sha256$")
    assert attempt(client, "an", "hoc-cung-khue").url == "/"
    assert Person.objects.get(pk=cast.an.pk).password.startswith("argon2$argon2id$")
    assert client.get("/").status_code == 200


def test_a_closed_account_is_told_so_only_with_the_right_password(cast: Cast, client):
    Person.objects.filter(pk=cast.an.pk).update(is_active=False)
    assert attempt(client, "an", "sai").status_code == 200
    assert attempt(client, "an", "hoc-cung-khue").url == "/accounts/inactive/"


def test_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast, client):
    for _attempt in range(5):
        attempt(client, "an", "sai")
    assert attempt(client, "an", "hoc-cung-khue").status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_count_is_shared_by_all_processes_and_addresses(cast: Cast):
    """Counted in PostgreSQL and for the account, not in a process and not only for one address."""
    for number in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": "an", "password": "sai"})
    assert attempt(Client(REMOTE_ADDR="192.0.2.77"), "an", "hoc-cung-khue").status_code == 200


def test_a_room_signs_in_at_once_behind_one_address(transactional_db, cast: Cast):
    """None waits for a lock of the others, nor is refused because of it."""

    def sign_in(number: int) -> str:
        try:
            return attempt(Client(REMOTE_ADDR="192.0.2.50"), f"nguoi-{number}", "hoc-cung-khue").headers["Location"]
        finally:
            connections.close_all()

    for number in range(ROOM):
        person = Person(username=f"nguoi-{number}", full_name=f"Người {number}")
        person.set_password("hoc-cung-khue")
        person.save()
        Membership.objects.create(person=person, organisation=cast.hcm, role=Role.PARTICIPANT)
    with ThreadPoolExecutor(ROOM) as room:
        assert set(room.map(sign_in, range(ROOM))) == {"/"}


def test_one_address_does_not_try_every_account(cast: Cast):
    guesser = Client(REMOTE_ADDR="192.0.2.99")
    for number in range(100):
        attempt(guesser, f"nguoi-{number}", "sai")
    assert attempt(guesser, "an", "hoc-cung-khue").status_code == 200
    assert "_auth_user_id" not in guesser.session
    assert attempt(Client(REMOTE_ADDR="192.0.2.98"), "an", "hoc-cung-khue").url == "/"


def test_a_whole_room_signs_in_from_one_address(cast: Cast):
    rooms = [attempt(Client(), "an", "hoc-cung-khue").url for _seat in range(65)]
    assert set(rooms) == {"/"}


def test_others_still_come_in_while_one_account_waits(cast: Cast, client):
    for _attempt in range(5):
        attempt(client, "an", "sai")
    assert attempt(client, "binh", "day-cung-khue").url == "/"


def test_the_page_asked_for_comes_after_signing_in(cast: Cast, client):
    asked = client.get("/account/")
    signed = client.post(asked.url, {"login": "an", "password": "hoc-cung-khue", "next": "/account/"})
    assert signed.url == "/account/"


def test_no_foreign_page_comes_after_signing_in(cast: Cast, client):
    signed = client.post(LOGIN, {"login": "an", "password": "hoc-cung-khue", "next": "https://evil.example/"})
    assert signed.url == "/"


def test_nobody_signs_up(cast: Cast, client):
    assert client.get("/accounts/signup/").status_code in {302, 404}
    assert client.post("/accounts/signup/", {"username": "x", "password1": "y"}).status_code in {302, 404}
    assert not Person.objects.filter(username="x").exists()


def test_a_temporary_password_leads_to_ones_own_first(cast: Cast, client):
    made = accounts.create(by=None, username="lan", full_name="Lan", organisation=cast.hcm, roles=["participant"])
    attempt(client, "lan", made.password)
    assert client.get("/").url == "/accounts/password/change/"
    given = {"oldpassword": made.password, "password1": "bon-tu-rieng-minh", "password2": "bon-tu-rieng-minh"}
    assert client.post("/accounts/password/change/", given).url == "/"
    assert client.get("/").status_code == 200


def test_an_expired_temporary_password_opens_nothing(cast: Cast, client):
    made = accounts.create(by=None, username="lan", full_name="Lan", organisation=cast.hcm, roles=["participant"])
    Person.objects.filter(username="lan").update(password_expires_at=timezone.now() - timedelta(minutes=1))
    assert attempt(client, "lan", made.password).url == LOGIN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("weak", ["ngan", "1234567890123", "nguyenthian"])
def test_a_weak_password_is_refused(cast: Cast, client, weak: str):
    client.force_login(cast.an)
    given = {"oldpassword": "hoc-cung-khue", "password1": weak, "password2": weak}
    assert client.post("/accounts/password/change/", given).status_code == 200
    assert Person.objects.get(pk=cast.an.pk).check_password("hoc-cung-khue")


def test_the_list_of_devices_and_leaving_the_others(cast: Cast):
    here, there = Client(), Client()
    for browser in (here, there):
        attempt(browser, "an", "hoc-cung-khue")
    here.post("/accounts/sessions/")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
