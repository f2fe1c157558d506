"""A procedure beside its document in the library: times and fees as fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pgvector.django import HalfVectorField

from khue.kernel.models import Base

DIMENSIONS = 384


class Form(models.TextChoices):
    ONLINE = "online", pgettext_lazy("way to apply", "Online")
    IN_PERSON = "in_person", pgettext_lazy("way to apply", "In person")
    POST = "post", pgettext_lazy("way to apply", "By post")


class TimeUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("days")
    HOUR = "hour", _("hours")
    MONTH = "month", _("months")
    UNSTATED = "", _("no unit given")


class Procedure(Base):
    document = models.OneToOneField("knowledge.Document", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, db_index=True)
    name = models.CharField(max_length=2000)
    # small letters without diacritics, code and name: what the list is filtered by
    plain = models.TextField()
    decision = models.CharField(max_length=100, blank=True)
    sector = models.CharField(max_length=300, blank=True, db_index=True)
    # Cấp bộ, Cấp tỉnh, Cấp xã, Cơ quan khác
    levels = models.JSONField(default=list)
    agencies = models.JSONField(default=list)
    ministry = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=500, blank=True)
    # procedures.portal.Procedure as JSON
    structure = models.JSONField()
    # characters of the portal's fields that found no place in the structure
    lost = models.IntegerField(default=0)
    # of the name, unit length, made in the background: what a question is compared with
    vector = HalfVectorField(dimensions=DIMENSIONS, null=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Channel(models.Model):
    """One way to apply. Null times and amounts: the portal gives none, or none that is clear."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="channels")
    position = models.IntegerField()
    form = models.CharField(max_length=10, choices=Form.choices)
    time_text = models.TextField(blank=True)
    time_value = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    time_unit = models.CharField(max_length=12, choices=TimeUnit.choices, blank=True)
    # for comparing only: a working day is a day, an hour a twenty-fourth, a month 30 days
    time_days = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    fee_text = models.TextField(blank=True)
    fee_note = models.TextField(blank=True)
    fee_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["procedure", "position"]
        constraints = [models.UniqueConstraint(fields=["procedure", "position"], name="one_channel_per_position")]
        indexes = [models.Index(fields=["fee_amount"]), models.Index(fields=["time_days"])]

    def __str__(self) -> str:
        return f"{self.form} {self.time_text} {self.fee_text}"
