"""Signing in by the institution's own service (OpenID Connect), against a real one on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from khue.domains.people.models import Person
from khue.domains.people.tests.cast import Cast

CALLBACK = "/accounts/oidc/oidc/login/callback/"


class Service(BaseHTTPRequestHandler):
    """Discovery, token and userinfo; `person` is who signs in."""

    person: dict[str, object] = {}

    def do_GET(self) -> None:
        if self.path.startswith("/.well-known/"):
            ends = {name: f"{self.here}/{name}" for name in ("authorize", "token", "userinfo")}
            self.answer(
                {
                    "issuer": self.here,
                    "authorization_endpoint": ends["authorize"],
                    "token_endpoint": ends["token"],
                    "userinfo_endpoint": ends["userinfo"],
                }
            )
        elif self.headers["Authorization"] == "Bearer pass":
            self.answer(self.person)
        else:
            self.send_error(401)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if form["code"] == ["right"] and form["code_verifier"]:
            self.answer({"access_token": "pass", "token_type": "Bearer"})
        else:
            self.send_error(400)

    @property
    def here(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def answer(self, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_line: object) -> None:
        pass


@pytest.fixture
def service(settings) -> Iterator[type[Service]]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app = {
        "provider_id": "oidc",
        "name": "Tỉnh",
        "client_id": "khue",
        "secret": "bi-mat",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield Service
    server.shutdown()
    server.server_close()
    thread.join()


def sign_in(client: Client, code: str = "right"):
    sent = client.post("/accounts/oidc/oidc/login/")
    state = parse_qs(urlsplit(sent.url).query)["state"][0]
    return client.get(CALLBACK, {"code": code, "state": state})


def test_the_button_is_there_only_when_a_service_is_set(cast: Cast, client, service):
    assert "Tỉnh" in client.get("/accounts/login/").content.decode()


def test_no_button_without_a_service(cast: Cast, client):
    assert "/oidc/" not in client.get("/accounts/login/").content.decode()


def test_an_account_with_the_verified_address_opens(cast: Cast, client, service):
    service.person = {"sub": "1", "email": "an@khue-van.example", "email_verified": True}
    assert sign_in(client).url == "/"
    assert SocialAccount.objects.get().user == cast.an
    assert Person.objects.get(pk=cast.an.pk).has_usable_password()


def test_afterwards_the_address_no_longer_matters(cast: Cast, client, service):
    service.person = {"sub": "1", "email": "an@khue-van.example", "email_verified": True}
    sign_in(client)
    service.person = {"sub": "1", "email": "khac@khue-van.example"}
    again = Client()
    assert sign_in(again).url == "/"
    assert again.session["_auth_user_id"] == str(cast.an.pk)


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "2", "email": "an@khue-van.example", "email_verified": False},
        {"sub": "3", "email": "la@khue-van.example", "email_verified": True},
        {"sub": "4"},
    ],
)
def test_nobody_else_comes_in_and_no_account_is_made(cast: Cast, client, service, person: dict[str, object]):
    before = Person.objects.count()
    service.person = person
    answer = sign_in(client)
    page = client.get(answer.url) if answer.status_code == 302 else answer
    assert page.templates[0].name == "account/signup_closed.html"
    assert "_auth_user_id" not in client.session
    assert Person.objects.count() == before


def test_a_wrong_code_is_said_so(cast: Cast, client, service):
    answer = sign_in(client, code="wrong")
    assert answer.templates[0].name == "socialaccount/authentication_error.html"


def test_a_foreign_answer_without_our_state_is_refused(cast: Cast, client, service):
    client.get(CALLBACK, {"code": "right", "state": "khac"})
    assert "_auth_user_id" not in client.session


def test_a_second_step_is_asked_for_here_too(cast: Cast, client, service):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(cast.an, generate_totp_secret())
    service.person = {"sub": "1", "email": "an@khue-van.example", "email_verified": True}
    assert sign_in(client).url == "/accounts/2fa/authenticate/"


def test_a_closed_account_stays_closed(cast: Cast, client, service):
    Person.objects.filter(pk=cast.an.pk).update(is_active=False)
    service.person = {"sub": "1", "email": "an@khue-van.example", "email_verified": True}
    sign_in(client)
    assert "_auth_user_id" not in client.session
