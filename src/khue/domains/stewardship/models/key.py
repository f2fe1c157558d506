"""A personal key: by it a program asks models in its owner's name."""

import hashlib

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from khue.kernel.models import Base

MARK = "khue_"
SHOWN = len(MARK) + 6


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class KeyQuerySet(models.QuerySet["Key"]):
    def live(self) -> "KeyQuerySet":
        now = timezone.now()
        return self.filter(revoked_at=None).filter(models.Q(expires_at=None) | models.Q(expires_at__gt=now))


class Key(Base):
    """The text itself is never kept, only its SHA-256: it has 256 random bits, so that guessing is no concern and a
    slow hash would protect nothing. `prefix` is for recognising it; no `aliases` means all models."""

    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32, unique=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    highest_class = models.SmallIntegerField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="keys_of_person"),
            models.Index(fields=["organisation", "-created_at"], name="keys_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and not self.is_expired
