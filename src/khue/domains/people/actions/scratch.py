"""Somebody who exists for the length of a measurement only: nobody else's things are seen, and nobody sees theirs."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from khue.domains.people.models import Membership, Organisation, Person
from khue.domains.people.models.organisation import OrganisationKind
from khue.domains.people.queries.actors import actor_of
from khue.domains.people.rules import Actor, Role


@contextmanager
def scratch_actor() -> Iterator[Actor]:
    """Cannot sign in. What was made in their name must be deleted before the block ends."""
    name = f"scratch-{secrets.token_hex(6)}"
    with transaction.atomic():
        organisation = Organisation.objects.create(
            slug=name, kind=OrganisationKind.UNIT, names={"vi": name}, path=f"{name}/"
        )
        person = Person.objects.create(username=name, is_active=False)
        Membership.objects.create(person=person, organisation=organisation, role=Role.LECTURER)
    try:
        yield actor_of(person.pk)
    finally:
        with transaction.atomic():
            person.delete()
            organisation.delete()
