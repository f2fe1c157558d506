"""What the frame's own answer says; browsers are tried in tests/browser/test_prototypes.py."""

import pytest
from django.test import Client
from django.urls import reverse

from khue.domains.prototypes.sandboxing import headers, shell
from khue.domains.prototypes.tests.escapes import escapes


def test_the_frame_has_no_origin_and_no_way_out():
    policy = headers("'self'")["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["sandbox"] == "allow-scripts allow-forms allow-modals"
    for name in ("default-src", "connect-src", "frame-src", "worker-src", "form-action", "base-uri", "object-src"):
        assert directives[name] == "'none'"
    assert "unsafe-eval" not in policy


def test_the_frame_s_page_is_the_same_for_everybody(db):
    answer = Client().get(reverse("prototypes-open:frame"))
    assert answer.content.decode() == shell()
    assert not answer.cookies
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_under_the_sandbox_s_own_name_there_is_only_the_frame(db, settings):
    settings.KHUE_SANDBOX_ADDRESS = "http://tools.example"
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"host": "tools.example"})
    assert client.get(reverse("prototypes-open:frame")).status_code == 200
    assert client.get("/").status_code == 404
    assert Client(headers={"host": "khue.example"}).get("/").status_code == 302


def test_there_are_attempts_enough_of_every_kind():
    tried = escapes()
    assert len(tried) >= 100
    assert len({one.name for one in tried}) == len(tried)
    assert {one.kind for one in tried} == {"network", "css", "hint", "navigation", "window", "parent", "markup"}


@pytest.mark.parametrize("name", ["link", "meta", "base", "iframe", "object"])
def test_the_guard_names_what_no_script_may_make(name):
    assert f'"{name}"' in shell()
