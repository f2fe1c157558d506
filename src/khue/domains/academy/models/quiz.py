"""Banks of items, quizzes that draw on them, and the sittings at which cohorts take them."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.models.programme import Activity, Programme
from khue.domains.academy.models.texts import shown
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.draws import Section
from khue.domains.academy.quizzing.items import Item, Kind
from khue.kernel.models import Base

KIND_LABELS = {
    Kind.SINGLE: _("One choice"),
    Kind.MULTIPLE: _("Several choices"),
    Kind.ORDERING: _("Ordering"),
    Kind.MATCHING: _("Matching"),
    Kind.NUMBER: _("A number"),
    Kind.SHORT: _("A short answer"),
    Kind.ESSAY: _("An essay"),
}


class Bank(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.SET_NULL, related_name="banks")
    names = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)


class BankItem(Base):
    """One revision of an item. What somebody has answered never changes: an edit then makes the next revision."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField(max_length=80)
    revision = models.IntegerField(default=1)
    is_current = models.BooleanField(default=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    # as quizzing.notation writes it
    content = models.JSONField()
    position = models.IntegerField(default=0)
    made_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["bank", "position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "key", "revision"], name="one_item_per_revision"),
            models.UniqueConstraint(
                fields=["bank", "key"], condition=models.Q(is_current=True), name="one_current_item_per_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.revision}"

    @cached_property
    def item(self) -> Item:
        return notation.item(self.content)

    @property
    def prompt(self) -> str:
        return shown(self.content["text"])


class Shows(models.TextChoices):
    """When the right answers are shown."""

    END = "end", _("When no attempt is left, or all was right")
    ATTEMPT = "attempt", _("After each attempt")
    NEVER = "never", _("Never")


class QuizQuerySet(models.QuerySet["Quiz"]):
    def taught_by(self, actor: Any) -> "QuizQuerySet":
        """Of the organisations where a people.api.Actor holds their roles; whether these teach is another question."""
        return self.filter(organisation_id__in=actor.branch)


class Quiz(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="quizzes")
    activity = models.OneToOneField(Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="quiz")
    names = models.JSONField(default=dict)
    # lists of draws.Section as JSON; empty: all items of the bank
    sections = models.JSONField(default=list, blank=True)
    # 0: as many as one likes
    attempts = models.IntegerField(default=3)
    # 0: none
    time_limit_s = models.IntegerField(default=0)
    # for answers given in time on a line that dropped
    grace_s = models.IntegerField(default=30)
    pass_percent = models.IntegerField(default=60)
    shows = models.CharField(max_length=10, choices=Shows.choices, default=Shows.END)

    objects = QuizQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "quizzes"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)

    @property
    def draws(self) -> list[Section]:
        read = [
            Section(tuple(s.get("keys", ())), tuple(s.get("tags", ())), s.get("draw") or 0, bool(s.get("shuffled")))
            for s in self.sections
        ]
        return read or [Section()]

    @property
    def limit(self) -> timedelta | None:
        return timedelta(seconds=self.time_limit_s) if self.time_limit_s else None


class Sitting(Base):
    """A quiz as one cohort takes it, in its own time; without a cohort: by whoever may read the programme."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="sittings")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="sittings")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["quiz", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "cohort"], nulls_distinct=False, name="one_sitting_per_cohort"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="sitting_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.cohort_id or ''}"
