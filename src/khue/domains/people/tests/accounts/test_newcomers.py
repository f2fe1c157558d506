"""Accounts that their owners open with a one-time code."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from khue.domains.people import api
from khue.domains.people.actions import newcomers
from khue.domains.people.models import Invitation, Membership, Person
from khue.domains.people.queries.actors import actor_of
from khue.domains.people.tests.cast import Cast
from khue.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


def made(cast: Cast, *names: str) -> list[Person]:
    ids = api.create_participants(
        by=actor_of(cast.chi.pk), newcomers_=[api.Newcomer(name, "", cast.hcm.pk) for name in names]
    )
    return [Person.objects.get(pk=pk) for pk in ids]


def test_usernames_are_names_without_marks_and_never_twice(cast: Cast) -> None:
    assert [p.username for p in made(cast, "Đỗ Thị Đào", "Đỗ Thị Đào")] == ["do.thi.dao", "do.thi.dao2"]
    assert made(cast, "Đỗ Thị Đào")[0].username == "do.thi.dao3"


def test_they_are_participants_and_cannot_sign_in_yet(cast: Cast) -> None:
    (dao,) = made(cast, "Đỗ Thị Đào")
    assert not dao.has_usable_password()
    assert Membership.objects.get(person=dao).organisation == cast.hcm


def test_nobody_enrols_elsewhere(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        api.create_participants(by=actor_of(cast.chi.pk), newcomers_=[api.Newcomer("X", "", cast.province.pk)])


def test_a_handful_of_statements_for_any_number(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        newcomers.create_participants(
            by=None, newcomers=[api.Newcomer(f"Người thứ {n}", "", cast.hcm.pk) for n in range(40)]
        )


def test_the_code_opens_the_account_once_and_a_password_comes_next(cast: Cast, client: Client) -> None:
    (dao,) = made(cast, "Đỗ Thị Đào")
    code = api.invite(by=actor_of(cast.chi.pk), person_ids=[dao.pk])[dao.pk]
    assert client.get("/join/").status_code == 200
    assert (
        client.post("/join/", {"code": code.upper().replace("-", " ")}).headers["Location"].endswith("/password/set/")
    )
    assert client.get("/work/ask/").headers["Location"].startswith("/accounts/password/")
    page = client.get("/accounts/password/set/")
    assert page.status_code == 200
    client.post("/accounts/password/set/", {"password1": "hoa-sen-mua-ha", "password2": "hoa-sen-mua-ha"})
    assert client.get("/work/ask/").status_code == 200
    again = Client().post("/join/", {"code": code})
    assert again.status_code == 400


def test_an_old_code_is_not_good(cast: Cast, client: Client) -> None:
    (dao,) = made(cast, "Đỗ Thị Đào")
    code = api.invite(by=None, person_ids=[dao.pk])[dao.pk]
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.post("/join/", {"code": code}).status_code == 400


def test_a_new_code_ends_the_one_before(cast: Cast) -> None:
    (dao,) = made(cast, "Đỗ Thị Đào")
    first, second = (api.invite(by=None, person_ids=[dao.pk])[dao.pk] for _ in range(2))
    with pytest.raises(newcomers.InvitationNotGood):
        newcomers.open_account(code=first)
    assert newcomers.open_account(code=second) == dao


def test_who_has_a_password_needs_no_code(cast: Cast) -> None:
    assert api.invite(by=None, person_ids=[cast.an.pk]) == {}


def test_codes_are_kept_nowhere(cast: Cast) -> None:
    (dao,) = made(cast, "Đỗ Thị Đào")
    code = api.invite(by=None, person_ids=[dao.pk])[dao.pk]
    stored = Invitation.objects.get()
    assert code.replace("-", "") not in str(vars(stored))
