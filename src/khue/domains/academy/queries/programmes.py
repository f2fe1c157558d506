"""Programmes and their versions that a person may see."""

from uuid import UUID

from django.db.models import Q, QuerySet

from khue.domains.academy.course import archive
from khue.domains.academy.models import Material, Programme, ProgrammeVersion
from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.domains.people.api import Actor


def newest_for(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """The newest version of each programme that the actor finds in the catalogue."""
    seen = Programme.objects.visible_to(actor).filter(archived_at=None)
    newest = ProgrammeVersion.objects.filter(programme__in=seen).order_by("programme_id", "-position")
    return newest.distinct("programme_id").select_related("programme")


def readable_by(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """Every version of what is in the actor's catalogue."""
    seen = Programme.objects.visible_to(actor)
    return ProgrammeVersion.objects.filter(programme__in=seen).select_related("programme")


def is_enrolled(actor: Actor, version: ProgrammeVersion) -> bool:
    return cohorts_of(actor.person_id, version).exists()


def cohorts_of(person_id: UUID, version: ProgrammeVersion) -> QuerySet[Cohort]:
    """Those in which the person takes part with this version."""
    return version.cohorts.filter(enrolments__person=person_id, enrolments__state__in=list(TAKES_PART))


def find(slug: str, *, organisation_id: UUID | None = None, number: str = "") -> ProgrammeVersion | None:
    """The newest version of a programme, or the one with this number; of the first organisation that has it."""
    wanted = Q(programme__slug=slug)
    if organisation_id:
        wanted &= Q(programme__organisation=organisation_id)
    if number:
        wanted &= Q(number=number)
    return ProgrammeVersion.objects.filter(wanted).order_by("programme__created_at", "-position").first()


def files(version: ProgrammeVersion) -> dict[str, bytes]:
    """The folder that the version was loaded from, byte for byte."""
    materials = Material.objects.filter(version=version).select_related("content")
    return {material.path: bytes(material.content.octets) for material in materials}


def box(version: ProgrammeVersion) -> bytes:
    """The version as one ZIP that another server loads."""
    return archive.write(files(version), programme=version.programme.slug, version=version.number)
