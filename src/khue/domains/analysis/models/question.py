"""A question that was asked on a worksheet: a job answers it, and its answer becomes a step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models.analysis import Analysis, Step
from khue.kernel.models import Base


class QuestionState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Being answered")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


OPEN = (QuestionState.WAITING, QuestionState.WORKING)


class Question(Base):
    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=5, default="vi")
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.WAITING)
    # sql.asking.Stage, and gateway.Place as JSON while the model answers others
    stage = models.CharField(max_length=12, blank=True)
    place = models.JSONField(default=dict, blank=True)
    # what the model has written so far
    draft = models.TextField(blank=True)
    # why there is no answer, what the columns lack, [[SQL, what was wrong]]
    error = models.TextField(blank=True)
    missing = models.JSONField(default=list, blank=True)
    tries = models.JSONField(default=list, blank=True)
    step = models.ForeignKey(Step, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["analysis", "state"], name="questions_of_a_worksheet")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
