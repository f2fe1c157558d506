"""By which address others reach the pages of an installation."""

import pytest
from django.test import RequestFactory

from khue.kernel.address import is_only_here, likely, outside

LOCAL = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("origins", "hosts", "https", "address"),
    [
        ([], LOCAL, False, "http://localhost:8000"),
        ([], ["192.0.2.7", *LOCAL], False, "http://192.0.2.7:8000"),
        ([], ["khue.example"], True, "https://khue.example"),
        (["https://hoc.example"], LOCAL, True, "https://hoc.example"),
        (["https://*.example"], [".example", "*", "hoc.example"], True, "https://hoc.example"),
        ([], ["*"], False, "http://localhost:8000"),
    ],
)
def test_what_an_installation_is_likely_reached_by(origins, hosts, https, address):
    assert likely(origins, hosts, https=https, port=8000) == address


def test_others_are_given_the_address_of_the_installation_whichever_way_the_request_came(settings):
    settings.KHUE_ADDRESS, settings.ALLOWED_HOSTS = "https://khue.example", ["10.0.0.5"]
    request = RequestFactory().get("/", headers={"host": "10.0.0.5"})
    assert outside(request, "/join/") == "https://khue.example/join/"
    assert not is_only_here(request)


def test_an_address_that_only_this_machine_knows_gives_way_to_the_one_of_the_request(settings):
    settings.KHUE_ADDRESS, settings.ALLOWED_HOSTS = "http://localhost:8000", ["10.0.0.5"]
    request = RequestFactory().get("/", headers={"host": "10.0.0.5"})
    assert outside(request, "/join/") == "http://10.0.0.5/join/"


def test_pages_know_that_nobody_else_could_follow_their_codes(settings):
    settings.KHUE_ADDRESS, settings.ALLOWED_HOSTS = "http://localhost:8000", ["127.0.0.1", "10.0.0.5"]
    assert is_only_here(RequestFactory().get("/", headers={"host": "127.0.0.1:8000"}))
    assert not is_only_here(RequestFactory().get("/", headers={"host": "10.0.0.5"}))
