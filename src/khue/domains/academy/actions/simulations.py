"""A cohort to play through: an academy of its own with documents to ask, a copy of a programme, sessions that are all
open now; and its end.

Everything is named as simulated, where anybody could see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from khue.domains.academy.actions import certificates, cohorts, issuers, programmes
from khue.domains.academy.course.clone import cloned
from khue.domains.academy.course.course import Course, parse
from khue.domains.academy.models import (
    Answer,
    Attempt,
    Attendance,
    Bank,
    CanvasText,
    Certificate,
    CertificateBatch,
    Cohort,
    Comparison,
    Content,
    Enrolment,
    Entry,
    GateDecision,
    Grade,
    GradeKind,
    Material,
    Programme,
    Quiz,
    Reading,
    Sheet,
    StageWork,
    Submission,
    SurveyDone,
    SurveyReply,
)
from khue.domains.academy.rules.labs import SubmissionState
from khue.domains.knowledge import api as knowledge
from khue.domains.people import api as people
from khue.kernel import artefacts, clock

BEGAN, LASTS = timedelta(minutes=5), timedelta(hours=8)
NAMES = {"vi": "Mô phỏng {name}", "en": "Simulation {name}", "fr": "Simulation {name}"}
CAMPUSES = {"vi": "Phân hiệu mô phỏng {n}", "en": "Simulated campus {n}", "fr": "Antenne simulée {n}"}
COORDINATOR = "Điều phối viên mô phỏng"
# the first two grade, all three judge
LECTURERS = tuple(f"Giảng viên mô phỏng {n}" for n in (1, 2, 3))
SHELF = "Tài liệu mô phỏng"
PARTNER = {"vi": "Viện đối tác mô phỏng", "en": "Simulated partner institute", "fr": "Institut partenaire simulé"}


@dataclass(frozen=True)
class Opened:
    """`places`: key → id of each campus. `programme` and `cohort` are short names."""

    name: str
    organisation_id: UUID
    programme: str
    version_id: UUID
    cohort: str
    cohort_id: UUID
    session_ids: tuple[UUID, ...]
    places: dict[str, UUID]
    coordinator: str
    lecturers: tuple[str, ...]
    password: str

    @property
    def session_id(self) -> UUID:
        """The first of the timetable."""
        return self.session_ids[0]


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
        lecturers=LECTURERS,
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
    _bring_documents(copy, academy.organisation_id)
    _sign_together(cohort)
    return Opened(
        name,
        academy.organisation_id,
        copy.programme.id,
        version.pk,
        cohort.slug,
        cohort.pk,
        _running_sessions(cohort, academy.lecturers),
        _campuses(cohort),
        academy.coordinator,
        academy.lecturers,
        academy.password,
    )


def _said(texts: dict[str, str], **facts: object) -> dict[str, str]:
    return {language: text.format(**facts) for language, text in texts.items()}


def _running_sessions(cohort: Cohort, lecturers: Sequence[str]) -> tuple[UUID, ...]:
    """In the order of the timetable, all as if they had begun a moment ago; the lecturers hold them."""
    found = list(cohort.sessions.order_by("starts_at"))
    began = clock.now() - BEGAN
    cohort.sessions.update(starts_at=began, ends_at=began + LASTS, updated_at=clock.now())
    trainers = [people.person_called(username) for username in lecturers]
    for session in found:
        session.trainers.set([pk for pk in trainers if pk])  # type: ignore[misc]  # keys
    return tuple(session.pk for session in found)


def _sign_together(cohort: Cohort) -> None:
    """Certificates are given by two institutions."""
    plan = certificates.plan_of(cohort)
    partner = issuers.create(by=None, organisation_id=cohort.organisation_id, names=PARTNER)
    certificates.change_plan(by=None, cohort=cohort, issuer=plan.issuer, second=partner, languages=plan.languages)


def _bring_documents(course: Course, organisation_id: UUID) -> None:
    """The pages of the topics, as what labs ask."""
    shelf = knowledge.create_collection(
        SHELF,
        by=None,
        organisation_id=organisation_id,
        access=knowledge.Access.BELOW,
        data_class=knowledge.DataClass.PUBLIC,
    )
    documents = [
        knowledge.NewDocument(f"{folder.key}.{language}", tuple(knowledge.paragraphs(text)))
        for folder in course.topics
        for language, text in folder.pages.items()
    ]
    knowledge.add_documents(shelf.id, documents, by=None)


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
    } | _assessed(cohort_id)


def _assessed(cohort_id: UUID) -> dict[str, int]:
    works = Submission.objects.filter(cohort=cohort_id).exclude(state=SubmissionState.DRAFT)
    grades = Grade.objects.filter(submission__in=works).exclude(done_at=None)
    entries = Entry.objects.filter(sprint__cohort=cohort_id)
    texts = CanvasText.objects.filter(entry__in=entries).values("entry", "stage", "field").distinct()
    held = Certificate.objects.holding().filter(cohort=cohort_id)
    return {
        "labs_handed_in": works.count(),
        "labs_checked": works.exclude(checked_at=None).count(),
        "grades": grades.filter(kind=GradeKind.STAFF).count(),
        "reviews": grades.filter(kind=GradeKind.PEER).count(),
        "problems_chosen": entries.exclude(problem=None).count(),
        "canvas_fields": texts.count(),
        "stages_handed_in": _sum(StageWork.objects.filter(entry__in=entries), "round"),
        "gates_decided": GateDecision.objects.filter(work__entry__in=entries).count(),
        "sheets": Sheet.objects.filter(entry__in=entries).count(),
        "comparisons": Comparison.objects.filter(first__in=entries).count(),
        "certificates": held.count(),
        "certificates_twice": _twice(held.values_list("person")),
        "certificates_refused": _refused(cohort_id),
    }


def _refused(cohort_id: UUID) -> int:
    batch = CertificateBatch.objects.filter(cohort=cohort_id).first()
    return len(batch.refused) if batch else 0


def _sum(rows: QuerySet[Any, Any], field: str) -> int:
    return int(rows.aggregate(sum=Sum(field))["sum"] or 0)


def _twice(rows: QuerySet[Any, Any]) -> int:
    return int(rows.annotate(times=Count("pk")).filter(times__gt=1).count())


@transaction.atomic
def remove(name: str) -> int:
    """Everything of the simulation with this name; how many people were in it."""
    slug = f"mo-phong-{name}"
    if shelf := knowledge.collection(SHELF, by=None, organisation_id=people.organisation_id(slug)):
        knowledge.delete_collection(shelf.id, by=None)
    own = Programme.objects.filter(slug=slug, organisation__slug=slug)
    certificates.forget(Cohort.objects.filter(version__programme__in=own))
    Cohort.objects.filter(version__programme__in=own).delete()
    Quiz.objects.filter(activity__version__programme__in=own).delete()
    Bank.objects.filter(programme__in=own).delete()
    files = list(Material.objects.filter(version__programme__in=own).values_list("content", flat=True))
    own.delete()
    artefacts.clear([site.organisation_id for site in people.sites(people.organisation_id(slug))])
    Content.objects.filter(pk__in=files).exclude(pk__in=Material.objects.values("content")).delete()
    return people.close_rehearsal(name)
