"""Reads of people."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from khue.domains.people.models import Change, Membership, Person
from khue.domains.people.rules import Actor, Holding, plain


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


def is_username_taken(username: str) -> bool:
    return Person.objects.filter(username__iexact=username).exists()


def is_email_taken(email: str) -> bool:
    return Person.objects.filter(email__iexact=email).exists()
