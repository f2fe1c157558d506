"""Labs as those who do them see them, and how each person stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from khue.domains.academy.models import Cohort, Submission
from khue.domains.academy.rules.labs import WAITING, SubmissionState


@dataclass(frozen=True)
class LabStanding:
    """`state` of the last submission that counts: "draft" (begun), "handed-in", "graded" or "returned". `score`: the
    best share of the rubric's points so far, from 0 to 1; None until something is graded."""

    state: str
    score: float | None
    is_passed: bool


def standings(cohort: Cohort, person_ids: Iterable[UUID] | None = None) -> dict[tuple[UUID, UUID], LabStanding]:
    """(person, activity) → standing, for the labs of the cohort; nobody who has not begun. One query."""
    found = Submission.objects.filter(cohort=cohort).exclude(state=SubmissionState.SUPERSEDED)
    if person_ids is not None:
        found = found.filter(person_id__in=list(person_ids))
    standing: dict[tuple[UUID, UUID], LabStanding] = {}
    rows = found.only("person_id", "activity_id", "state", "points", "most_points", "is_passed")
    for submission in rows.order_by("number"):
        key = (submission.person_id, submission.activity_id)
        standing[key] = _with(standing.get(key), submission)
    return standing


def _with(before: LabStanding | None, submission: Submission) -> LabStanding:
    """Later ones count beside the earlier: what was passed stays passed."""
    state = SubmissionState.HANDED_IN if submission.state in WAITING else submission.state
    share = submission.share if submission.is_settled else None
    scores = [score for score in (before.score if before else None, share) if score is not None]
    is_passed = (before is not None and before.is_passed) or (submission.is_settled and submission.is_passed)
    return LabStanding(str(state), max(scores, default=None), is_passed)
