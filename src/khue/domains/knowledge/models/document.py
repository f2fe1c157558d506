"""A document of a collection: where it came from, what became of it, and its whole text."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.models.collection import CLASS_CHOICES, Collection
from khue.gateway.classes import DataClass
from khue.kernel.models import Base


class DocumentStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not readable")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Any) -> "DocumentQuerySet":
        return self.filter(collection__in=Collection.objects.visible_to(actor))

    def usable(self) -> "DocumentQuerySet":
        """Without those held back: a secrecy marking was found in a text that was here already."""
        return self.filter(data_class__lt=DataClass.SECRET)


class Document(Base):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="documents")
    added_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # "file" or the name of a kind that another domain registers ("procedure")
    kind = models.CharField(max_length=30, default="file")
    title = models.CharField(max_length=1000)
    language = models.CharField(max_length=5, blank=True)
    # the one that counts: of the collection, of what the text demands, or as a steward settled it (knowledge.rules)
    data_class = models.SmallIntegerField(choices=[*CLASS_CHOICES, (DataClass.SECRET.value, _("Secret"))])
    # what who brought it said, and what its text demands
    brought_class = models.SmallIntegerField(default=DataClass.PUBLIC.value)
    found_class = models.SmallIntegerField(default=DataClass.PUBLIC.value)
    # a steward's signed decision, which lowers it
    settled_class = models.SmallIntegerField(null=True, blank=True)
    # personal identifiers in the text: {type: count}, never a value; a secrecy marking that it bears
    found = models.JSONField(default=dict, blank=True)
    marking = models.CharField(max_length=60, blank=True)
    # the generation of detectors that has looked at the text; 0: none yet, or they failed
    looked = models.SmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=DocumentStatus.choices, default=DocumentStatus.WAITING)
    # for the reader: why the file could not be read, what to do
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="documents/%Y/%m/", blank=True, max_length=500)
    file_name = models.CharField(max_length=500, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0, help_text="bytes")
    sha256 = models.CharField(max_length=64)
    pages = models.IntegerField(null=True, blank=True)
    # what a card shows: [{"label": {"vi": …, "en": …, "fr": …}, "value": "…"}]
    facts = models.JSONField(default=list, blank=True)
    # codes by which people name it ("1.001193", "163/QĐ-BTP"); an exact match comes first in search
    codes = models.JSONField(default=list, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "sha256"], name="one_document_per_content"),
        ]
        indexes = [
            models.Index(
                name="documents_with_a_class",
                fields=["-created_at"],
                condition=models.Q(found_class__gt=0) | models.Q(brought_class__gt=0),
            ),
            models.Index(name="documents_to_look_at", fields=["id"], condition=models.Q(looked=0)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def demanded_class(self) -> DataClass:
        return DataClass(max(self.brought_class, self.found_class))


class DocumentText(models.Model):
    """The text that all character offsets of passages and citations count in (Unicode NFC, code points)."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.CASCADE, related_name="body")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]
