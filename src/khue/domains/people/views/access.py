"""Who may open which page, and what a page asked for: loaders that give 404 for what the person may not know of."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from khue.domains.people.models import Membership, Organisation, Person
from khue.domains.people.permissions import can_arrange_organisations, can_look_after_people
from khue.domains.people.queries import actors, people
from khue.domains.people.rules import Actor
from khue.kernel.errors import UserError

View = Callable[..., HttpResponse]


def for_those_who(may: Callable[[Actor], bool]) -> Callable[[View], View]:
    """Refuses (403) whoever may not; the page itself is no secret."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(actors.of_request(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


look_after_people = for_those_who(can_look_after_people)
arrange_organisations = for_those_who(can_arrange_organisations)


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    return get_object_or_404(people.looked_after_by(actors.of_request(request)), pk=pk)


def membership_or_404(request: HttpRequest, person: Person, pk: UUID) -> Membership:
    here = Membership.objects.current().filter(organisation_id__in=actors.of_request(request).branch)
    return get_object_or_404(here.select_related("organisation", "person"), pk=pk, person=person)


def organisation_or_404(request: HttpRequest, pk: UUID) -> Organisation:
    return get_object_or_404(Organisation.objects.filter(pk__in=actors.of_request(request).branch), pk=pk)


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Does it and says so; a refusal is said instead."""
    try:
        act()
    except UserError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
