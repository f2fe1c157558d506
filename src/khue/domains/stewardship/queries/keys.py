"""Reads of personal keys."""

from django.db.models import QuerySet

from khue.domains.people.api import Actor, NoMembership, actor_of
from khue.domains.stewardship.models import Key
from khue.domains.stewardship.models.key import digest


def of(by: Actor) -> QuerySet[Key]:
    """The person's own, in every organisation."""
    return Key.objects.filter(owner_id=by.person_id).select_related("organisation", "revoked_by")


def in_branch(by: Actor) -> QuerySet[Key]:
    """All keys that people made here and below."""
    return Key.objects.filter(organisation_id__in=by.branch).select_related("owner", "organisation", "revoked_by")


def usable(text: str) -> Key | None:
    """The key of this text, if it works and its owner still belongs to its organisation."""
    key = Key.objects.live().filter(digest=digest(text), owner__is_active=True).select_related("owner").first()
    if key is None:
        return None
    try:
        holder = actor_of(key.owner_id)
    except NoMembership:
        return None
    return key if key.organisation_id in holder.organisations else None
