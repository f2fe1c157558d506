"""Institutions, and what anyone may know of them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from khue.domains.academy.credentials.verification import KeyState, KnownKey
from khue.domains.academy.models import Issuer, IssuerKey, StatusList
from khue.domains.people.api import Actor


def kept_by(actor: Actor) -> QuerySet[Issuer]:
    return Issuer.objects.kept_by(actor).select_related("organisation").prefetch_related("keys")


def known() -> dict[str, KnownKey]:
    """Every key of this installation, by its did:key."""
    return {
        key.did: KnownKey(key.did, key.issuer.name, KeyState(key.state), key.reason)
        for key in IssuerKey.objects.select_related("issuer")
    }


def published() -> dict[str, Any]:
    """The keys of every institution here, for verifiers elsewhere; `khue credential verify --issuers` reads it."""
    found = Issuer.objects.filter(keys__isnull=False).distinct().prefetch_related("keys")
    return {"format": 1, "issuers": [_published(issuer) for issuer in found]}


def list_with_url(url: str) -> bytes | None:
    found = StatusList.objects.filter(url=url).values_list("document", flat=True).first()
    return found.encode() if found else None


def status_list(list_id: UUID) -> StatusList | None:
    return StatusList.objects.defer("bits").filter(pk=list_id).first()


def _published(issuer: Issuer) -> dict[str, Any]:
    keys = [
        {"id": key.did, "state": key.state, "since": key.created_at.isoformat(timespec="seconds")}
        for key in issuer.keys.all()
    ]
    return {"names": issuer.names, "url": issuer.url, "keys": keys}
