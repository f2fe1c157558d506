"""Setting limits of tokens."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Period, Whose

Limits = Mapping[tuple[Whose, Period], int | None]


@transaction.atomic
def limit_place(*, by: Actor, limits: Limits, below: bool) -> None:
    """Those of the organisation where the actor works; what holds for each person, on wish, in all below it too."""
    for (whose, period), tokens in limits.items():
        everywhere = below and whose == Whose.PERSON
        _set(by, by.branch if everywhere else [by.organisation_id], whose, "", period, tokens)


@transaction.atomic
def limit_person(*, by: Actor, person_id: UUID, limits: Limits) -> None:
    for (whose, period), tokens in limits.items():
        _set(by, [by.organisation_id], whose, str(person_id), period, tokens)


def _set(by: Actor, places: Iterable[UUID], whose: Whose, subject: str, period: Period, tokens: int | None) -> None:
    for place in places:
        gateway.set_budget(
            organisation_id=place, whose=whose, subject=subject, period=period, tokens=tokens, by=by.person_id
        )
