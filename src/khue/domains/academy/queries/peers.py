"""Reviews that a person gives."""

from uuid import UUID

from khue.domains.academy.models import Activity, Cohort, Grade, GradeKind, Submission
from khue.domains.people.api import Actor


def given_by(by: Actor, cohort: Cohort, activity: Activity) -> list[Grade]:
    found = Grade.objects.filter(
        grader=by.person_id, kind=GradeKind.PEER, submission__cohort=cohort, submission__activity=activity
    )
    return list(found.select_related("submission").order_by("created_at"))


def own(by: Actor, grade_id: UUID) -> Grade:
    """Raises Grade.DoesNotExist for somebody else's."""
    found = Grade.objects.select_related("submission__activity__version", "submission__cohort")
    return found.get(pk=grade_id, grader=by.person_id, kind=GradeKind.PEER)


def has_handed_in(by: Actor, cohort: Cohort, activity: Activity) -> bool:
    return Submission.objects.of(by).handed_in().filter(cohort=cohort, activity=activity).exists()
