"""The second step: authenticator app, recovery codes, passkeys."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from khue.domains.people import rules
from khue.domains.people.tests.cast import Cast

FORM = {"login": "an", "password": "hoc-cung-khue"}


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in_and_confirm(client: Client) -> None:
    client.post("/accounts/login/", FORM)
    client.post("/accounts/reauthenticate/", {"password": FORM["password"]})


@pytest.fixture
def secret(cast: Cast) -> str:
    secret = generate_totp_secret()
    TOTP.activate(cast.an, secret)
    return secret


def test_the_app_is_turned_on_with_the_code_that_it_shows(cast: Cast, client):
    sign_in_and_confirm(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert Authenticator.objects.filter(user=cast.an, type=Authenticator.Type.TOTP).exists()
    assert Authenticator.objects.filter(user=cast.an, type=Authenticator.Type.RECOVERY_CODES).exists()


def test_the_password_alone_no_longer_opens(secret: str, client):
    assert client.post("/accounts/login/", FORM).url == "/accounts/2fa/authenticate/"
    assert client.get("/account/").status_code == 302


def test_the_code_of_now_opens(secret: str, client):
    client.post("/accounts/login/", FORM)
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).url == "/"
    assert client.get("/account/").status_code == 200


def test_a_code_opens_once(secret: str):
    code = code_now(secret)
    first, second = Client(), Client()
    for browser in (first, second):
        browser.post("/accounts/login/", FORM)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
    assert first.get("/account/").status_code == 200
    assert second.get("/account/").status_code == 302


def test_codes_are_not_tried_for_ever(secret: str, client):
    client.post("/accounts/login/", FORM)
    for _attempt in range(5):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_a_recovery_code_opens_once(cast: Cast, secret: str):
    code = RecoveryCodes.activate(cast.an).get_unused_codes()[0]
    for browser, expected in ((Client(), 200), (Client(), 302)):
        browser.post("/accounts/login/", FORM)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert browser.get("/account/").status_code == expected


def test_secrets_do_not_lie_open_in_the_database(cast: Cast, secret: str):
    stored = Authenticator.objects.get(user=cast.an).data["secret"]
    assert stored != secret and get_adapter().decrypt(stored) == secret


def test_a_passkey_is_asked_for_this_server(cast: Cast, client):
    sign_in_and_confirm(client)
    options = client.get("/accounts/2fa/webauthn/add/").context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"]["id"] == "testserver"
    assert client.post("/accounts/2fa/webauthn/add/", {"name": "Điện thoại", "credential": "{}"}).status_code == 200
    assert not Authenticator.objects.filter(user=cast.an).exists()


def test_the_sign_in_page_offers_a_passkey(cast: Cast, client):
    page = client.get("/accounts/login/").content.decode()
    assert 'id="passkey_login"' in page and 'id="mfa_login"' in page
    asked = client.get("/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})
    assert "challenge" in asked.json()["request_options"]["publicKey"]


@pytest.mark.parametrize(
    ("host", "is_secure", "takes"),
    [
        ("localhost:8000", False, True),
        ("khue.example.vn", True, True),
        ("khue.example.vn", False, False),
        ("127.0.0.1:8000", False, False),
        ("10.0.0.5", True, False),
        ("[::1]:8000", False, False),
    ],
)
def test_browsers_make_passkeys_for_secure_names_only(host: str, is_secure: bool, takes: bool):
    assert rules.takes_passkeys(host, is_secure=is_secure) is takes


def test_a_page_about_passkeys_says_where_they_cannot_work(cast: Cast, client):
    sign_in_and_confirm(client)
    words = "localhost:80"
    for page in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/"):
        assert words in client.get(page).content.decode()
        assert words not in client.get(page, secure=True).content.decode()
