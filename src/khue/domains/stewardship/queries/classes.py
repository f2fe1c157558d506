"""Reads of what stands above the class of its place, and of what stewards decided about it."""

from collections.abc import Sequence
from typing import Any, overload
from uuid import UUID

from django.core.paginator import Paginator

from khue.domains.people.api import Actor
from khue.domains.stewardship.models import ClassDecision
from khue.domains.stewardship.rules import HOLDERS, Holder, Raised

PAGE = 30


class _Listed(Sequence[Raised]):
    """A holder's things as a paginator slices them: two queries, however many there are."""

    def __init__(self, holder: Holder, by: Actor) -> None:
        self.holder, self.by, self.size = holder, by, holder.count(by)

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, place: int) -> Raised: ...
    @overload
    def __getitem__(self, place: "slice[Any, Any, Any]") -> Sequence[Raised]: ...
    def __getitem__(self, place: "int | slice[Any, Any, Any]") -> Raised | Sequence[Raised]:
        if isinstance(place, slice):
            return self.holder.raised(self.by, *place.indices(self.size)[:2])
        return self.holder.raised(self.by, place, place + 1)[0]


def raised(by: Actor, kind: str) -> "Paginator[Raised]":
    """Raises KeyError for an unknown kind."""
    return Paginator(_Listed(HOLDERS[kind], by), PAGE)


def kinds() -> list[str]:
    return list(HOLDERS)


def places(by: Actor) -> list[tuple[str, object, int]]:
    """(kind, what it is called, how many stand there)."""
    return [(kind, holder.label, holder.count(by)) for kind, holder in HOLDERS.items()]


def closed(by: Actor, kind: str) -> int:
    return HOLDERS[kind].closed(by)


def one(by: Actor, kind: str, thing_id: UUID) -> Raised | None:
    holder = HOLDERS.get(kind)
    return holder.one(by, thing_id) if holder else None


def decisions(thing: Raised) -> list[ClassDecision]:
    """The latest first."""
    found = ClassDecision.objects.filter(kind=thing.kind, thing_id=thing.id).select_related("by", "undone_by")
    return list(found.order_by("-created_at"))


def latest_decisions(by: Actor, *, most: int = 10) -> list[ClassDecision]:
    found = ClassDecision.objects.filter(organisation_id__in=by.branch).select_related("by", "organisation")
    return list(found.order_by("-created_at")[:most])
