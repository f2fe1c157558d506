"""Programmes and their versions that a person may see."""

from django.db.models import QuerySet

from khue.domains.academy.models import Programme, ProgrammeVersion
from khue.domains.people.api import Actor


def newest_for(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """The newest version of each programme that the actor finds in the catalogue."""
    seen = Programme.objects.visible_to(actor).filter(archived_at=None)
    newest = ProgrammeVersion.objects.filter(programme__in=seen).order_by("programme_id", "-position")
    return newest.distinct("programme_id").select_related("programme")
