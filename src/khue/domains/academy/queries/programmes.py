"""Programmes and their versions that a person may see."""

from uuid import UUID

from django.db.models import Q, QuerySet

from khue.domains.academy.course import archive
from khue.domains.academy.models import Cohort, Enrolment, Material, Programme, ProgrammeVersion
from khue.domains.academy.permissions.programmes import can_teach
from khue.domains.people.api import Actor


def newest_for(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """The newest version of each programme that the actor finds in the catalogue."""
    seen = Programme.objects.visible_to(actor).filter(archived_at=None)
    newest = ProgrammeVersion.objects.filter(programme__in=seen).order_by("programme_id", "-position")
    return newest.distinct("programme_id").select_related("programme")


def shelf_of(actor: Actor) -> list[ProgrammeVersion]:
    """The catalogue: what the actor takes part in, in the version of their cohort; then the newest of the rest."""
    own = {version.programme_id: version for version in enrolled_versions(actor)}
    newest = {version.programme_id: version for version in newest_for(actor)}
    return sorted(
        (newest | own).values(), key=lambda version: (version.programme_id not in own, version.name.casefold())
    )


def enrolled_versions(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """Those of the cohorts in which the actor takes part, the latest cohort last."""
    enrolments = Enrolment.objects.taking_part().filter(person=actor.person_id)
    cohorts = Cohort.objects.filter(pk__in=enrolments.values("cohort"))
    return (
        ProgrammeVersion.objects.filter(cohorts__in=cohorts)
        .select_related("programme")
        .order_by("cohorts__starts_on", "position")
    )


def seen_by(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """Every version of what is in the actor's catalogue; the description is for all of them."""
    seen = Programme.objects.visible_to(actor)
    return ProgrammeVersion.objects.filter(programme__in=seen).select_related("programme")


def cohorts_of(person_id: UUID, version: ProgrammeVersion) -> QuerySet[Cohort]:
    """Those in which the person takes part with this version, the latest first."""
    enrolments = Enrolment.objects.taking_part().filter(person=person_id)
    return version.cohorts.filter(pk__in=enrolments.values("cohort")).order_by("-starts_on")


def can_read(actor: Actor, version: ProgrammeVersion) -> bool:
    """The topics' pages: of an open programme, one that they teach, or one in which they take part."""
    teaches = can_teach(actor) and version.programme.organisation_id in actor.organisations | actor.above
    return version.is_open or teaches or cohorts_of(actor.person_id, version).exists()


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
