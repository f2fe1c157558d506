"""A worksheet on one or several datasets, and its steps: each with what it was asked, by what means, what came out."""

from typing import Any

from django.db import models
from django.db.models import Q

from khue.domains.analysis.engine import Result
from khue.domains.analysis.models.dataset import CLASS_CHOICES, Dataset
from khue.gateway.api import DataClass
from khue.kernel.models import Base


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def visible_to(self, actor: Any) -> "AnalysisQuerySet":
        """One's own; those of one's organisations that their owners share."""
        shared = Q(is_shared=True) & Q(organisation_id__in=actor.organisations)
        return self.filter(Q(owner_id=actor.person_id) | shared)


class Analysis(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    is_shared = models.BooleanField(default=False)
    datasets = models.ManyToManyField(Dataset, related_name="analyses")

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return self.title


class Step(Base):
    """`kind` names a stepping.Kind ("sql", "statistics.trend", "forecast" …); run again with the same parameters on the
    same tables it must give a result with the same digest."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="steps")
    position = models.IntegerField()
    kind = models.CharField(max_length=60)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # as it was asked, in a person's words, where it was
    question = models.TextField(blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    # the SQL that reads its data
    sql = models.TextField(blank=True)
    # [{"table", "digest"}] of what it read
    inputs = models.JSONField(default=list, blank=True)
    # {"columns": [{"name", "type"}], "rows": [[…]]}, and figures beside the table
    result = models.JSONField(default=dict, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    # Vega-Lite without its data
    chart = models.JSONField(default=dict, blank=True)
    # a reading in one or a few sentences, in the language in which it was asked
    words = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="vi")
    error = models.TextField(blank=True)
    took_ms = models.IntegerField(default=0)
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.INTERNAL.value)
    # calls of models that took part, by their entries in the ledger
    ledger = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["analysis", "position"]
        constraints = [models.UniqueConstraint(fields=["analysis", "position"], name="one_step_per_position")]

    def __str__(self) -> str:
        return self.question[:80] or self.kind

    @property
    def table(self) -> Result:
        return Result.of_json(self.result)
