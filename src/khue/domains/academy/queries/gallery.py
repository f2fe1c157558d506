"""What the public sees of sprints, and what is still to be asked."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from khue.domains.academy.models import Consent, Enrolment, Entry, FollowUp, Publication
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.domains.people.api import Actor
from khue.kernel.clock import today


def public() -> QuerySet[Publication]:
    """To which everybody who is in the team agrees as it stands; the newest first. One query."""
    members = Enrolment.objects.taking_part().filter(team=OuterRef("entry__team"))
    silent = members.filter(
        ~Exists(
            Consent.objects.filter(
                publication=OuterRef(OuterRef("pk")),
                person=OuterRef("person"),
                version=F("publication__version"),
            )
        )
    )
    return (
        Publication.objects.filter(Exists(members), ~Exists(silent))
        .select_related("entry__team", "entry__problem", "entry__sprint__cohort", "entry__sprint__activity")
        .order_by("-updated_at")
    )


@dataclass(frozen=True)
class Agreement:
    """Who is in the team, and whether they agree to the publication as it stands."""

    enrolment: Enrolment
    consent: Consent | None


def agreements(publication: Publication) -> list[Agreement]:
    current = {row.person_id: row for row in publication.consents.filter(version=publication.version)}
    members = publication.entry.team.enrolments.on_roll().taking_part()
    return [Agreement(enrolment, current.get(enrolment.person_id)) for enrolment in members]


def is_public(publication: Publication) -> bool:
    return public().filter(pk=publication.pk).exists()


def shown_names(publication: Publication) -> list[str]:
    """Of those in the team who want to be named."""
    found = agreements(publication)
    return [str(one.enrolment.person) for one in found if one.consent and one.consent.shows_name]


def outcomes(entries: QuerySet[Entry]) -> dict[str, int]:
    """The latest answer of each entry, counted."""
    answered = FollowUp.objects.filter(entry__in=entries).exclude(outcome="").order_by("due_on")
    return dict(Counter({row.entry_id: row.outcome for row in answered}.values()))


def due_for(actor: Actor) -> QuerySet[FollowUp]:
    """Unanswered questions that have come due, of the person's teams."""
    mine = Q(entry__presenters=actor.person_id) | Q(
        entry__team__enrolments__person=actor.person_id, entry__team__enrolments__state__in=list(TAKES_PART)
    )
    due = FollowUp.objects.filter(outcome="", due_on__lte=today())
    return due.filter(pk__in=due.filter(mine).values("pk")).select_related("entry__team", "entry__sprint__activity")
