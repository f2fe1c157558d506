"""Loaders that are also the access check: what a person may not see does not exist for them (404)."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Activity, ProgrammeVersion, Topic
from khue.domains.academy.queries import programmes
from khue.domains.people.api import actor
from khue.kernel.errors import NotAllowed
from khue.kernel.identifiers import identifier


def id_or_404(given: str) -> UUID:
    """Of what a form names."""
    key = identifier(given)
    if key is None:
        raise Http404
    return key


def version_or_404(request: HttpRequest, version_id: UUID) -> ProgrammeVersion:
    """Its description is for everyone who finds it in the catalogue."""
    return get_object_or_404(programmes.seen_by(actor(request)), pk=version_id)


def readable_version(request: HttpRequest, version_id: UUID) -> ProgrammeVersion:
    """Its pages are for those who take part or teach. Raises NotAllowed for others who know of it."""
    version = version_or_404(request, version_id)
    if not programmes.can_read(actor(request), version):
        raise NotAllowed(
            _("The pages of this programme open when you are enrolled in a cohort. Ask the coordinator of your unit.")
        )
    return version


def readable_topic(request: HttpRequest, version_id: UUID, key: str) -> Topic:
    return get_object_or_404(readable_version(request, version_id).topics.select_related("version__programme"), key=key)


def readable_activity(request: HttpRequest, version_id: UUID, key: str, *kinds: str) -> Activity:
    activities = readable_version(request, version_id).activities.select_related("version__programme", "topic")
    return get_object_or_404(activities, key=key, kind__in=kinds)
