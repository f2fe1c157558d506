"""The record of what was done to people and organisations."""

from khue.domains.people.models import Change, ChangeKind, Organisation, Person
from khue.domains.people.rules import Actor


def record(
    kind: ChangeKind,
    *,
    by: Actor | None,
    person: Person | None = None,
    organisation: Organisation | None = None,
    detail: str = "",
) -> None:
    """`by` is None when the operator works at the server's own console."""
    by_id = by.person_id if by else None
    Change.objects.create(kind=kind, by_id=by_id, person=person, organisation=organisation, detail=detail[:300])
