"""The closing report of a cohort and a person's training record: what was attended, done, scored and said. A constant
number of reads whatever the number of people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from khue.domains.academy.models import (
    Activity,
    ActivityKind,
    Attempt,
    Attendance,
    Certificate,
    Cohort,
    Enrolment,
    Entry,
)
from khue.domains.academy.queries import certificates, gallery, labs, quizzes, sprints, surveys
from khue.domains.academy.queries.certificates import Candidate
from khue.domains.academy.rules.attendance import THERE
from khue.domains.academy.rules.sprints import Progress
from khue.kernel.clock import now

PRESENT = [presence.value for presence in THERE]


@dataclass(frozen=True)
class Group:
    """A campus or a province. Shares from 0 to 1; None where nothing is asked for."""

    name: str
    people: int
    attendance: float | None
    completed: int


@dataclass(frozen=True)
class SessionLine:
    name: str
    starts_at: datetime
    present: int
    of: int

    @property
    def share(self) -> float:
        return self.present / self.of if self.of else 0.0


@dataclass(frozen=True)
class ScoreLine:
    """A quiz, a lab or the sprint. `mean`: of the shares of points; None for what is not scored."""

    activity: Activity
    done: int
    passed: int
    of: int
    mean: float | None


@dataclass(frozen=True)
class Closing:
    """`satisfaction`: scales that only the survey after asks. `hours`: mean of a person, in sessions and at quizzes."""

    cohort: Cohort
    made_at: datetime
    people: int
    completed: int | None
    certified: int
    attendance: float | None
    places: tuple[Group, ...]
    provinces: tuple[Group, ...]
    sessions: tuple[SessionLine, ...]
    scores: tuple[ScoreLine, ...]
    comparison: surveys.Comparison | None
    satisfaction: tuple[surveys.Figures, ...]
    replies: int
    hours_in_sessions: float
    hours_at_quizzes: float
    # of the mini sprint: teams, those that presented, and what became of their work: outcome → how many
    teams: int
    teams_presented: int
    outcomes: Mapping[str, int]


def closing(cohort: Cohort) -> Closing:
    enrolments = list(cohort.enrolments.taking_part().on_roll())
    sessions = list(cohort.sessions.filter(cancelled_at=None).order_by("starts_at"))
    there = _there(cohort)
    candidates = {one.enrolment.pk: one for one in certificates.eligibility(cohort).candidates}
    described = bool(cohort.version.definition.get("certificate"))
    per_session = dict(
        Attendance.objects.filter(enrolment__in=enrolments, session__in=sessions, presence__in=PRESENT)
        .values_list("session")
        .annotate(Count("pk"))
        .order_by()
    )
    length = {session.pk: session.ends_at - session.starts_at for session in sessions}
    in_sessions = sum((length[key] * count for key, count in per_session.items()), timedelta())
    satisfaction, replies = _satisfaction(cohort)
    entries = Entry.objects.filter(sprint__cohort=cohort)
    return Closing(
        cohort=cohort,
        made_at=now(),
        people=len(enrolments),
        completed=sum(one.is_eligible for one in candidates.values()) if described else None,
        certified=sum(one.certificate is not None for one in candidates.values()),
        attendance=_share(enrolments, there, len(sessions)),
        places=_groups(enrolments, there, len(sessions), candidates, lambda one: one.place.name if one.place else "–"),
        provinces=_groups(enrolments, there, len(sessions), candidates, lambda one: one.province or "–"),
        sessions=tuple(
            SessionLine(session.name, session.starts_at, per_session.get(session.pk, 0), len(enrolments))
            for session in sessions
        ),
        scores=tuple(_scores(cohort, len(enrolments))),
        comparison=surveys.compared(cohort),
        satisfaction=satisfaction,
        replies=replies,
        hours_in_sessions=_hours(in_sessions, len(enrolments)),
        hours_at_quizzes=_hours(_at_quizzes(cohort), len(enrolments)),
        teams=entries.count(),
        teams_presented=sprints.presented(cohort),
        outcomes=gallery.outcomes(entries),
    )


def _there(cohort: Cohort) -> dict[UUID, int]:
    found = Attendance.objects.filter(
        enrolment__cohort=cohort, session__cancelled_at=None, presence__in=PRESENT
    ).values_list("enrolment")
    return dict(found.annotate(Count("pk")).order_by())


def _share(enrolments: list[Enrolment], there: Mapping[UUID, int], sessions: int) -> float | None:
    whole = len(enrolments) * sessions
    return sum(there.get(one.pk, 0) for one in enrolments) / whole if whole else None


def _groups(
    enrolments: Iterable[Enrolment],
    there: Mapping[UUID, int],
    sessions: int,
    candidates: Mapping[UUID, Candidate],
    name: Callable[[Enrolment], str],
) -> tuple[Group, ...]:
    found: dict[str, list[Enrolment]] = defaultdict(list)
    for one in enrolments:
        found[name(one)].append(one)
    groups = (
        Group(
            known,
            len(people),
            _share(people, there, sessions),
            sum(one.pk in candidates and candidates[one.pk].is_eligible for one in people),
        )
        for known, people in found.items()
    )
    return tuple(sorted(groups, key=lambda group: (-group.people, group.name)))


def _scores(cohort: Cohort, people: int) -> Iterable[ScoreLine]:
    wanted = (ActivityKind.QUIZ, ActivityKind.LAB, ActivityKind.SPRINT)
    quiz, lab, sprint = quizzes.standings(cohort), labs.standings(cohort), sprints.standings(cohort)
    for activity in cohort.version.activities.filter(kind__in=wanted).order_by("position"):
        if activity.kind == ActivityKind.QUIZ:
            taken = [one for (_person, key), one in quiz.items() if key == activity.pk]
            shares, passed, done = [one.share for one in taken], sum(one.is_passed for one in taken), len(taken)
        elif activity.kind == ActivityKind.LAB:
            given = [one for (_person, key), one in lab.items() if key == activity.pk]
            shares = [one.score for one in given if one.score is not None]
            passed, done = sum(one.is_passed for one in given), sum(one.state != "draft" for one in given)
        else:
            stood = [one for (_person, key), one in sprint.items() if key == activity.pk]
            shares, passed = [], sum(one.is_passed for one in stood)
            done = sum(one.state == Progress.PRESENTED for one in stood)
        yield ScoreLine(activity, done, passed, people, fmean(shares) if shares else None)


def _satisfaction(cohort: Cohort) -> tuple[tuple[surveys.Figures, ...], int]:
    found = {activity.definition.get("when"): activity for activity in surveys.surveys_of(cohort)}
    after, before = found.get("after"), found.get("before")
    if after is None:
        return (), 0
    asked = {question["key"] for question in before.definition["questions"]} if before else set()
    replies = surveys.replies(after, cohort)
    scales = (one for one in surveys.figures(after, replies) if one.kind == "scale" and one.key not in asked)
    return tuple(scales), len(replies)


def _at_quizzes(cohort: Cohort) -> timedelta:
    spent = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    attempts = Attempt.objects.finished().filter(sitting__cohort=cohort)
    found: timedelta | None = attempts.aggregate(all=Sum(spent))["all"]
    return found or timedelta()


def _hours(whole: timedelta, people: int) -> float:
    return whole.total_seconds() / 3600 / people if people else 0.0


@dataclass(frozen=True)
class Record:
    """One cohort of a person."""

    enrolment: Enrolment
    present: int
    sessions: int
    quizzes: int
    labs: int
    sprint: bool
    certificate: Certificate | None


def record_of(person_id: UUID) -> list[Record]:
    """Each cohort that the person took part in, the latest first; a certificate that was revoked is left out."""
    enrolments = list(
        Enrolment.objects.taking_part()
        .filter(person=person_id)
        .select_related("cohort__version", "place")
        .order_by("-cohort__starts_on")
    )
    came = Attendance.objects.filter(enrolment__in=enrolments, session__cancelled_at=None, presence__in=PRESENT)
    present = dict(came.values_list("enrolment").annotate(Count("pk")).order_by())
    held = {one.cohort_id: one for one in Certificate.objects.holding().filter(person_id=person_id).defer("credential")}
    return [_record(one, present.get(one.pk, 0), held.get(one.cohort_id)) for one in enrolments]


def _record(enrolment: Enrolment, present: int, certificate: Certificate | None) -> Record:
    person, cohort = [enrolment.person_id], enrolment.cohort
    return Record(
        enrolment=enrolment,
        present=present,
        sessions=cohort.sessions.filter(cancelled_at=None).count(),
        quizzes=sum(one.is_passed for one in quizzes.standings(cohort, person).values()),
        labs=sum(one.is_passed for one in labs.standings(cohort, person).values()),
        sprint=any(one.is_passed for one in sprints.standings(cohort, person).values()),
        certificate=certificate,
    )
