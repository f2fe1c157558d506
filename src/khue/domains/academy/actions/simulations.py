"""A cohort to play through: an academy of its own, a copy of a programme, a session that is open now; and its end.

Everything is named as simulated, where anybody could see it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from khue.domains.academy.actions import certificates, cohorts, programmes
from khue.domains.academy.course.clone import cloned
from khue.domains.academy.course.course import Course, parse
from khue.domains.academy.models import (
    Answer,
    Attempt,
    Attendance,
    Bank,
    Cohort,
    Content,
    Enrolment,
    Material,
    Programme,
    Quiz,
    Reading,
    Session,
    SurveyDone,
    SurveyReply,
)
from khue.domains.academy.rules.cohorts import CohortState
from khue.domains.people import api as people
from khue.kernel import clock

BEGAN, LASTS = timedelta(minutes=5), timedelta(hours=8)
NAMES = {"vi": "Mô phỏng {name}", "en": "Simulation {name}", "fr": "Simulation {name}"}
CAMPUSES = {"vi": "Phân hiệu mô phỏng {n}", "en": "Simulated campus {n}", "fr": "Antenne simulée {n}"}
COORDINATOR = "Điều phối viên mô phỏng"


@dataclass(frozen=True)
class Opened:
    """`places`: key → id of each campus. `programme` and `cohort` are short names."""

    name: str
    organisation_id: UUID
    programme: str
    version_id: UUID
    cohort: str
    cohort_id: UUID
    session_id: UUID
    places: dict[str, UUID]
    coordinator: str
    password: str


@dataclass(frozen=True)
class Seat:
    """A participant with the code that opens their account."""

    person_id: UUID
    name: str
    username: str
    code: str
    place_id: UUID | None


@transaction.atomic
def open_(course: Course, *, name: str, campuses: int) -> Opened:
    """Raises people.api.RehearsalThere."""
    academy = people.open_rehearsal(
        name,
        names=_said(NAMES, name=name),
        campuses=[_said(CAMPUSES, n=n) for n in range(1, campuses + 1)],
        coordinator=COORDINATOR,
    )
    copy = parse(cloned(course, new_id=f"mo-phong-{name}"))
    version = programmes.load(copy, by=None, organisation_id=academy.organisation_id).version
    cohort = cohorts.create(
        by=None,
        version=version,
        organisation_id=academy.organisation_id,
        slug=f"mo-phong-{name}",
        names=_said(NAMES, name=name),
        starts_on=clock.today(),
    )
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RUNNING)
    return Opened(
        name,
        academy.organisation_id,
        copy.programme.id,
        version.pk,
        cohort.slug,
        cohort.pk,
        _running_session(cohort).pk,
        _campuses(cohort),
        academy.coordinator,
        academy.password,
    )


def _said(texts: dict[str, str], **facts: object) -> dict[str, str]:
    return {language: text.format(**facts) for language, text in texts.items()}


def _running_session(cohort: Cohort) -> Session:
    """The first of the timetable, as if it had begun a moment ago."""
    session = cohort.sessions.order_by("starts_at")[0]
    session.starts_at = clock.now() - BEGAN
    session.ends_at = session.starts_at + LASTS
    session.save(update_fields=["starts_at", "ends_at", "updated_at"])
    return session


def _campuses(cohort: Cohort) -> dict[str, UUID]:
    own = cohort.places.exclude(organisation=None).exclude(organisation=cohort.organisation_id)
    return dict(own.values_list("key", "pk"))


def seats(cohort_id: UUID) -> list[Seat]:
    """Everybody on the list, in its order, with new codes."""
    enrolments = list(Enrolment.objects.filter(cohort=cohort_id).select_related("person").order_by("code"))
    codes = people.invite(by=None, person_ids=[enrolment.person_id for enrolment in enrolments])
    return [
        Seat(row.person_id, str(row.person), row.person.username, codes.get(row.person_id, ""), row.place_id)
        for row in enrolments
    ]


def stored(cohort_id: UUID) -> dict[str, int]:
    """What the database holds of the cohort, and how much of it is there twice."""
    attendances = Attendance.objects.filter(enrolment__cohort=cohort_id)
    attempts = Attempt.objects.filter(sitting__cohort=cohort_id)
    persons = Enrolment.objects.filter(cohort=cohort_id).values("person")
    return {
        "enrolled": persons.count(),
        "checked_in": attendances.count(),
        "checked_in_twice": _twice(attendances.values_list("session", "enrolment")),
        "topics_read": Reading.objects.filter(person__in=persons).exclude(finished_at=None).count(),
        "quizzes_begun": attempts.count(),
        "quizzes_handed_in": attempts.finished().count(),
        "answers": Answer.objects.filter(attempt__in=attempts).filter(given__isnull=False).count(),
        "surveys_done": SurveyDone.objects.filter(cohort=cohort_id).count(),
        "survey_replies": SurveyReply.objects.filter(cohort=cohort_id).count(),
    }


def _twice(rows: QuerySet[Any, Any]) -> int:
    return int(rows.annotate(times=Count("pk")).filter(times__gt=1).count())


@transaction.atomic
def remove(name: str) -> int:
    """Everything of the simulation with this name; how many people were in it."""
    slug = f"mo-phong-{name}"
    own = Programme.objects.filter(slug=slug, organisation__slug=slug)
    certificates.forget(Cohort.objects.filter(version__programme__in=own))
    Cohort.objects.filter(version__programme__in=own).delete()
    Quiz.objects.filter(activity__version__programme__in=own).delete()
    Bank.objects.filter(programme__in=own).delete()
    files = list(Material.objects.filter(version__programme__in=own).values_list("content", flat=True))
    own.delete()
    Content.objects.filter(pk__in=files).exclude(pk__in=Material.objects.values("content")).delete()
    return people.close_rehearsal(name)
