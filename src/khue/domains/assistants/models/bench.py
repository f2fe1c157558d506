"""Test questions, and how a version did on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.models.assistant import Assistant, Version
from khue.kernel.models import Base


class Kind(models.TextChoices):
    ANSWERABLE = "answerable", _("To be answered")
    OUTSIDE = "outside", _("Outside its task")
    HOSTILE = "hostile", _("Hostile")


class Origin(models.TextChoices):
    HAND = "hand", _("Written by hand")
    SHEET = "sheet", _("From a spreadsheet")
    PROPOSED = "proposed", _("Proposed from the sources")
    CORRECTION = "correction", _("From an answer that a person corrected")


class TestQuestion(Base):
    __test__ = False

    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="questions")
    question = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ANSWERABLE)
    language = models.CharField(max_length=5, default="vi")
    # a code or a title; what must stand in the answer, several things with ";" between
    source = models.CharField(max_length=1000, blank=True)
    answer = models.TextField(blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.HAND)
    # null: proposed, nobody has looked at it yet
    accepted = models.BooleanField(null=True, default=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["assistant", "question"], name="each_test_question_once")]

    def __str__(self) -> str:
        return self.question[:80]


class RunState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Broken off")
    STOPPED = "stopped", _("Stopped")


class Reason(models.TextChoices):
    ASKED = "asked", _("Asked for")
    KNOWLEDGE = "knowledge", _("The sources have changed")
    MODEL = "model", _("The model has changed")


class Run(Base):
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="runs")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices, default=Reason.ASKED)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    error = models.TextField(blank=True)
    # what it stood on
    knowledge = models.CharField(max_length=64)
    model = models.CharField(max_length=300, blank=True)
    asked = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    # benching.Totals as JSON, and the texts of questions that went worse than in the run before
    totals = models.JSONField(default=dict)
    worse = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["version", "-created_at"], name="runs_of_a_version")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state in {RunState.DONE, RunState.FAILED, RunState.STOPPED}


class Row(Base):
    """One question of a run; all that is shown of it is stored."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rows")
    position = models.IntegerField()
    question = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # benching.Judged as JSON
    judged = models.JSONField()
    # the answer as `khue ask` gives it
    answer = models.JSONField()
    passed = models.BooleanField()

    class Meta:
        ordering = ["run", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="one_row_per_test_question")]

    def __str__(self) -> str:
        return self.question[:80]
