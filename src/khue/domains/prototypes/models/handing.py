"""From one hand to others: reviews, use, what users say. Nobody who uses a tool is named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.prototypes.models.tool import Tool, Version
from khue.kernel.models import Base


class Verdict(models.TextChoices):
    ASKED = "asked", _("Waiting for a review")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Given back")


class Review(Base):
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="reviews")
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.ASKED)
    # [{"level", "message", "remedy"}] in plain words, those of the checks and those of the reviewer
    findings = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.verdict}"


class Use(Base):
    """How often it was opened on a day, from where."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    way = models.CharField(max_length=10)
    count = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["tool", "day", "way"], name="one_use_per_day_and_way")]

    def __str__(self) -> str:
        return f"{self.tool_id} {self.day} {self.count}"


class Feedback(Base):
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="feedback")
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    rating = models.SmallIntegerField()
    # without identifiers
    words = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.tool_id} {self.rating}"
