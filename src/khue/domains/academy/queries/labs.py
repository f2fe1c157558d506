"""Labs as those who do them see them, and how each person stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from khue.domains.academy.models import Activity, CheckOutcome, CheckResult, Cohort, Grade, GradeKind, Submission
from khue.domains.academy.rules.grading import Given, outcome, scheme
from khue.domains.academy.rules.labs import WAITING, SubmissionState
from khue.domains.people.api import Actor
from khue.kernel import artefacts
from khue.kernel.artefacts import Made


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


# One lab of one person -------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """Something that may be handed in; `is_new`: made or changed since the lab was begun."""

    kind: str
    label: str
    made: Made
    is_chosen: bool
    is_new: bool

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.made.id}"


def mine(by: Actor, cohort: Cohort, activity: Activity) -> list[Submission]:
    """All of them, the latest first, with their evidence."""
    own = Submission.objects.of(by).filter(cohort=cohort, activity=activity)
    return list(own.prefetch_related("evidence").order_by("-number"))


def choices(by: Actor, kinds: Iterable[str], draft: Submission | None) -> list[Choice]:
    """What the person made with the lab's tool, the latest first. What is new is chosen until they choose."""
    chosen = {(one.kind, one.thing_id) for one in draft.evidence.all()} if draft else set()
    found = []
    for name in kinds:
        if kind := artefacts.kind(name):
            for made in kind.made_by(by.person_id):
                is_new = draft is not None and made.changed_at >= draft.created_at
                is_chosen = (name, made.id) in chosen or (is_new and not chosen)
                found.append(Choice(name, str(kind.label), made, is_chosen, is_new))
    return found


# What programs saw -----------------------------------------------------------------------------

WHY = {
    "slow": gettext_lazy("It took too long and was stopped."),
    "crashed": gettext_lazy("It broke off."),
    "missing": gettext_lazy("This check is not installed on this server."),
    "settings": gettext_lazy("The programme does not say properly what to look for."),
}


@dataclass(frozen=True)
class CheckRow:
    """`outcome` empty while it runs; `words`: what was seen, or why nothing could be."""

    names: dict[str, str]
    outcome: str
    words: str


def check_rows(submission: Submission) -> list[CheckRow]:
    """In the order of the programme."""
    lab = submission.activity.definition
    results = {result.key: result for result in submission.checks.all()}
    return [_check_row(lab, check, results.get(check["key"])) for check in lab.get("checks", ())]


def _check_row(lab: dict[str, Any], check: dict[str, Any], result: CheckResult | None) -> CheckRow:
    if result is None:
        return CheckRow(check["names"], "", "")
    if result.outcome == CheckOutcome.UNKNOWN:
        return CheckRow(check["names"], result.outcome, str(WHY.get(result.facts.get("why", ""), WHY["crashed"])))
    found = artefacts.check(lab.get("tool", ""), check["kind"], also=lab.get("evidence", ()))
    facts = {**result.facts, "passed": result.outcome == CheckOutcome.PASSED}
    try:
        words = found[1].tell(facts) if found else ""
    except (KeyError, IndexError, TypeError, ValueError):
        # facts of an older version of the check: the outcome stands without them
        words = ""
    return CheckRow(check["names"], result.outcome, words)


# What came of it -------------------------------------------------------------------------------


@dataclass(frozen=True)
class CriterionRow:
    """`points` as they count; `level`: the words of the level that is nearest; `notes`: what was written to it."""

    names: dict[str, str]
    points: float | None
    most: int
    level: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What the person is told: `words` of the graders and of fellow participants, without names."""

    criteria: tuple[CriterionRow, ...]
    words: tuple[str, ...]
    peers: tuple[Grade, ...]


def result(submission: Submission) -> Result:
    """The grader's part only when it is settled; what fellow participants wrote as soon as it is there."""
    done = list(submission.grades.exclude(done_at=None).order_by("done_at"))
    staff = [grade for grade in done if grade.kind == GradeKind.STAFF]
    shown = staff if submission.is_settled else []
    rubric = submission.activity.version.definition["rubrics"][submission.activity.definition["rubric"]]
    how = scheme(rubric, submission.activity.definition)
    found = outcome(how, [Given(grade.levels, grade.again) for grade in shown]) if shown else None
    levels = (found.levels if found else None) or {}
    return Result(
        tuple(_criterion_row(one, levels.get(one["key"]), shown) for one in rubric["criteria"]),
        tuple(grade.words for grade in shown if grade.words),
        tuple(grade for grade in done if grade.kind == GradeKind.PEER),
    )


def _criterion_row(criterion: dict[str, Any], points: float | None, staff: list[Grade]) -> CriterionRow:
    levels = criterion["levels"]
    near = min(levels, key=lambda level: abs(level["points"] - points)) if points is not None else {"text": {}}
    notes = tuple(grade.notes[criterion["key"]] for grade in staff if grade.notes.get(criterion["key"]))
    return CriterionRow(criterion["names"], points, levels[-1]["points"], near["text"], notes)
