import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _

from khue.ui import navigation, news
from khue.ui.navigation import Place, Room, rooms_for


class Someone:
    pk = None
    is_authenticated = True


def request(path="/", roles=(), user=None):
    made = RequestFactory().get(path)
    made.user, made.roles = user or Someone(), frozenset(roles)
    return made


@pytest.fixture(autouse=True)
def two_rooms(monkeypatch):
    monkeypatch.setattr(news, "_counters", [])
    open_to_all = Place(_("Guides"), "ui:guides", "book-open", _("Guides"))
    for_stewards = Place(_("Ledger"), "ui:components", "scroll-text", _("Ledger"), frozenset({"steward"}))
    not_there = Place(_("Models"), "ui:no-such-page", "cpu", _("Models"))
    monkeypatch.setattr(
        navigation,
        "ROOMS",
        (Room(_("Learn"), _("Learn"), (open_to_all, not_there)), Room(_("Govern"), _("Govern"), (for_stewards,))),
    )


def places(made):
    return [str(place.url) for room in rooms_for(made) for place in room.places]


def test_places_whose_page_is_not_there_and_rooms_without_places_are_left_out():
    assert places(request()) == ["/guides/"]


def test_a_role_opens_its_places():
    assert places(request(roles={"steward"})) == ["/guides/", "/components/"]


def test_nobody_signed_in_has_no_rooms():
    assert rooms_for(request(user=AnonymousUser())) == []


def test_without_the_middleware_of_people_there_are_no_roles():
    made = request()
    del made.roles
    assert places(made) == ["/guides/"]


def test_a_place_is_current_on_the_pages_below_it():
    room = rooms_for(request("/guides/ask-and-check/"))[0]
    assert [place.current for place in room.places] == [True]
