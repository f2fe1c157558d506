"""What visitors ask. Nobody is named: neither person nor address is stored, and identifiers in questions are hidden."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.models.assistant import Assistant, Version
from khue.kernel.models import Base


class Channel(models.TextChoices):
    PAGE = "page", _("Public page")
    WIDGET = "widget", _("Widget")
    API = "api", _("Program")
    V1 = "v1", _("OpenAI protocol")
    PREVIEW = "preview", _("Trial by a builder")


class Outcome(models.TextChoices):
    ANSWERING = "answering", _("Being answered")
    ANSWERED = "answered", _("Answered")
    ASKED_BACK = "asked_back", _("Asked back")
    ABSTAINED = "abstained", _("No answer")
    PERSON = "person", _("For a person")
    COURTESY = "courtesy", _("Not a question")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Broken off")


class Visit(Base):
    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="visits")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=5)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["assistant", "-created_at"], name="visits_of_an_assistant")]

    def __str__(self) -> str:
        return f"{self.assistant_id} {self.channel}"


class Message(Base):
    """A question with all that was shown in reply."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="messages")
    position = models.IntegerField()
    # with identifiers hidden; {type: count} of what was
    question = models.TextField()
    hidden = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=5)
    # what it was completed to; the procedure that a follow-up may mean
    searched = models.TextField(blank=True)
    procedure_id = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.ANSWERING)
    card = models.JSONField(null=True, blank=True)
    choices = models.JSONField(default=list, blank=True)
    # documents to look in, where not in all of the assistant's
    documents = models.JSONField(default=list, blank=True)
    # as `khue ask` gives it
    answer = models.JSONField(default=dict, blank=True)
    offers_person = models.BooleanField(default=False)
    rating = models.SmallIntegerField(null=True, blank=True)
    rating_reason = models.TextField(blank=True)
    # of questions without an answer that mean the same
    group = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["visit", "position"]
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="one_message_per_position")]
        indexes = [models.Index(fields=["outcome", "-created_at"], name="messages_by_outcome")]

    def __str__(self) -> str:
        return self.question[:80]


class HandOver(Base):
    """A question for a person; the reply appears where it was asked."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="hand_over")
    # what the visitor added, with identifiers hidden
    words = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.message_id)
