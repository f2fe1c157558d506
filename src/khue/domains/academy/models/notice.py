"""What somebody is told: that a grade, a return, a review arrived, or that work waits for them."""

from django.db import models

from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.models.letter import Letter
from khue.kernel.clock import now
from khue.kernel.models import Base


class NoticeKind(models.TextChoices):
    # of a submission: graded, sent back; what a fellow participant says; two graders differ
    RESULT = "result"
    REVIEW = "review"
    DISPUTE = "dispute"
    # of a stage of a sprint: asked for, passed or sent back
    GATE_ASKED = "gate-asked"
    GATE = "gate"
    # what became of a team's work
    FOLLOW_UP = "follow-up"
    # of an attempt whose essays are read; of a certificate
    MARKED = "marked"
    CERTIFICATE = "certificate"
    # of a cohort
    TO_GRADE = "to-grade"


class NewsLetter(Letter):
    """Takes along all that its person has not seen when it is written."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class Notice(Base):
    """One for a person and a thing; told anew, it is new again."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    thing_id = models.UUIDField()
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="notices")
    # names: of the thing, by language; word: what became of it; stage, months, count
    facts = models.JSONField(default=dict)
    told_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(NewsLetter, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")

    class Meta:
        ordering = ["-told_at"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "thing_id"], name="one_notice_per_thing")]
        indexes = [
            models.Index(fields=["person", "kind"], condition=models.Q(seen_at=None), name="notices_not_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.thing_id}"
