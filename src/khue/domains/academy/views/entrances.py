"""Loaders that are also the access check: what a person may not take or keep does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest

from khue.domains.academy.models import Attempt
from khue.domains.academy.queries import attempts, quizzes
from khue.domains.academy.queries.quizzes import Entrance
from khue.domains.people.api import actor


def entrance_or_404(request: HttpRequest, activity_id: UUID) -> Entrance:
    found = quizzes.entrance(actor(request), activity_id)
    if found is None:
        raise Http404
    return found


def own_attempt(request: HttpRequest, attempt_id: UUID) -> Attempt:
    try:
        return attempts.one(actor(request), attempt_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
