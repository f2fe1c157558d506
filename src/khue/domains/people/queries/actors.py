"""The person who acts, with all that follows from the roles held."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from khue.domains.people.models import Membership, Organisation, Person
from khue.domains.people.rules import Actor, Role, ancestors
from khue.kernel.errors import UserError


class NoMembership(UserError, ValueError):
    """The account holds no role in any organisation."""

    def __init__(self) -> None:
        super().__init__(
            _("Your account holds no role in any organisation yet. Ask the person who gave you the account.")
        )


def actor_of(person_id: UUID) -> Actor:
    """Raises Person.DoesNotExist for an unknown person, NoMembership (a ValueError) for one without any role."""
    return of(Person.objects.get(pk=person_id))


def of_request(request: HttpRequest) -> Actor:
    """The signed-in person, found once a request."""
    if not hasattr(request, "_actor"):
        request._actor = of(cast(Person, request.user))  # type: ignore[attr-defined]
    return cast(Actor, request._actor)  # type: ignore[attr-defined]


def roles(request: HttpRequest) -> frozenset[Role]:
    """Those of the signed-in person where they work now; none for a visitor or an account without any."""
    try:
        return of_request(request).roles if request.user.is_authenticated else frozenset()
    except NoMembership:
        return frozenset()


@dataclass(frozen=True)
class Workplace:
    id: UUID
    name: str
    depth: int
    current: bool

    @property
    def label(self) -> str:
        """Set in by its level, for a list of choices."""
        return "\u2003" * self.depth + self.name


def workplaces(request: HttpRequest) -> list[Workplace]:
    """Where the signed-in person may work, in the order of the tree."""
    if not roles(request):
        return []
    actor = of_request(request)
    places = Organisation.objects.in_use().filter(pk__in=actor.organisations)
    return [Workplace(place.pk, place.name, place.depth, place.pk == actor.organisation_id) for place in places]


def at_console(username: str = "") -> Actor:
    """The named person, else the first administrator there was."""
    administrators = Membership.objects.current().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    if username:
        return of(Person.objects.get(username__iexact=username))
    first = administrators.select_related("person").order_by("organisation__path", "created_at").first()
    if first is None:
        raise NoMembership
    return of(first.person)


def of(person: Person) -> Actor:
    held = list(
        Membership.objects.current().filter(person=person).select_related("organisation").order_by("created_at")
    )
    if not held:
        raise NoMembership
    homes = {membership.organisation.path for membership in held}
    seen = dict(Organisation.objects.in_branches(homes).values_list("id", "path"))
    here = person.working_in_id if person.working_in_id in seen else held[0].organisation_id
    path = seen[here]
    above = Organisation.objects.filter(path__in=ancestors(path)).values_list("id", flat=True)
    return Actor(
        person_id=person.pk,
        name=str(person),
        organisation_id=here,
        roles=frozenset(Role(m.role) for m in held if path.startswith(m.organisation.path)),
        organisations=frozenset(seen),
        above=frozenset(above),
        branch=frozenset(pk for pk, other in seen.items() if other.startswith(path)),
    )
