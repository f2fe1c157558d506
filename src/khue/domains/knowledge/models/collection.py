"""A collection: documents with one owner, one access rule and one lowest data class."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.gateway.classes import DataClass
from khue.kernel.models import Base

CLASS_CHOICES = [
    (DataClass.PUBLIC.value, _("Public")),
    (DataClass.INTERNAL.value, _("Internal")),
    (DataClass.CONFIDENTIAL.value, _("Confidential")),
]


class Access(models.TextChoices):
    PRIVATE = "private", _("Only me")
    ORGANISATION = "organisation", _("My organisation")
    BELOW = "below", _("My organisation and those below it")
    EVERYONE = "everyone", _("Everyone who signs in")


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, actor: Any) -> "CollectionQuerySet":
        """What a people.api.Actor may read."""
        return self.filter(
            Q(access=Access.EVERYONE)
            | Q(owner_id=actor.person_id)
            | Q(access__in=[Access.ORGANISATION, Access.BELOW], organisation_id__in=actor.organisations)
            | Q(access=Access.BELOW, organisation_id__in=actor.above)
        )


class Collection(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    access = models.CharField(max_length=20, choices=Access.choices, default=Access.ORGANISATION)
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.INTERNAL.value)
    # questions to start from, as the Ask page offers them
    examples = models.JSONField(default=list, blank=True)
    # made and dropped by an evaluation run; never listed
    scratch = models.BooleanField(default=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_collection_per_name")]

    def __str__(self) -> str:
        return self.name
