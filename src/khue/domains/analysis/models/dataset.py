"""Data as they came: a file with one or several tables, each kept as Parquet with its profile."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.gateway.api import DataClass
from khue.kernel.models import Base

CLASS_CHOICES = [
    (DataClass.PUBLIC.value, _("Public")),
    (DataClass.INTERNAL.value, _("Internal")),
    (DataClass.CONFIDENTIAL.value, _("Confidential")),
]


class DatasetState(models.TextChoices):
    WAITING = "waiting", _("Being read")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not readable")


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def visible_to(self, actor: Any) -> "DatasetQuerySet":
        """One's own; those of one's organisations that their owners share; what is shared from above."""
        places = Q(organisation_id__in=actor.organisations) | Q(organisation_id__in=actor.above)
        return self.filter(Q(owner_id=actor.person_id) | (Q(is_shared=True) & places))


class Dataset(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # by which it is called at the console, and of which the tables have their names in SQL
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    # where the figures come from, in words that stand on the page and in every export
    origin = models.TextField(blank=True)
    # made by a seeded generator: said wherever they are shown
    is_generated = models.BooleanField(default=False)
    # everybody of the organisation may read it
    is_shared = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DatasetState.choices, default=DatasetState.WAITING)
    error = models.TextField(blank=True)
    # of all that is in it; what was said when it was brought; {type: count} of what the detectors found
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.INTERNAL.value)
    brought_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.INTERNAL.value)
    found = models.JSONField(default=dict, blank=True)
    # what a steward decided, after which only the released form may be public
    settled_class = models.SmallIntegerField(choices=CLASS_CHOICES, null=True, blank=True)
    # the file as it came
    file = models.FileField(upload_to="data/%Y/%m/", blank=True, max_length=500)
    file_name = models.CharField(max_length=300, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    # of a copy from a database: {"database", "title", "place", "tables", "at", "refreshing", "fault"}; never who reads
    # it, nor by what password
    source = models.JSONField(default=dict, blank=True)
    # remarks of the reader: what was left out, what was taken for what
    remarks = models.JSONField(default=list, blank=True)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="one_dataset_per_name")]
        indexes = [models.Index(fields=["organisation", "-updated_at"], name="datasets_of_a_place")]

    def __str__(self) -> str:
        return self.title


class Table(Base):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="tables")
    position = models.IntegerField(default=0)
    # in SQL; what the sheet was called
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    rows = models.BigIntegerField(default=0)
    # analysis.profile.Profile as JSON
    profile = models.JSONField(default=dict)
    file = models.FileField(upload_to="data/%Y/%m/", max_length=500)
    # SHA-256 of the Parquet file
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["dataset", "position"]
        constraints = [models.UniqueConstraint(fields=["dataset", "name"], name="one_table_per_name")]

    def __str__(self) -> str:
        return self.name
