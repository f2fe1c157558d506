"""An assistant, the draft that its builders work on, and its versions."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.definition.shape import Definition
from khue.domains.people.api import Role
from khue.kernel.models import Base


class State(models.TextChoices):
    DRAFT = "draft", _("Being built")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LOOKS_ON = (Role.LECTURER, Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)


class AssistantQuerySet(models.QuerySet["Assistant"]):
    def visible_to(self, actor: Any) -> "AssistantQuerySet":
        """One's own; those of the branch to who teaches, coordinates or governs there."""
        own = Q(owner_id=actor.person_id)
        return self.filter(own | Q(organisation_id__in=actor.branch) if actor.is_a(*LOOKS_ON) else own)

    def open_beside(self, actor: Any) -> "AssistantQuerySet":
        """Published ones of the person's places that they may only ask."""
        places = [actor.organisation_id, *actor.organisations, *actor.above]
        mine = Assistant.objects.visible_to(actor).values("pk")
        return self.filter(state=State.PUBLISHED, organisation_id__in=places).exclude(pk__in=mine)


class Assistant(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    # with whose rights it reads
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # definition.shape.Definition
    draft = models.JSONField()
    published = models.ForeignKey("Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AssistantQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["organisation", "-updated_at"], name="assistants_of_a_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> Definition:
        return Definition.model_validate(self.draft)

    @property
    def name(self) -> str:
        return self.definition.name.said(get_language() or "vi") or self.slug


class Version(Base):
    """What was tested or published, as it was."""

    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["assistant", "-number"]
        constraints = [models.UniqueConstraint(fields=["assistant", "number"], name="one_assistant_version_per_number")]

    def __str__(self) -> str:
        return f"{self.assistant_id} {self.number}"

    @property
    def shape(self) -> Definition:
        return Definition.model_validate(self.definition)
