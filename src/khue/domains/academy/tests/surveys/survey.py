"""A survey before and one after, of the cohort in which An takes part."""

from typing import Any

from khue.domains.academy.actions import surveys
from khue.domains.academy.models import Activity, ActivityKind, Cohort, Enrolment
from khue.domains.academy.tests.quizzing.quiz import cohort_of, version_of
from khue.domains.people.api import Role, actor_of
from khue.domains.people.models import Membership, Person
from khue.domains.people.tests.cast import Cast

QUESTIONS: list[dict[str, Any]] = [
    {
        "key": "sure",
        "type": "scale",
        "steps": 5,
        "text": {"vi": "Tự tin?"},
        "low": {"vi": "Ít"},
        "high": {"vi": "Nhiều"},
    },
    {"key": "often", "type": "scale", "text": {"vi": "Hay dùng?"}, "low": {"vi": "Ít"}, "high": {"vi": "Nhiều"}},
    {
        "key": "where",
        "type": "one",
        "text": {"vi": "Ở đâu?"},
        "options": [{"key": "home", "text": {"vi": "Nhà"}}, {"key": "desk", "text": {"vi": "Cơ quan"}}],
    },
    {"key": "wish", "type": "open", "optional": True, "text": {"vi": "Mong gì?"}},
]


def survey(cast: Cast, *, when: str = "before", anonymous: bool = True) -> Activity:
    cohort_of(cast)
    definition = {
        "names": {"vi": "Khảo sát"},
        "about": {"vi": "Vài câu."},
        "when": when,
        "anonymous": anonymous,
        "questions": QUESTIONS,
    }
    return Activity.objects.get_or_create(
        version=version_of(cast),
        key=f"khao-sat-{when}",
        defaults={
            "kind": ActivityKind.SURVEY,
            "position": 9,
            "names": {"vi": "Khảo sát"},
            "definition": definition,
        },
    )[0]


def classmates(cast: Cast, count: int) -> list[Person]:
    """Enrolled in the same cohort."""
    cohort, made = cohort_of(cast), []
    for number in range(count):
        person = Person.objects.create(username=f"hoc-vien-{number}", full_name=f"Học viên {number}")
        Membership.objects.create(person=person, organisation=cast.hcm, role=Role.PARTICIPANT)
        Enrolment.objects.create(cohort=cohort, person=person)
        made.append(person)
    return made


def survey_replied(cast: Cast) -> Cohort:
    """The cohort, with a survey before and one after that nine people have replied to."""
    before, after, cohort = survey(cast), survey(cast, when="after"), cohort_of(cast)
    if not before.replies.exists():
        for number, person in enumerate(classmates(cast, 9)):
            form = {"sure": [str(1 + number % 4)], "often": ["2"], "where": ["desk"], "wish": [f"Mong {number}"]}
            by = actor_of(person.pk)
            code = surveys.reply(by=by, activity=before, cohort=cohort, form=form)
            later = form | {"sure": [str(2 + number % 3)]}
            surveys.reply(by=by, activity=after, cohort=cohort, form=later, pair_code=code)
    return cohort
