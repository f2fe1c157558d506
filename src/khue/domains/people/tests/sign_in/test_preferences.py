"""Language, theme and workplace."""

import pytest
from django.test import Client

from khue.domains.people.actions import memberships
from khue.domains.people.models import Person
from khue.domains.people.rules import Role
from khue.domains.people.tests.cast import Cast


def lang(page) -> str:
    return page.content.decode().split('<html lang="')[1].split('"')[0]


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_visitor_reads_in_the_language_of_the_browser(language: str, db):
    assert lang(Client(headers={"accept-language": language}).get("/accounts/login/")) == language


def test_a_visitor_with_another_language_reads_vietnamese(db):
    assert lang(Client(headers={"accept-language": "pt"}).get("/accounts/login/")) == "vi"


def test_a_visitors_choice_is_kept(db):
    client = Client(headers={"accept-language": "en"})
    client.post("/language/", {"language": "fr"})
    assert lang(client.get("/accounts/login/")) == "fr"


def test_a_persons_choice_is_kept_with_the_account(cast: Cast):
    client = Client()
    client.force_login(cast.an)
    client.post("/account/preferences/", {"language": "fr", "theme": "dark"})
    elsewhere = Client(headers={"accept-language": "en"})
    elsewhere.force_login(Person.objects.get(pk=cast.an.pk))
    page = elsewhere.get("/account/")
    assert lang(page) == "fr"
    assert 'data-theme="dark"' in page.content.decode()


def test_the_account_comes_before_what_another_person_chose_on_this_device(cast: Cast, client):
    client.post("/display/", {"theme": "dark"})
    client.post("/language/", {"language": "fr"})
    Person.objects.filter(pk=cast.an.pk).update(theme="light", language="en")
    client.force_login(cast.an)
    page = client.get("/account/")
    assert lang(page) == "en"
    assert 'data-theme="light"' in page.content.decode()


def test_a_choice_that_there_is_not_changes_nothing(cast: Cast, client):
    client.force_login(cast.an)
    client.post("/account/preferences/", {"language": "xx", "theme": "pink"})
    person = Person.objects.get(pk=cast.an.pk)
    assert (person.language, person.theme) == ("vi", "system")


def test_somebody_with_two_workplaces_changes_between_them(cast: Cast, client):
    memberships.grant(by=None, person=cast.an, organisation=cast.province, role=Role.ADMINISTRATOR)
    client.force_login(cast.an)
    assert client.get("/govern/people/").status_code == 403
    assert str(cast.province.pk) in client.get("/account/").content.decode()
    client.post("/account/workplace/", {"organisation": cast.province.pk})
    page = client.get("/govern/people/").content.decode()
    assert "Đỗ Minh Hải" in page and "Lê Kim Chi" not in page


def test_nobody_works_where_they_hold_no_role(cast: Cast, client):
    client.force_login(cast.an)
    assert client.post("/account/workplace/", {"organisation": cast.province.pk}).status_code == 404
    assert client.post("/account/workplace/", {"organisation": "x"}).status_code == 404
