"""The named cast of tests: An learns, Bình teaches, Chi coordinates, Dũng is steward, Giang administers; Hải is of
another organisation. Made by the demo's own loader, so that the demo is what the tests see."""

from dataclasses import dataclass

from django.conf import settings

from khue.domains.people import api
from khue.domains.people.models import Membership, Organisation, Person


@dataclass(frozen=True)
class Cast:
    an: Person
    binh: Person
    chi: Person
    dung: Person
    giang: Person
    hai: Person
    academy: Organisation
    hcm: Organisation
    ha_noi: Organisation
    province: Organisation


def gather() -> Cast:
    api.load_demo(settings.CONTENT / "demo")
    people = {name: Person.objects.get(username=name) for name in ("an", "binh", "chi", "dung", "giang", "hai")}
    slugs = {"academy": "khue-van", "hcm": "khue-van-hcm", "ha_noi": "khue-van-ha-noi", "province": "tinh-song-thanh"}
    places = {name: Organisation.objects.get(slug=slug) for name, slug in slugs.items()}
    return Cast(**people, **places)


# For tests that need only a few people: made by hand, which is quicker


def place(slug: str, name: str) -> Organisation:
    return Organisation.objects.create(slug=slug, kind="academy", names={"vi": name}, path=f"{slug}/")


def member(username: str, organisation: Organisation, role: api.Role) -> api.Actor:
    person = Person.objects.create(username=username, full_name=username.title())
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return api.actor_of(person.pk)
