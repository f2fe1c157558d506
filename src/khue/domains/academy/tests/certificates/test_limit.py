"""Whoever checks very often from one network is asked to wait, in their language; others are not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khue.domains.academy.tests.certified import certificate_of_an
from khue.domains.academy.views import checking
from khue.domains.people.tests.cast import Cast


@pytest.fixture(autouse=True)
def twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for window in (checking.PAGES, checking.FILES):
        monkeypatch.setattr(window, "most", 2)
        window._begin()


def page(language: str = "vi", **more: str) -> Client:
    return Client(headers={"accept-language": language, "accept": "text/html"}, **more)


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Vui lòng chờ"), ("en", "Please wait a moment"), ("fr", "Veuillez patienter")],
)
def test_the_third_time_one_is_asked_to_wait(cast: Cast, language: str, words: str):
    address = reverse("credentials:check", args=[certificate_of_an(cast).token])
    assert [page().get(address).status_code for _time in range(2)] == [200, 200]
    refused = page(language).get(address)
    assert refused.status_code == 429 and words in refused.content.decode()
    assert 0 < int(refused["Retry-After"]) <= 60
    assert page(REMOTE_ADDR="192.0.2.9").get(address).status_code == 200


def test_programs_are_told_in_json(cast: Cast):
    address = reverse("credentials:check", args=[certificate_of_an(cast).token])
    answers = [Client(headers={"accept": "application/json"}).get(address) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json().keys() == {"refused"}


def test_files_have_a_limit_of_their_own(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking.PAGES, "most", 100)
    octets = certificate_of_an(cast).credential.encode()
    address = reverse("credentials:upload")
    answers = [page("en").post(address, {"file": SimpleUploadedFile("a.json", octets)}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "genuine" in answers[0].content.decode() and "genuine" not in answers[2].content.decode()
    assert page().get(address).status_code == 200


def test_keys_and_lists_for_verifiers_are_not_limited(cast: Cast):
    certificate_of_an(cast)
    answers = {Client().get(reverse("credentials:issuers")).status_code for _time in range(5)}
    assert answers == {200}
