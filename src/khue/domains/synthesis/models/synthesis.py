"""Many reports, and the one that is made of them."""

from typing import Any

import numpy as np
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from khue.domains.synthesis.rules import OVER, Stage
from khue.gateway.api import DIMENSIONS, DataClass
from khue.kernel.models import Base

CLASS_CHOICES = [
    (DataClass.PUBLIC.value, _("Public")),
    (DataClass.INTERNAL.value, _("Internal")),
    (DataClass.CONFIDENTIAL.value, _("Confidential")),
]
STAGE_CHOICES = [
    (Stage.WAITING.value, _("Waiting")),
    (Stage.READING.value, _("Reading the reports")),
    (Stage.GROUPING.value, _("Finding what belongs together")),
    (Stage.MERGING.value, _("Merging sentences")),
    (Stage.DONE.value, _("Done")),
    (Stage.STOPPED.value, _("Stopped")),
    (Stage.FAILED.value, _("Failed")),
]


class OwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Any) -> "OwnedQuerySet":
        """One's own, and what one's organisations share."""
        places = Q(organisation_id__in=actor.organisations) | Q(organisation_id__in=actor.above)
        return self.filter(Q(owner_id=actor.person_id) | (Q(is_shared=True) & places))


class Owned(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=300)
    # everybody of the organisation may read it
    is_shared = models.BooleanField(default=False)
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.INTERNAL.value)
    stage = models.CharField(max_length=10, choices=STAGE_CHOICES, default=Stage.WAITING.value)
    error = models.TextField(blank=True)
    # {"done": 3, "of": 34}, of the stage
    progress = models.JSONField(default=dict, blank=True)
    # seconds since it began: {"first": 12.3, "done": 340.0}
    timings = models.JSONField(default=dict, blank=True)
    # calls of models that wrote in it; the name of the last
    ledger = models.JSONField(default=list, blank=True)
    model = models.CharField(max_length=100, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.stage in OVER


class Synthesis(Owned):
    language = models.CharField(max_length=5, default="vi")
    # [{"title", "looks_for"}]; empty: by themes that are found
    outline = models.JSONField(default=list, blank=True)
    # units that ought to report; empty: all provinces where most that reported are provinces
    expected = models.JSONField(default=list, blank=True)
    # what ordinary code found: queries.found says its parts
    found = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="syntheses_of_a_place")]


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Being read")
    READ = "read", _("Read")
    FAILED = "failed", _("Not readable")


class Report(Base):
    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="reports")
    position = models.IntegerField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="synthesis/%Y/%m/", max_length=500)
    file_name = models.CharField(max_length=300)
    file_digest = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=300, blank=True)
    # which unit of administration it is of, and on which period; a person may say otherwise
    place = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=20, blank=True)
    told_place = models.CharField(max_length=200, blank=True)
    told_period = models.CharField(max_length=20, blank=True)
    pages = models.IntegerField(default=0)
    # False: the pages are counted by the length of the text
    pages_are_told = models.BooleanField(default=False)
    # codes of what a reader should know: "tracked", "macros", "instruction" …
    remarks = models.JSONField(default=list, blank=True)
    # reading.report.Passage and figures.figure.Figure as JSON
    passages = models.JSONField(default=list, blank=True)
    figures = models.JSONField(default=list, blank=True)
    # which passages have a vector; the vectors, in half precision
    embedded = models.JSONField(default=list, blank=True)
    vectors = models.BinaryField(default=bytes, blank=True)

    class Meta:
        ordering = ["synthesis", "position"]
        constraints = [models.UniqueConstraint(fields=["synthesis", "position"], name="one_report_per_position")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def matrix(self) -> NDArray[np.float32]:
        """A row for each of `embedded`."""
        return np.frombuffer(bytes(self.vectors), dtype=np.float16).reshape(-1, DIMENSIONS).astype(np.float32)


class Section(Base):
    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="sections")
    position = models.IntegerField()
    title = models.CharField(max_length=300)
    # [{"text", "state", "reason", "citations", "shown"}]; queries.found says how
    groups = models.JSONField(default=list, blank=True)
    # all its groups have been merged, or given up
    is_merged = models.BooleanField(default=False)
    # units that say nothing on it
    silent = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["synthesis", "position"]
        constraints = [models.UniqueConstraint(fields=["synthesis", "position"], name="one_section_per_position")]

    def __str__(self) -> str:
        return self.title
