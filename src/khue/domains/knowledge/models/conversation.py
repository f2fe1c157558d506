"""A conversation with the library: questions, checked answers, and what people thought of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.models.collection import CLASS_CHOICES, Collection
from khue.gateway.classes import DataClass
from khue.kernel.models import Base


class ExchangeStatus(models.TextChoices):
    ANSWERING = "answering", _("Answering")
    ANSWERED = "answered", _("Answered")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


class Conversation(Base):
    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    # which tool asks: "ask" is the person's own; of another tool it lasts as long as the answer
    tool = models.CharField(max_length=30, default="ask")
    # what a tool adds to the instruction, in the language of the question
    voice = models.TextField(blank=True)
    # ids as text: these documents only; empty: all of the collections
    documents = models.JSONField(default=list, blank=True)
    # empty: everything that the owner may read
    collections = models.ManyToManyField(Collection, blank=True, related_name="+")
    # the highest class of anything that took part
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.PUBLIC.value)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title


class Exchange(Base):
    """One question and what was answered; all that was shown is stored here as it was shown."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="exchanges")
    position = models.IntegerField()
    question = models.TextField()
    # the question as searched for, when a follow-up was completed from what went before
    searched = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    status = models.CharField(max_length=10, choices=ExchangeStatus.choices, default=ExchangeStatus.ANSWERING)
    answer = models.TextField(blank=True)
    abstained = models.BooleanField(default=False)
    # the highest of the question, of all passages used and of what went before; and which of them demanded it:
    # [{"of": "question" | "document" | "conversation", "n": 1, "title": "…", "found": {type: count}}]
    data_class = models.SmallIntegerField(choices=CLASS_CHOICES, default=DataClass.PUBLIC.value)
    class_reasons = models.JSONField(default=list)
    # the furthest zone that a model stood in which read of it, and what was hidden from that one: {type: count}
    zone = models.CharField(max_length=12, blank=True)
    hidden = models.JSONField(default=dict, blank=True)
    # why no model was asked although one is switched on
    not_sent = models.TextField(blank=True)
    # the shapes of knowledge.answering: evidence list, checked sentences, times in ms, what did not fit
    evidence = models.JSONField(default=list)
    sentences = models.JSONField(default=list)
    timings = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    model = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    ledger_id = models.UUIDField(null=True, blank=True)
    error = models.TextField(blank=True)
    # +1, -1 or null, and why
    rating = models.SmallIntegerField(null=True, blank=True)
    rating_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["conversation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "position"], name="one_exchange_per_position"),
        ]

    def __str__(self) -> str:
        return self.question[:80]

    @property
    def backed(self) -> int:
        return sum(1 for sentence in self.sentences if sentence["supported"])

    @property
    def hidden_count(self) -> int:
        return sum(self.hidden.values())

    @property
    def unbacked(self) -> int:
        return len(self.sentences) - self.backed
