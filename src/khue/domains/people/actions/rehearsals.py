"""An academy for a rehearsal: an organisation of its own, which nobody else sees, and which is taken down again."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as WebSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions import organisations
from khue.domains.people.models import Membership, Organisation, OrganisationKind, Person
from khue.domains.people.rules import Role
from khue.kernel.errors import UserError

# short names that nothing else gets
PREFIX = "mo-phong-"


class RehearsalThere(UserError):
    """One of this name was kept."""


@dataclass(frozen=True)
class RehearsalAcademy:
    """`coordinator` and `lecturers` sign in with `password`, which is kept nowhere."""

    organisation_id: UUID
    coordinator: str
    lecturers: tuple[str, ...]
    password: str


@transaction.atomic
def open_academy(
    *,
    name: str,
    names: Mapping[str, str],
    campuses: Sequence[Mapping[str, str]],
    coordinator: str,
    lecturers: Sequence[str] = (),
) -> RehearsalAcademy:
    """`name`: the short one, after PREFIX; `coordinator`, `lecturers`: what they are called. Raises RehearsalThere."""
    slug = f"{PREFIX}{name}"
    if Organisation.objects.filter(slug=slug).exists():
        raise RehearsalThere(_("There is a rehearsal “%(name)s” already. Remove it first.") % {"name": slug})
    root = organisations.create(by=None, parent=None, kind=OrganisationKind.ACADEMY, names=dict(names), slug=slug)
    for number, campus in enumerate(campuses, 1):
        organisations.create(
            by=None, parent=root, kind=OrganisationKind.CAMPUS, names=dict(campus), slug=f"{slug}-{number}"
        )
    password = secrets.token_urlsafe(12)
    runs = _employed(root, f"{slug}.dieu-phoi", coordinator, password, Role.COORDINATOR)
    teach = tuple(
        _employed(root, f"{slug}.giang-vien-{number}", lecturer, password, Role.LECTURER)
        for number, lecturer in enumerate(lecturers, 1)
    )
    return RehearsalAcademy(root.pk, runs, teach, password)


def _employed(place: Organisation, username: str, full_name: str, password: str, role: Role) -> str:
    person = Person(username=username, full_name=full_name, working_in=place)
    person.set_password(password)
    person.save()
    Membership.objects.create(person=person, organisation=place, role=role)
    return username


def kept() -> list[str]:
    """Short names, without PREFIX, of the rehearsals that are there."""
    found = Organisation.objects.filter(parent=None, slug__startswith=PREFIX).values_list("slug", flat=True)
    return [slug.removeprefix(PREFIX) for slug in found]


@transaction.atomic
def close_academy(name: str) -> int:
    """Deletes the organisation with everybody who holds no role elsewhere; how many people. What others keep of them
    must be deleted before."""
    branch = Organisation.objects.filter(path__startswith=f"{PREFIX}{name}/")
    here = Membership.objects.filter(organisation__in=branch).values("person")
    elsewhere = Membership.objects.exclude(organisation__in=branch).values("person")
    people = Person.objects.filter(pk__in=here).exclude(pk__in=elsewhere)
    count = people.count()
    keys = UserSession.objects.filter(user__in=people).values_list("session_key", flat=True)
    WebSession.objects.filter(pk__in=list(keys)).delete()
    people.delete()
    for organisation in branch.order_by("-path"):
        organisation.delete()
    return count
