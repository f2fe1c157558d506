"""Who is to get a certificate, who has one, and what they look like to others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import (
    Activity,
    Attendance,
    Certificate,
    CertificateBatch,
    Cohort,
    Enrolment,
    SurveyDone,
)
from khue.domains.academy.queries import labs, quizzes, sprints
from khue.domains.academy.rules.attendance import THERE
from khue.domains.academy.rules.certificates import Condition, Part, Rule, Standing, checklist, is_eligible, rule
from khue.domains.people.api import Actor

PART_LABELS = {
    Part.ATTENDANCE.value: _("Attendance"),
    Part.QUIZ.value: _("Quizzes passed"),
    Part.LAB.value: _("Labs passed"),
    Part.SPRINT.value: _("Mini sprint"),
    Part.SURVEY.value: _("Surveys answered"),
    "name": _("A name that the fonts can show"),
}


class _Passing(Protocol):
    @property
    def is_passed(self) -> bool: ...


@dataclass(frozen=True)
class Line:
    """A condition with the names of what is missing."""

    condition: Condition
    missing: tuple[Activity, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody on the roll, how they stand, and the certificate that they hold."""

    enrolment: Enrolment
    conditions: tuple[Condition, ...]
    certificate: Certificate | None

    @property
    def is_eligible(self) -> bool:
        return is_eligible(self.conditions)

    @property
    def missing(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if not condition.is_met)


@dataclass(frozen=True)
class Eligibility:
    """Of a whole cohort, or of those asked for; the number of queries does not grow with the people."""

    cohort: Cohort
    rule: Rule | None
    activities: dict[str, Activity]
    candidates: tuple[Candidate, ...]

    @cached_property
    def ready(self) -> tuple[Candidate, ...]:
        """Eligible, without one so far."""
        return tuple(one for one in self.candidates if one.is_eligible and not one.certificate)

    def by_readiness(self) -> list[Candidate]:
        """Those without one first: ready, then by how little is missing; those who hold one last."""
        return sorted(self.candidates, key=lambda one: (one.certificate is not None, len(one.missing)))

    def lines(self, candidate: Candidate) -> Iterator[Line]:
        for condition in candidate.conditions:
            yield Line(condition, tuple(self.activities[key] for key in condition.missing if key in self.activities))


def eligibility(cohort: Cohort, person_ids: Iterable[UUID] | None = None) -> Eligibility:
    """Nobody is a candidate of a programme without a certificate."""
    activities = {activity.key: activity for activity in cohort.version.activities.order_by("position")}
    described = cohort.version.definition.get("certificate")
    if not described:
        return Eligibility(cohort, None, activities, ())
    wanted = rule(described, [(activity.key, activity.kind) for activity in activities.values()])
    enrolments = cohort.enrolments.taking_part().on_roll()
    if person_ids is not None:
        enrolments = enrolments.filter(person__in=list(person_ids))
    people = list(enrolments)
    standings = _standings(cohort, people, activities)
    held = {one.person_id: one for one in cohort.certificates.holding().defer("credential")}
    return Eligibility(
        cohort,
        wanted,
        activities,
        tuple(Candidate(one, checklist(wanted, standings[one.person_id]), held.get(one.person_id)) for one in people),
    )


def _standings(cohort: Cohort, people: list[Enrolment], activities: dict[str, Activity]) -> dict[UUID, Standing]:
    sessions = cohort.sessions.filter(cancelled_at=None).count()
    came = Attendance.objects.filter(
        enrolment__cohort=cohort, session__cancelled_at=None, presence__in=[presence.value for presence in THERE]
    )
    counts = dict(came.values_list("enrolment").annotate(Count("pk")).order_by())
    reached = _reached(cohort, activities)
    return {
        one.person_id: Standing(counts.get(one.pk, 0), sessions, frozenset(reached[one.person_id])) for one in people
    }


def _reached(cohort: Cohort, activities: dict[str, Activity]) -> dict[UUID, set[str]]:
    """person → keys of the activities that they passed, did or handed in."""
    keys = {activity.pk: key for key, activity in activities.items()}
    found: dict[UUID, set[str]] = defaultdict(set)
    standings: list[Mapping[tuple[UUID, UUID], _Passing]] = [
        quizzes.standings(cohort), labs.standings(cohort), sprints.standings(cohort)
    ]  # fmt: skip
    passed = [key for one in standings for key, standing in one.items() if standing.is_passed]
    answered = SurveyDone.objects.filter(cohort=cohort).values_list("person_id", "activity_id")
    for person_id, activity_id in (*passed, *answered):
        if activity_id in keys:
            found[person_id].add(keys[activity_id])
    return found


def ended_of(cohort: Cohort) -> QuerySet[Certificate]:
    found = cohort.certificates.exclude(ended_at=None).select_related("replaced_by").defer("credential")
    return found.order_by("-ended_at")


def holding_of(cohort: Cohort) -> QuerySet[Certificate]:
    return cohort.certificates.holding().order_by("code", "year", "serial")


def open_to(actor: Actor) -> list[tuple[Cohort, list[Line]]]:
    """The cohorts where the person may still get one, each with their checklist."""
    found = []
    enrolments = Enrolment.objects.taking_part().filter(person=actor.person_id).select_related("cohort__version")
    for enrolment in enrolments.order_by("-cohort__starts_on"):
        their = eligibility(enrolment.cohort, [actor.person_id])
        found += [(enrolment.cohort, list(their.lines(one))) for one in their.candidates if not one.certificate]
    return found


def latest_batch(cohort: Cohort) -> CertificateBatch | None:
    return cohort.certificate_batches.first()


def own(actor: Actor) -> QuerySet[Certificate]:
    return Certificate.objects.of(actor).select_related("cohort__version", "replaced_by").order_by("-issued_at")


def by_token(token: str) -> Certificate | None:
    found = Certificate.objects.select_related(
        "key__issuer", "second_key__issuer", "cohort__version", "replaced_by", "status_list"
    )
    return found.filter(token=token).first()


def find(reference: str) -> Certificate | None:
    """By its number, or by the token of its check page."""
    code, _sep, rest = reference.upper().rpartition("-")
    code, _sep, year = code.rpartition("-")
    numbered = Q(pk=None)
    if rest.isdigit() and year.isdigit():
        numbered = Q(code=code, year=int(year), serial=int(rest))
    return Certificate.objects.filter(Q(token=reference) | numbered).first()


def cohorts_named(slug: str) -> list[Cohort]:
    return list(Cohort.objects.filter(slug=slug).select_related("version")[:2])


def in_words(codes: Iterable[str]) -> list[str]:
    """ "quiz:mo-dau-quiz" → "Quizzes passed: mo-dau-quiz", in the active language."""
    parted = [code.partition(":") for code in codes]
    return [f"{PART_LABELS[part]}{f': {key}' if key else ''}" for part, _sep, key in parted]
