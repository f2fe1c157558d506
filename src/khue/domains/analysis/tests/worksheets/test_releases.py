"""A class falls only through disclosure control and a data steward."""

import pytest
from django.urls import reverse

from khue.domains.analysis.models import Dataset, Release
from khue.domains.analysis.queries import releases as queries
from khue.domains.people.api import actor_of
from khue.domains.people.models import Person
from khue.domains.stewardship.rules import HOLDERS
from khue.gateway.api import DataClass
from khue.ui import news

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "giu-du-lieu-khue"
REASON = "Không còn ai nhận ra được; đã xem bảng rủi ro."


def roles(people: Dataset, **chosen: str) -> dict[str, str]:
    names = [column["name"] for column in people.tables.get().profile["columns"]]
    return {f"role_{at}": chosen[name] for at, name in enumerate(names)}


def at_places_of(client) -> dict[str, int]:
    """What the navigation shows as new."""
    return news.at_places(client.get(reverse("stewardship:classes")).wsgi_request)


@pytest.fixture
def released(client, cast, people) -> Release:
    Person.objects.update(language="en")
    client.force_login(cast.binh)
    chosen = roles(people, ho_ten="drop", phuong="quasi", tuoi="quasi", thu_nhap="keep", benh="sensitive")
    answer = client.post(reverse("analysis:release", args=[people.pk]), {**chosen, "kind": "rows", "k": "5", "l": "2"})
    assert answer.status_code == 302
    return Release.objects.get()


def test_the_risk_is_shown_before_and_after(client, released):
    assert released.before["k"] == 1 and released.after["k"] >= 5
    page = client.get(reverse("analysis:released", args=[released.pk])).content.decode()
    assert "was left out: it names people" in page and "What was changed" in page


def test_what_comes_out_keeps_the_class_until_a_steward_signs(client, cast, people, released):
    made = released.dataset
    assert made.data_class == people.data_class >= DataClass.CONFIDENTIAL
    client.force_login(cast.dung)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert at_places_of(client)["stewardship:classes"] == 1
    page = client.get(reverse("stewardship:classes")).content.decode()
    assert 'href="?kind=release"' in page and "Data made safe" in page
    page = client.get(reverse("stewardship:classes"), {"kind": "release"}).content.decode()
    assert made.title in page
    address = reverse("stewardship:class-lower", kwargs={"kind": "release", "thing_id": released.pk})
    assert client.post(address, {"to": 0, "reason": REASON}).status_code == 302
    assert "stewardship:classes" not in at_places_of(client)
    made.refresh_from_db()
    assert made.data_class == DataClass.PUBLIC
    people.refresh_from_db()
    assert people.data_class >= DataClass.CONFIDENTIAL


def test_what_was_not_released_cannot_fall(cast, people):
    holder = HOLDERS[queries.KIND]
    assert holder.count(actor_of(cast.dung.pk)) == 0
    assert holder.one(actor_of(cast.dung.pk), people.pk) is None


def test_a_table_of_counts_with_noise_states_its_budget(client, cast, people):
    Person.objects.update(language="en")
    client.force_login(cast.binh)
    chosen = roles(people, ho_ten="drop", phuong="quasi", tuoi="keep", thu_nhap="keep", benh="quasi")
    for _ in range(2):
        client.post(
            reverse("analysis:release", args=[people.pk]),
            {**chosen, "kind": "table", "k": "5", "l": "1", "manner": "noise", "epsilon": "6"},
        )
    made = Release.objects.get()  # the second would have spent more than there is
    assert made.budget_spent == 6 and made.changes[0]["epsilon"] == 6
    assert "ε = 6" in client.get(reverse("analysis:released", args=[made.pk])).content.decode()
