"""The record of model calls."""

from django.db import models

from khue.kernel.models import Base


class Call(Base):
    """One call, written before it is made and completed after, whatever became of it."""

    class Kind(models.TextChoices):
        CHAT = "chat"
        EMBED = "embed"

    class Outcome(models.TextChoices):
        STARTED = "started"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"
        REFUSED = "refused"

    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    tool = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    data_class = models.SmallIntegerField()
    provider = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=200, blank=True)
    texts = models.IntegerField(default=1)
    input_digest = models.BinaryField(max_length=32)
    output_digest = models.BinaryField(max_length=32, null=True)
    prompt_tokens = models.IntegerField(null=True)
    completion_tokens = models.IntegerField(null=True)
    first_token_ms = models.FloatField(null=True)
    total_ms = models.FloatField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.STARTED)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "-created_at"]),
            models.Index(fields=["person_id", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.tool} {self.outcome}"
