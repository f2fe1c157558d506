"""Stewards set limits for their organisation and see what was used; the gateway keeps to them."""

from typing import Any

import pytest
from django.urls import reverse

from khue.gateway import api as gateway
from khue.gateway.api import Caller, Period, Whose
from khue.gateway.budgets import spend
from khue.gateway.energy import Energy

pytestmark = pytest.mark.django_db
PAGE = reverse("budgets:index")


def used(person: Any, place: Any, tokens: int) -> Caller:
    caller = Caller(person.pk, place.pk, tool="ask")
    spend(caller, tokens=tokens, energy=Energy(285_000, 52_187))
    return caller


def limits(caller: Caller) -> dict[tuple[Whose, Period], tuple[int, int]]:
    return {(one.whose, one.period): (one.tokens, one.left) for one in gateway.budget_limits(caller)}


def test_limits_of_each_person_reach_the_units_below(client: Any, cast: Any) -> None:
    an = used(cast.an, cast.hcm, 400)
    client.force_login(cast.dung)
    client.post(PAGE, {"person_day": "1000", "organisation_month": "50000", "below": "on"})
    assert limits(an) == {(Whose.PERSON, Period.DAY): (1000, 600)}
    binh = Caller(cast.binh.pk, cast.academy.pk, tool="ask")
    assert limits(binh) == {
        (Whose.PERSON, Period.DAY): (1000, 1000),
        (Whose.ORGANISATION, Period.MONTH): (50_000, 50_000),
    }
    assert limits(Caller(cast.hai.pk, cast.province.pk, tool="ask")) == {}
    client.post(PAGE, {"person_day": "", "organisation_month": "", "below": "on"})
    assert limits(an) == limits(binh) == {}


def test_one_person_s_own_limit(client: Any, cast: Any) -> None:
    an = used(cast.an, cast.hcm, 400)
    client.force_login(cast.dung)
    client.post(reverse("budgets:person", args=[cast.an.pk]), {"person_day": "500", "person_month": ""})
    assert limits(an) == {(Whose.PERSON, Period.DAY): (500, 100)}


def test_what_was_used_is_shown_here_and_below_only(client: Any, cast: Any) -> None:
    used(cast.an, cast.hcm, 1234)
    used(cast.hai, cast.province, 5678)
    client.force_login(cast.dung)
    text = client.get(PAGE).content.decode()
    assert "1.234" in text and str(cast.an) in text and "0,285 kJ" in text
    assert "5.678" not in text and str(cast.hai) not in text


@pytest.mark.parametrize("wrong", ["-1", "many", "9" * 30])
def test_a_wrong_limit_changes_nothing(client: Any, cast: Any, wrong: str) -> None:
    client.force_login(cast.dung)
    assert client.post(PAGE, {"person_day": wrong}).status_code == 400
    assert gateway.budgets_set(cast.academy.pk) == {}
