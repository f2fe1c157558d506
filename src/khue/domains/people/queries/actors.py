"""The person who acts, with all that follows from the roles held."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import connection
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
    """Every page asks: two statements that stand."""
    held = _held(person.pk)
    if not held:
        raise NoMembership
    homes = {path for _role, _organisation, path in held}
    around = _around(homes)
    seen = {pk: path for pk, path in around.items() if path.startswith(tuple(homes))}
    here = person.working_in_id if person.working_in_id in seen else held[0][1]
    path = seen[here]
    return Actor(
        person_id=person.pk,
        name=str(person),
        organisation_id=here,
        roles=frozenset(Role(role) for role, _organisation, home in held if path.startswith(home)),
        organisations=frozenset(seen),
        above=frozenset(pk for pk, other in around.items() if path.startswith(other) and other != path),
        branch=frozenset(pk for pk, other in seen.items() if other.startswith(path)),
    )


HELD = """
select membership.role, membership.organisation_id, organisation.path from people_membership membership
join people_organisation organisation on organisation.id = membership.organisation_id
where membership.person_id = %s and membership.revoked_at is null order by membership.created_at
"""
AROUND = "select id, path from people_organisation where path = any(%s)"


def _held(person_id: UUID) -> list[tuple[str, UUID, str]]:
    """Role, organisation and its path, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [person_id])
        return list(cursor.fetchall())


def _around(homes: Collection[str]) -> dict[UUID, str]:
    """The organisations at and below these paths, and above them."""
    over = [path for home in homes for path in ancestors(home)]
    below = [f"{connection.ops.prep_for_like_query(home)}%" for home in homes]
    with connection.cursor() as cursor:
        cursor.execute(AROUND + " or path like %s" * len(below), [over, *below])
        return dict(cursor.fetchall())
