"""A draft, its versions, what was said about it, where it went."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.drafting.nd30.kinds import Kind, kind
from khue.domains.drafting.nd30.shape import Document
from khue.domains.people.api import Role
from khue.gateway.classes import DataClass
from khue.kernel.models import Base

LOOKS_ON = (Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)
CLASSES = [
    (DataClass.PUBLIC.value, _("Public")),
    (DataClass.INTERNAL.value, _("Internal")),
    (DataClass.CONFIDENTIAL.value, _("Confidential")),
]


class State(models.TextChoices):
    """rules.Stage, in words."""

    DRAFTING = "drafting", _("With the drafter")
    UNIT = "unit", _("With the head of unit")
    OFFICE = "office", _("With the office")
    SIGNING = "signing", _("With the signatory")
    SIGNED = "signed", _("Signed")


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Any) -> "DraftQuerySet":
        """One's own, those one has or had in hand; those of the branch to who coordinates or governs there."""
        own = Q(owner_id=actor.person_id) | Q(holder_id=actor.person_id)
        own |= Q(pk__in=Handing.objects.filter(to_id=actor.person_id).values("draft_id"))
        if actor.is_a(*LOOKS_ON):
            own |= Q(organisation_id__in=actor.branch)
        return self.filter(own)


class Draft(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # who may change it now
    holder = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTING)
    # nd30.shape.Document
    content = models.JSONField()
    # counts what is kept: a page that shows an older one may not overwrite it
    revision = models.IntegerField(default=0)
    data_class = models.SmallIntegerField(choices=[*CLASSES, (DataClass.SECRET.value, _("Secret"))], default=1)
    # what the writer stood on: [{"document", "title", "heading", "text", "data_class"}]
    sources = models.JSONField(default=list, blank=True)
    brief = models.TextField(blank=True)
    # the document that is answered, as pasted
    incoming = models.TextField(blank=True)
    # of the writer: "", "waiting", "writing", "stopping", or what went wrong, ready for the person
    writing = models.TextField(blank=True)
    # while it is at work: {"place", "done", "of", "told": [sentence], "now"}
    progress = models.JSONField(default=dict, blank=True)
    # sentences of the writer: [{"text", "kind": "brief" | "passage" | "none", "said", "at"}]
    marks = models.JSONField(default=list, blank=True)
    # words that stay as they are in other languages, one a line: "Ủy ban nhân dân = People’s Committee = Comité …"
    terms = models.TextField(blank=True)
    # calls of models that wrote in it
    ledger = models.JSONField(default=list, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["organisation", "-updated_at"], name="drafts_of_a_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> Document:
        return Document.model_validate(self.content)

    @property
    def kind(self) -> Kind:
        return kind(self.content["type"])

    @property
    def title(self) -> str:
        called = self.kind.called(get_language() or "vi")
        subject = self.content.get("subject", "")
        return f"{called}: {subject}" if subject else called


class Version(Base):
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # "kept", "handed", "before writing", "before restoring"
    reason = models.CharField(max_length=20, default="kept")

    class Meta:
        ordering = ["draft", "-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_draft_version_per_number")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"

    @property
    def document(self) -> Document:
        return Document.model_validate(self.content)


class Comment(Base):
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # the part of the document that it is about ("subject", "body.3"), "" for all of it, and the words marked there
    field = models.CharField(max_length=60, blank=True)
    quote = models.TextField(blank=True)
    text = models.TextField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text[:60]


class Handing(Base):
    """From hand to hand: a task of who received it until it goes on."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="handings")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    to = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    stage = models.CharField(max_length=10, choices=State.choices)
    returned = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.stage}"


class Rewrite(Base):
    """Other words for a part, by a model; nothing changes until a person accepts it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Being written")
        OPEN = "open", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        FAILED = "failed", _("Not written")

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="rewrites")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    manner = models.CharField(max_length=10)
    before = models.TextField()
    after = models.TextField(blank=True)
    # figures, codes and terms that the new words lack
    lost = models.JSONField(default=list, blank=True)
    # sentences that say what stood nowhere before
    added = models.JSONField(default=list, blank=True)
    # [{"from", "to"}]: terms that were kept
    terms = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.manner} {self.outcome}"


class Template(Base):
    """A text of the organisation to begin from: a draft's, without its number and date."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    content = models.JSONField()
    data_class = models.SmallIntegerField(choices=CLASSES, default=DataClass.INTERNAL.value)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_template_per_name")]

    def __str__(self) -> str:
        return self.name
