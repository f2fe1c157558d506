"""A policy brief on a worksheet, whose figures are bound to cells of its results."""

from django.db import models

from khue.domains.analysis.models.analysis import Analysis
from khue.domains.analysis.models.forecast import WorkState
from khue.kernel.models import Base

SECTIONS = ("problem", "evidence", "recommendation")


class By:
    """Who wrote a part: ordinary code; code, from what a model chose; a model; a person."""

    RULE, CHOSEN, MODEL, PERSON = "rule", "chosen", "model", "person"


class Brief(Base):
    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="briefs")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="vi")
    # {"problem", "evidence", "recommendation"}: texts as they are read
    sections = models.JSONField(default=dict, blank=True)
    # [{"name", "what", "why", "criteria", "gains", "risks", "cost"}]
    options = models.JSONField(default=list, blank=True)
    # {place: [briefing.Bound as JSON]}; places are "problem", …, "options.0.what"
    bindings = models.JSONField(default=dict, blank=True)
    # {place: By}; "options" for all of them, "options.0.why" for a sentence
    written = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.DONE)
    error = models.TextField(blank=True)
    model = models.CharField(max_length=100, blank=True)
    ledger = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title
