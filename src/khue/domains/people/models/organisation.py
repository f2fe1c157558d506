"""Organisations as a tree: academy → campuses; ministry or province → units."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.kernel.models import Base


class OrganisationKind(models.TextChoices):
    ACADEMY = "academy", _("Academy")
    CAMPUS = "campus", _("Branch campus")
    MINISTRY = "ministry", _("Ministry")
    PROVINCE = "province", _("Province")
    UNIT = "unit", _("Unit")


class Organisation(Base):
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    names = models.JSONField(help_text="language → name; 'vi' always")
    # slugs from the root to here, each followed by "/": one prefix comparison finds a whole branch
    path = models.CharField(max_length=1000, unique=True)
    time_zone = models.CharField(max_length=50, default="Asia/Ho_Chi_Minh")

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.names.get(get_language() or "vi") or self.names["vi"])
