"""Organisations as a tree: academy → campuses; ministry or province → units."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.people.rules import depth
from khue.kernel.models import Base


class OrganisationKind(models.TextChoices):
    ACADEMY = "academy", _("Academy")
    CAMPUS = "campus", _("Branch campus")
    MINISTRY = "ministry", _("Ministry")
    PROVINCE = "province", _("Province")
    UNIT = "unit", _("Unit")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def in_branches(self, paths: Iterable[str]) -> "OrganisationQuerySet":
        """At each of these paths and below."""
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(path__startswith=path)
        return self.filter(condition)

    def in_use(self) -> "OrganisationQuerySet":
        return self.filter(archived_at=None)


class Organisation(Base):
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    names = models.JSONField(help_text="language → name; 'vi' always")
    # slugs from the root to here, each followed by "/": one prefix comparison finds a whole branch
    path = models.CharField(max_length=1000, unique=True)
    time_zone = models.CharField(max_length=50, default="Asia/Ho_Chi_Minh")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.names.get(get_language() or "vi") or self.names["vi"])

    @property
    def depth(self) -> int:
        return depth(self.path)
