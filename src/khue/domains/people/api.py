"""What other domains may know of people."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from khue.domains.people.models import Membership, Organisation, Person
from khue.domains.people.rules import Role

__all__ = ["Actor", "Role", "actor", "actor_of"]


@dataclass(frozen=True)
class Actor:
    """Someone acting now, in one organisation.

    `roles` are held at `organisation_id`, directly or by an organisation above it. `organisations` are those whose
    things the person may see: each with a membership, and all below it. `above` are the ancestors of
    `organisation_id`: what these share downward is visible, nothing else of theirs.
    """

    person_id: UUID
    name: str
    organisation_id: UUID
    roles: frozenset[Role]
    organisations: frozenset[UUID]
    above: frozenset[UUID]

    def is_a(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))


def actor(request: HttpRequest) -> Actor:
    """The signed-in person as an Actor, found once a request."""
    if not hasattr(request, "_actor"):
        request._actor = actor_of(request.user.pk)  # type: ignore[attr-defined]
    found: Actor = request._actor  # type: ignore[attr-defined]
    return found


def actor_of(person_id: UUID) -> Actor:
    """Raises Person.DoesNotExist for an unknown person, ValueError for one without any membership."""
    person = Person.objects.get(pk=person_id)
    memberships = list(Membership.objects.filter(person=person).select_related("organisation"))
    if not memberships:
        raise ValueError(f"{person} belongs to no organisation")
    everywhere = list(Organisation.objects.values_list("id", "path"))
    homes = [membership.organisation.path for membership in memberships]
    seen = {pk: path for pk, path in everywhere if path.startswith(tuple(homes))}
    here = person.working_in_id if person.working_in_id in seen else memberships[0].organisation_id
    here_path = seen[here]
    return Actor(
        person_id=person.pk,
        name=str(person),
        organisation_id=here,
        roles=frozenset(Role(m.role) for m in memberships if here_path.startswith(m.organisation.path)),
        organisations=frozenset(seen),
        above=frozenset(pk for pk, path in everywhere if here_path.startswith(path) and pk != here),
    )
