"""Reads of people."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from khue.domains.people.models import Change, Membership, Organisation, Person
from khue.domains.people.rules import Actor, Holding, Role, ancestors, plain

TEACHES = (Role.LECTURER, Role.COORDINATOR, Role.ADMINISTRATOR)


def looked_after_by(actor: Actor, *, search: str = "") -> QuerySet[Person]:
    """People with a role in the actor's branch, each with these roles as `roles_here`; `search` in name, username,
    e-mail, any order of words, accents or none."""
    here = Membership.objects.current().filter(organisation_id__in=actor.branch).select_related("organisation")
    found = Person.objects.filter(_in_reach(actor))
    for word in plain(search).split():
        found = found.filter(search_text__contains=word)
    return found.prefetch_related(Prefetch("memberships", queryset=here, to_attr="roles_here"))


def _in_reach(actor: Actor) -> Q:
    """Holders of a role in the branch; and those who held one there and hold none anywhere now, lest they be lost."""
    there = Membership.objects.filter(organisation_id__in=actor.branch)
    lost = ~Q(pk__in=Membership.objects.current().values("person"))
    return Q(pk__in=there.current().values("person")) | (Q(pk__in=there.values("person")) & lost)


def holdings(person: Person) -> list[Holding]:
    """All that the person holds anywhere."""
    return [membership.holding for membership in Membership.objects.current().filter(person=person)]


def changes(person: Person, actor: Actor, *, limit: int = 20) -> QuerySet[Change]:
    """What was done to the account, as far as the actor may know: elsewhere's roles are left out."""
    known = Q(organisation=None) | Q(organisation_id__in=actor.branch)
    return Change.objects.filter(known, person=person).select_related("by", "organisation")[:limit]


def names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=person_ids)}


def with_email(addresses: Iterable[str]) -> dict[str, UUID]:
    wanted = {address.lower() for address in addresses if address}
    return dict(Person.objects.filter(email__in=wanted).values_list("email", "pk"))


def called(name: str) -> UUID | None:
    """Whose user name or e-mail address this is, of those who can sign in."""
    wanted = name.strip()
    here = Person.objects.filter(is_active=True)
    found = here.filter(username__iexact=wanted).first() or here.filter(email__iexact=wanted).exclude(email="").first()
    return found.pk if found else None


def teachers(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """With a role of teaching in one of them, below or above it."""
    paths = list(Organisation.objects.filter(pk__in=list(organisation_ids)).values_list("path", flat=True))
    near = Organisation.objects.in_branches(paths) | Organisation.objects.filter(path__in=_above(paths))
    held = Membership.objects.current().filter(role__in=TEACHES, organisation__in=near)
    found = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return {person.pk: str(person) for person in found.order_by("full_name", "username")}


def _above(paths: Iterable[str]) -> set[str]:
    return {above for path in paths for above in ancestors(path)}


def is_username_taken(username: str) -> bool:
    return Person.objects.filter(username__iexact=username).exists()


def is_email_taken(email: str) -> bool:
    return Person.objects.filter(email__iexact=email).exists()
