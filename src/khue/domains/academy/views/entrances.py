"""Loaders that are also the access check: what a person may not take or keep does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from khue.domains.academy.models import Activity, Attempt
from khue.domains.academy.queries import attempts, programmes
from khue.domains.academy.queries.quizzes import Entrance
from khue.domains.academy.views.loading import readable_version
from khue.domains.people.api import actor


def entrance_or_404(request: HttpRequest, activity_id: UUID) -> Entrance:
    """Raises NotAllowed for those who know of the programme and take no part in it."""
    activity = get_object_or_404(Activity.objects.select_related("topic"), pk=activity_id)
    activity.version = readable_version(request, activity.version_id)
    return Entrance(activity, programmes.cohorts_of(actor(request).person_id, activity.version).first())


def own_attempt(request: HttpRequest, attempt_id: UUID) -> Attempt:
    try:
        return attempts.one(actor(request), attempt_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
