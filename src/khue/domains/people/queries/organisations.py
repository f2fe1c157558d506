"""Reads of organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, Subquery
from django.db.models.functions import Length

from khue.domains.people.models import Organisation, OrganisationKind
from khue.domains.people.models.organisation import OrganisationQuerySet
from khue.domains.people.rules import Actor


@dataclass(frozen=True)
class Site:
    """Where people of an organisation come together. `names`: language → name."""

    organisation_id: UUID
    slug: str
    names: dict[str, str]


def sites(organisation_id: UUID) -> list[Site]:
    """The organisation itself and the branch campuses below it, in the order of the tree."""
    root = Organisation.objects.get(pk=organisation_id)
    below = Organisation.objects.in_use().in_branches([root.path]).filter(kind=OrganisationKind.CAMPUS)
    return [Site(one.pk, one.slug, one.names) for one in [root, *below.exclude(pk=root.pk)]]


def roots() -> list[UUID]:
    """Of every tree that is in use."""
    return list(Organisation.objects.in_use().filter(parent=None).values_list("pk", flat=True))


def arranged_by(actor: Actor) -> OrganisationQuerySet:
    """The branch of the actor, in the order of the tree, each with its number of people."""
    people = Count("memberships__person", filter=Q(memberships__revoked_at=None), distinct=True)
    return Organisation.objects.filter(pk__in=actor.branch).annotate(people=people)


def choices(actor: Actor) -> OrganisationQuerySet:
    """Where the actor may give roles."""
    return Organisation.objects.in_use().filter(pk__in=actor.branch)


def labels(actor: Actor) -> dict[UUID, str]:
    """The branch in the order of the tree, each name set in by its level below the organisation of the actor."""
    branch = list(Organisation.objects.filter(pk__in=actor.branch))
    return {place.pk: "\u2003" * (place.depth - branch[0].depth) + place.name for place in branch}


def below(actor: Actor, organisation_id: UUID) -> frozenset[UUID]:
    """The organisation and all under it, as far as they are in the actor's branch; empty for one that is not."""
    branch = Organisation.objects.filter(pk__in=actor.branch)
    path = branch.filter(pk=organisation_id).values_list("path", flat=True).first()
    return frozenset(branch.filter(path__startswith=path).values_list("pk", flat=True)) if path else frozenset()


def names(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    return {organisation.pk: organisation.name for organisation in Organisation.objects.filter(pk__in=organisation_ids)}


def id_of(slug: str) -> UUID:
    found = Organisation.objects.filter(slug=slug).values_list("id", flat=True).first()
    if found is None:
        raise LookupError(slug)
    return found


def slugs(organisation_id: UUID) -> tuple[str, ...]:
    path = Organisation.objects.filter(pk=organisation_id).values_list("path", flat=True).first()
    return tuple((path or "").strip("/").split("/")) if path else ()


def lineage(organisation_id: UUID) -> list[UUID]:
    """By the paths: those that the organisation's own path begins with."""
    own = Organisation.objects.filter(pk=organisation_id).values("path")
    above = Organisation.objects.annotate(own=Subquery(own)).filter(own__startswith=F("path"))
    return list(above.order_by(Length("path")).values_list("pk", flat=True))
