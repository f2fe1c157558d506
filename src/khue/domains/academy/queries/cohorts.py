"""Reads of cohorts and of who is in them."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from khue.domains.academy.models import Cohort, Enrolment, InvitationLetter, Place, ProgrammeVersion, Session, Team
from khue.domains.academy.permissions.cohorts import RUN
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.domains.people.api import Actor
from khue.kernel.clock import now

# a session that has just ended may still be looked for
AROUND = timedelta(hours=8)


def run_by(actor: Actor) -> QuerySet[Cohort]:
    """Of the actor's branch, each with its number of people as `people`."""
    people = Count("enrolments", filter=Q(enrolments__state__in=list(TAKES_PART)))
    return Cohort.objects.filter(organisation_id__in=actor.branch).select_related("version").annotate(people=people)


def at_campuses(actor: Actor) -> list[tuple[Place, Session | None]]:
    """Places of the actor's campuses in cohorts that others run, each with the session that comes next."""
    if not actor.is_a(*RUN):
        return []
    found = Place.objects.filter(organisation_id__in=actor.branch).exclude(cohort__organisation_id__in=actor.branch)
    places = list(found.select_related("cohort__version").order_by("-cohort__starts_on", "position"))
    coming = Session.objects.filter(cohort__in={place.cohort_id for place in places}, cancelled_at=None)
    first: dict[UUID, Session] = {}
    for session in coming.filter(ends_at__gte=now() - AROUND).order_by("starts_at"):
        first.setdefault(session.cohort_id, session)
    return [(place, first.get(place.cohort_id)) for place in places]


def versions_to_run(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """The newest version of each programme that the actor finds in the catalogue."""
    near = ProgrammeVersion.objects.filter(
        programme__organisation_id__in=actor.organisations | actor.above, programme__archived_at=None
    )
    newest = near.order_by("programme_id", "-position").distinct("programme_id").values("pk")
    return ProgrammeVersion.objects.filter(pk__in=newest).select_related("programme").order_by("programme__slug")


def roll(cohort: Cohort) -> QuerySet[Enrolment]:
    """Each with the letters of invitation as `sent`, the last one first."""
    letters = InvitationLetter.objects.order_by("-created_at")
    return cohort.enrolments.on_roll().prefetch_related(Prefetch("letters", queryset=letters, to_attr="sent"))


def sessions(cohort: Cohort) -> QuerySet[Session]:
    return cohort.sessions.select_related("topic").order_by("starts_at")


def teams(cohort: Cohort) -> QuerySet[Team]:
    members = Enrolment.objects.on_roll().taking_part()
    return cohort.teams.prefetch_related(Prefetch("enrolments", queryset=members, to_attr="members"))


def find(programme: str, *, slug: str = "", organisation_id: UUID | None = None) -> Cohort | None:
    """The cohort with this short name, else the one of the programme that begins last."""
    found = Cohort.objects.filter(version__programme__slug=programme)
    if organisation_id:
        found = found.filter(organisation_id=organisation_id)
    if slug:
        found = found.filter(slug=slug)
    return found.order_by("-starts_on", "-created_at").first()
