"""Certificates: what is planned for a cohort, each that was given, and the batches that gave them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.models.issuer import Issuer, IssuerKey, StatusList
from khue.domains.academy.rules.certificates import Ended
from khue.kernel.models import Base

ENDED_LABELS = {
    Ended.MISTAKE: _("Given by mistake"),
    Ended.MISCONDUCT: _("Taken back"),
    Ended.NAME: _("Replaced: the name has changed"),
    Ended.CORRECTED: _("Replaced: something in it was corrected"),
    Ended.KEY: _("Replaced: the key that signed it was revoked"),
}


class CertificatePlan(Base):
    """Who gives the certificates of a cohort, and in which languages they are written."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="certificate_plan")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Issuer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # the first is set large
    languages = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(second=None) | ~models.Q(second=models.F("issuer")), name="two_different_issuers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}"


class Series(models.Model):
    """The last serial number of an institution's year; locked by whoever takes the next."""

    code = models.CharField(max_length=12)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="one_series_per_code_and_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}: {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def holding(self) -> "CertificateQuerySet":
        return self.filter(ended_at=None)

    def of(self, actor: Any) -> "CertificateQuerySet":
        return self.filter(person_id=actor.person_id)


class Certificate(Base):
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="certificates")
    # the register stays when an account goes
    person = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # as it is written
    holder = models.CharField(max_length=200)
    code = models.CharField(max_length=12)
    year = models.IntegerField()
    serial = models.IntegerField()
    # of the address of the check page: cannot be guessed from another
    token = models.CharField(max_length=32, unique=True)
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="certificates")
    second_key = models.ForeignKey(IssuerKey, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="certificates")
    status_index = models.IntegerField()
    # what stands on the paper, from which it is set again
    paper = models.JSONField(default=dict)
    # the signed file, byte for byte
    credential = models.TextField()
    issued_at = models.DateTimeField()
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(
        max_length=12, blank=True, choices=[(why.value, label) for why, label in ENDED_LABELS.items()]
    )
    ended_note = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # what the holder agreed to show whoever has the address of the check page
    shows_name = models.BooleanField(default=False)
    shows_course = models.BooleanField(default=False)
    shows_file = models.BooleanField(default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["code", "year", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["code", "year", "serial"], name="one_certificate_per_number"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="one_certificate_per_status_index"),
            models.UniqueConstraint(
                fields=["cohort", "person"], condition=models.Q(ended_at=None), name="one_holding_certificate"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.code}-{self.year}-{self.serial:05d}"

    @property
    def holds(self) -> bool:
        return self.ended_at is None

    @property
    def successor(self) -> "Certificate | None":
        return getattr(self, "replaced_by", None)


class BatchState(models.TextChoices):
    WAITING = "waiting", _("Waiting for a worker")
    RUNNING = "running", _("Being given")
    DONE = "done", _("All given")
    FAILED = "failed", _("Stopped with an error")


class CertificateBatch(Base):
    """One run over a cohort; its figures grow with it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="certificate_batches")
    asked_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    eligible = models.IntegerField(default=0)
    issued = models.IntegerField(default=0)
    already = models.IntegerField(default=0)
    # [{"person": …, "missing": [sentences' parts]}], as rules.certificates gives them
    refused = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.state}"

    @property
    def done(self) -> int:
        return self.issued + self.already

    @property
    def is_over(self) -> bool:
        return self.state in (BatchState.DONE, BatchState.FAILED)
