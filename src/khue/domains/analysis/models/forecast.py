"""A forecast that was asked for: it is made by a job and becomes a step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models.analysis import Analysis, Step
from khue.kernel.models import Base


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ForecastRun(Base):
    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="forecasts")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="vi")
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.WAITING)
    error = models.TextField(blank=True)
    step = models.ForeignKey(Step, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.analysis_id}: {self.state}"
