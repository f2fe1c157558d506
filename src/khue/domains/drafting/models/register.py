"""The books of outgoing and incoming documents (articles 15, 16, 22; annex IV)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.drafting.models.draft import Draft
from khue.kernel.models import Base


class Book(models.TextChoices):
    OUT = "out", _("Outgoing")
    IN = "in", _("Incoming")


class Series(Base):
    """A row of numbers of one place, book and year; `name` parts them ("QĐ", "" for all together)."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(max_length=3, choices=Book.choices)
    year = models.IntegerField()
    name = models.CharField(max_length=20, blank=True)
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "book", "year", "name"], name="one_series_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.year} {self.name} {self.last}"


class Entry(Base):
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="entries")
    number = models.IntegerField()
    # number and notation as they stand on the document
    code = models.CharField(max_length=60, blank=True)
    dated = models.DateField()
    type_name = models.CharField(max_length=100)
    subject = models.TextField()
    # where it goes, or comes from
    correspondent = models.TextField(blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    draft = models.OneToOneField(Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="entry")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-series__year", "-number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="one_entry_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"
