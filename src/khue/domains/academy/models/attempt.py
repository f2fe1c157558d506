"""One person's attempt at a quiz, and the answer to each of its items."""

from typing import Any

from django.db import models

from khue.domains.academy.models.quiz import BankItem, Sitting
from khue.kernel.models import Base


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, actor: Any) -> "AttemptQuerySet":
        return self.filter(person_id=actor.person_id)

    def finished(self) -> "AttemptQuerySet":
        return self.exclude(finished_at=None)


class Attempt(Base):
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="attempts")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    # draws and orders follow from it
    seed = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    # by the server's clock; none: no limit
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # known when it is finished, and again when a person has marked an essay
    points = models.FloatField(default=0)
    most_points = models.FloatField(default=0)
    # answers that a person still has to mark
    waiting = models.IntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "person", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person", "number"], name="one_attempt_per_number"),
            models.UniqueConstraint(
                fields=["sitting", "person"], condition=models.Q(finished_at=None), name="one_open_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"

    @property
    def share(self) -> float:
        return self.points / self.most_points if self.most_points else 0.0

    @property
    def is_passed(self) -> bool:
        """The half of a percent is the rounding of shares."""
        return self.finished_at is not None and self.share * 100 >= self.sitting.quiz.pass_percent - 1e-6


class Answer(Base):
    """Made with the attempt, for each of its items; `given` stays None until something is answered."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    position = models.IntegerField()
    item = models.ForeignKey(BankItem, on_delete=models.PROTECT, related_name="answers")
    # as quizzing.scoring reads it
    given = models.JSONField(null=True, blank=True)
    # the language of the page, by which numbers are read
    language = models.CharField(max_length=5, default="vi")
    given_at = models.DateTimeField(null=True, blank=True)
    # milliseconds of the server's clock on the page: what was sent earlier never replaces what was sent later
    serial = models.BigIntegerField(default=0)
    # from 0 to 1; none until it is marked
    share = models.FloatField(null=True, blank=True)
    marked_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)
    # what the marker says to the person
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_position"),
            models.CheckConstraint(
                condition=models.Q(share=None) | models.Q(share__gte=0, share__lte=1), name="share_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"
