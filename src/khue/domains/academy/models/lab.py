"""What a person hands in for a lab, what was seen in it by programs, and what people gave for it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.models.programme import Activity
from khue.domains.academy.rules.labs import SETTLED, WAITING, SubmissionState
from khue.kernel.models import Base

STATE_LABELS = {
    SubmissionState.DRAFT: pgettext_lazy("state of a submission", "Draft"),
    SubmissionState.HANDED_IN: pgettext_lazy("state of a submission", "Handed in"),
    SubmissionState.DISPUTED: pgettext_lazy("state of a submission", "Graders differ"),
    SubmissionState.GRADED: pgettext_lazy("state of a submission", "Graded"),
    SubmissionState.RETURNED: pgettext_lazy("state of a submission", "Sent back"),
    SubmissionState.SUPERSEDED: pgettext_lazy("state of a submission", "Replaced by a newer one"),
}


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def of(self, actor: Any) -> "SubmissionQuerySet":
        return self.filter(person_id=actor.person_id)

    def waiting(self) -> "SubmissionQuerySet":
        return self.filter(state__in=list(WAITING))

    def handed_in(self) -> "SubmissionQuerySet":
        return self.exclude(state__in=[SubmissionState.DRAFT, SubmissionState.SUPERSEDED])


class Submission(Base):
    """What one person hands in once. From then on nothing in it changes but what is said about it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="submissions")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="submissions")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    state = models.CharField(
        max_length=12,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=SubmissionState.DRAFT.value,
    )
    note = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 over the note and the digests of all evidence
    seal = models.CharField(max_length=64, blank=True)
    # every check was tried
    checked_at = models.DateTimeField(null=True, blank=True)
    # until when peers look at it; none: nobody was asked to
    peers_until = models.DateTimeField(null=True, blank=True)
    # what rules.grading makes of the grades
    points = models.FloatField(null=True, blank=True)
    most_points = models.FloatField(default=0)
    is_passed = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "activity", "person", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "activity", "person", "number"], name="one_submission_per_number"
            ),
            models.UniqueConstraint(
                fields=["cohort", "activity", "person"],
                condition=models.Q(state=SubmissionState.DRAFT.value),
                name="one_draft_per_lab",
            ),
        ]
        indexes = [
            models.Index(
                name="submissions_that_wait",
                fields=["cohort", "activity", "submitted_at"],
                condition=models.Q(state__in=sorted(WAITING)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.activity_id} {self.number}"

    @property
    def share(self) -> float | None:
        return self.points / self.most_points if self.points is not None and self.most_points else None

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED


class Evidence(Base):
    """One thing of a submission: made with a tool (and then named by `kind` and `thing_id`), a file or a link."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="evidence")
    position = models.IntegerField(default=0)
    # as registered in kernel.artefacts, or "file", "link"
    kind = models.CharField(max_length=40)
    thing_id = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=500)
    link = models.URLField(max_length=1000, blank=True)
    file = models.FileField(upload_to="labs/%Y/%m/", blank=True, max_length=500)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0, help_text="bytes")
    # filled when it is handed in: artefacts.Frozen
    body = models.JSONField(default=dict, blank=True)
    ledger = models.JSONField(default=list, blank=True)
    data_class = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the file, or of kind, title, link, body and ledger as canonical JSON
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["submission", "position", "created_at"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "thing_id"],
                condition=models.Q(thing_id__isnull=False),
                name="one_evidence_per_thing",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CheckOutcome(models.TextChoices):
    PASSED = "passed", pgettext_lazy("outcome of a check", "Met")
    FAILED = "failed", pgettext_lazy("outcome of a check", "Not met")
    # it hung, crashed or is not known here: says nothing about the submission
    UNKNOWN = "unknown", pgettext_lazy("outcome of a check", "Could not be checked")


class CheckResult(Base):
    """Written as each check ends, so that a worker that dies loses one at most."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="checks")
    # course.Check's
    key = models.SlugField(max_length=80)
    outcome = models.CharField(max_length=10, choices=CheckOutcome.choices)
    # what the check found, or why it could not ("slow", "crashed", "missing", "settings")
    facts = models.JSONField(default=dict, blank=True)
    took_ms = models.IntegerField(default=0)

    class Meta:
        ordering = ["submission", "created_at"]
        constraints = [models.UniqueConstraint(fields=["submission", "key"], name="one_result_per_check")]

    def __str__(self) -> str:
        return f"{self.key} {self.outcome}"


class GradeKind(models.TextChoices):
    STAFF = "staff", _("Grader")
    PEER = "peer", _("Fellow participant")


class Grade(Base):
    """What one person gives for a submission: a row of their own, so that no two ever write to the same."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="grades")
    grader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=GradeKind.choices)
    # staff: until when it is shown to others as being graded; peers: when it is given to somebody else
    held_until = models.DateTimeField(null=True, blank=True)
    # criterion → points of the level, criterion → words
    levels = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)
    # asks for it once more
    again = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    # counts the times it was saved: who saves an older one is told
    revision = models.IntegerField(default=0)
    # what it was before it was revised, the first first: {levels, notes, words, again, done_at}
    before = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["submission", "created_at"]
        constraints = [models.UniqueConstraint(fields=["submission", "grader"], name="one_grade_per_grader")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.grader_id}"

    @property
    def points(self) -> float:
        return float(sum(self.levels.values()))
