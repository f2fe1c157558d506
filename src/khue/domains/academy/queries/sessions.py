"""Reads of sessions: a person's own days, those that somebody holds."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from khue.domains.academy.models import Cohort, Session, Topic
from khue.domains.academy.rules.attendance import CLOSES, OPENS
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.domains.people.api import Actor
from khue.kernel.clock import now


def known_to(actor: Actor) -> QuerySet[Session]:
    """Of cohorts that the actor runs, teaches in, has a campus in, or takes part in."""
    runs = Q(cohort__organisation_id__in=actor.branch) | Q(cohort__places__organisation_id__in=actor.branch)
    own = Q(cohort__enrolments__person=actor.person_id, cohort__enrolments__state__in=list(TAKES_PART))
    found = Session.objects.filter(runs | own | _trains(actor.person_id))
    return Session.objects.filter(pk__in=found.values("pk")).select_related("cohort__version", "topic")


def _trains(person_id: UUID) -> Q:
    """At every place, or at one."""
    return Q(trainers=person_id) | Q(at_places__trainers=person_id)


def of_person(person_id: UUID) -> QuerySet[Session]:
    """The timetable of somebody, as participant and as trainer; without what stands on the pages of the topics."""
    own = Q(cohort__enrolments__person=person_id, cohort__enrolments__state__in=list(TAKES_PART))
    found = Session.objects.filter(own | _trains(person_id))
    return (
        Session.objects.filter(pk__in=found.values("pk"))
        .select_related("cohort__version", "topic")
        .defer("cohort__version__definition", *(f"topic__{name}" for name in Topic.PAGE))
        .order_by("starts_at")
    )


def first_of(cohort: Cohort) -> Session | None:
    return cohort.sessions.filter(cancelled_at=None).order_by("starts_at").first()


def open_for(person_id: UUID) -> QuerySet[Session]:
    """Those that take check-ins now, early ones of the day included."""
    at = now()
    soon = Q(starts_at__lte=at + OPENS + timedelta(hours=8), ends_at__gte=at - CLOSES)
    return of_person(person_id).filter(soon, cancelled_at=None)
