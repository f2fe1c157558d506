"""A tool and its versions; each version is kept whole, as it ran."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Role
from khue.gateway.api import DataClass
from khue.kernel.models import Base


class State(models.TextChoices):
    DRAFT = "draft", _("Being made")
    PUBLISHED = "published", _("In the gallery")
    RETIRED = "retired", _("Retired")


LOOKS_ON = (Role.LECTURER, Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)
CLASS_CHOICES = [
    (DataClass.PUBLIC.value, _("Public")),
    (DataClass.INTERNAL.value, _("Internal")),
    (DataClass.CONFIDENTIAL.value, _("Confidential")),
]


class ToolQuerySet(models.QuerySet["Tool"]):
    def visible_to(self, actor: Any) -> "ToolQuerySet":
        """One's own; those of the branch to who teaches, coordinates or governs there."""
        own = Q(owner_id=actor.person_id)
        return self.filter(own | Q(organisation_id__in=actor.branch) if actor.is_a(*LOOKS_ON) else own)

    def open_to(self, actor: Any) -> "ToolQuerySet":
        """To be used: those in the gallery of the person's places, and those that they see anyway."""
        places = [actor.organisation_id, *actor.organisations, *actor.above]
        seen = Tool.objects.visible_to(actor).values("pk")
        return self.filter(Q(state=State.PUBLISHED, organisation_id__in=places) | Q(pk__in=seen))

    def gallery(self, actor: Any) -> "ToolQuerySet":
        places = [actor.organisation_id, *actor.organisations, *actor.above]
        return self.filter(state=State.PUBLISHED, organisation_id__in=places)


class Tool(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="vi")
    # what it is to be, in the words of who wanted it; what it must do, a line each
    idea = models.TextField(blank=True)
    examples = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    head = models.ForeignKey("Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published = models.ForeignKey("Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    forked_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="forks")
    # of all that was said about it
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.INTERNAL.value)
    # its address for whoever has the link; empty: there is none
    link = models.CharField(max_length=40, blank=True, db_index=True)
    # sites that may hold it in a page of theirs
    sites = models.JSONField(default=list, blank=True)
    # what its channel gives: a data set by its id, an assistant by its short name
    dataset = models.UUIDField(null=True, blank=True)
    assistant = models.SlugField(max_length=60, blank=True)
    retired_because = models.TextField(blank=True)

    objects = ToolQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["organisation", "-updated_at"], name="tools_of_a_place")]

    def __str__(self) -> str:
        return self.title


class Version(Base):
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    # {"pattern", "parameters"} or {"body", "script", "style", "title"} or {"html"}
    source = models.JSONField()
    html = models.TextField()
    # why it was made: what was asked, in a line
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # static checks: [{"code", "level", "message", "where", "remedy"}]; examples: [{"text", "passed", "detail"}]
    findings = models.JSONField(default=list, blank=True)
    outcomes = models.JSONField(default=list, blank=True)
    # as SVG or PNG in base64; "browser": taken of the running tool, "drawn": from its parts
    picture = models.TextField(blank=True)
    picture_by = models.CharField(max_length=10, blank=True)
    # calls of the model that made it: [{"id", "model"}]
    ledger = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["tool", "-number"]
        constraints = [models.UniqueConstraint(fields=["tool", "number"], name="one_tool_version_per_number")]

    def __str__(self) -> str:
        return f"{self.tool_id} {self.number}"

    @property
    def pattern(self) -> str:
        return str(self.source.get("pattern", ""))

    @property
    def passed(self) -> int:
        return sum(1 for one in self.outcomes if one.get("passed"))
