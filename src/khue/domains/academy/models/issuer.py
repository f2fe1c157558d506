"""Institutions that give certificates, the keys that they sign with, and the lists of what they took back."""

from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from khue.domains.academy.credentials import status
from khue.domains.academy.credentials.verification import KeyState
from khue.domains.academy.models.programme import Content
from khue.domains.academy.models.texts import shown
from khue.kernel.models import Base

KEY_STATE_LABELS = {
    KeyState.ACTIVE: pgettext_lazy("state of a key", "Signs now"),
    KeyState.RETIRED: pgettext_lazy("state of a key", "Retired: what it signed stays good"),
    KeyState.REVOKED: pgettext_lazy("state of a key", "Revoked: nothing that it signed holds"),
}


def empty_bits() -> bytes:
    return bytes(status.BITS // 8)


class IssuerQuerySet(models.QuerySet["Issuer"]):
    def kept_by(self, actor: Any) -> "IssuerQuerySet":
        """Of the organisations where a people.api.Actor holds their roles, and above: those sign for their campuses."""
        return self.filter(organisation_id__in=actor.branch | actor.above)


class Issuer(Base):
    # that looks after it; several may be looked after by one: the partner's name stands beside its own
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    # begins the serial numbers
    code = models.CharField(max_length=12)
    names = models.JSONField(default=dict)
    url = models.URLField(max_length=300, blank=True)
    signatory = models.CharField(max_length=120, blank=True)
    signatory_titles = models.JSONField(default=dict, blank=True)
    # PNG
    seal = models.ForeignKey(Content, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Content, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # the organisation itself, made at a start or when it first gives certificates
    is_own = models.BooleanField(default=False)

    objects = IssuerQuerySet.as_manager()

    class Meta:
        ordering = ["-is_own", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_issuer_per_code"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(is_own=True), name="one_own_issuer_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)


class IssuerKey(Base):
    """The public part; the private one is in KHUE_HOME/keys/issuers, by this identifier."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="keys")
    did = models.CharField(max_length=80, unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in KEY_STATE_LABELS.items()],
        default=KeyState.ACTIVE.value,
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["issuer", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer"], condition=models.Q(state=KeyState.ACTIVE.value), name="one_active_key_per_issuer"
            )
        ]

    def __str__(self) -> str:
        return self.did


class StatusList(Base):
    """Signed by the key that signed the certificates on it."""

    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="status_lists")
    url = models.URLField(max_length=300, unique=True)
    bits = models.BinaryField(default=empty_bits)
    # as it is served
    document = models.TextField()
    taken = models.IntegerField(default=0)
    # places are given out in an order of chance: index = (step × n + start) modulo the length; the step is odd
    step = models.IntegerField()
    start = models.IntegerField()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.url

    def index(self, number: int) -> int:
        return (self.step * number + self.start) % status.BITS
