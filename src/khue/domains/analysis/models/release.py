"""A table made safe to be shown: what was planned, the risk before and after, and the data that came out."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models.dataset import Dataset
from khue.kernel.models import Base


class ReleaseKind(models.TextChoices):
    ROWS = "rows", _("Rows of people")
    TABLE = "table", _("Table of counts")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, actor: Any) -> "ReleaseQuerySet":
        """Of data that the person may read: what comes out, or what it was made of."""
        seen = Dataset.objects.visible_to(actor).values("pk")
        return self.filter(models.Q(dataset__in=seen) | models.Q(source__in=seen))


class Release(Base):
    source = models.ForeignKey(Dataset, null=True, on_delete=models.SET_NULL, related_name="releases")
    # as the source was called, and its table's digest: they stay when the source goes
    source_title = models.CharField(max_length=200)
    source_digest = models.CharField(max_length=64)
    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="release")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=ReleaseKind.choices)
    plan = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    # what noise has cost of the budget of the same people, with all tables before
    budget_spent = models.FloatField(default=0)
    # the class of the source then: it falls from there only by a steward's decision
    demanded_class = models.SmallIntegerField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.source_title}: {self.kind}"
