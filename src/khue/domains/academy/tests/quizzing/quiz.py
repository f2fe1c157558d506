"""A quiz of the academy with one item of each kind, at which An's cohort sits."""

from datetime import date
from typing import Any

from khue.domains.academy.actions import attempts, cohorts, quizzes
from khue.domains.academy.models import Activity, ActivityKind, Attempt, Enrolment, Programme, ProgrammeVersion, Sitting
from khue.domains.academy.tests.quizzing import samples
from khue.domains.academy.tests.small import running
from khue.domains.people.api import actor_of
from khue.domains.people.tests.cast import Cast


def version_of(cast: Cast, slug: str = "thu") -> ProgrammeVersion:
    programme = Programme.objects.get_or_create(organisation=cast.academy, slug=slug)[0]
    return ProgrammeVersion.objects.get_or_create(
        programme=programme,
        number="1.0",
        defaults={"position": 1, "digest": "0" * 64, "languages": ["vi"], "names": {"vi": "Chương trình thử"}},
    )[0]


def quiz_activity(cast: Cast, *, key: str = "thu-quiz", **settings: Any) -> Activity:
    definition = {"names": {"vi": "Kiểm tra thử"}, "items": samples.ALL} | settings
    return Activity.objects.get_or_create(
        version=version_of(cast),
        key=key,
        defaults={
            "kind": ActivityKind.QUIZ,
            "position": 1,
            "names": {"vi": "Kiểm tra thử", "en": "A quiz to try"},
            "definition": definition,
        },
    )[0]


def cohort_of(cast: Cast) -> Any:
    """Run by the campus where Bình teaches, with An of another campus."""
    version = version_of(cast)
    made = version.cohorts.first() or running(
        cohorts.create(
            by=None,
            version=version,
            organisation_id=cast.ha_noi.pk,
            slug="khoa-thu",
            names={"vi": "Khóa thử"},
            starts_on=date(2026, 3, 2),
        )
    )
    Enrolment.objects.get_or_create(cohort=made, person=cast.an)
    return made


def sitting_of(cast: Cast, **settings: Any) -> Sitting:
    quiz = quizzes.from_activity(quiz_activity(cast, **settings))
    return quizzes.sitting(quiz, cohort_of(cast))


def open_attempt(cast: Cast) -> Attempt:
    """Of An, not handed in."""
    return attempts.start(by=actor_of(cast.an.pk), sitting=sitting_of(cast), number=1)


def finished_attempt(cast: Cast) -> Attempt:
    """Of An, at a quiz that allows one: everything is due."""
    sitting = sitting_of(cast, key="ket-thuc", attempts=1)
    attempt = attempts.start(by=actor_of(cast.an.pk), sitting=sitting, number=1)
    return attempts.finish(by=actor_of(cast.an.pk), attempt_id=attempt.pk)


def essay_handed_in(cast: Cast) -> Attempt:
    """Waits to be marked."""
    attempt, an = open_attempt(cast), actor_of(cast.an.pk)
    if attempt.finished_at is None:
        place = attempt.answers.get(item__kind="essay").position
        text = {f"a{place}": ["Soạn trả lời cho câu hỏi thường gặp của người dân."]}
        attempts.save(by=an, attempt_id=attempt.pk, form=text, positions=[place], serial=1, language="vi")
    return attempts.finish(by=an, attempt_id=attempt.pk)
