"""The register of AI use cases: what is done for whom with which data, and who answered for letting it be done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.kernel.models import Base


class UseCaseState(models.TextChoices):
    ASKED = "asked", _("Waits for a decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class UseCase(Base):
    """One entry for each thing that another domain registers ("assistant")."""

    kind = models.CharField(max_length=30)
    thing_id = models.UUIDField()
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    purpose = models.TextField()
    audience = models.TextField()
    data_class = models.SmallIntegerField()
    # what can go wrong for whom, and who notices and mends it
    risks = models.TextField(blank=True)
    oversight = models.TextField(blank=True)
    contact = models.TextField()
    # identifies what was asked for: an approval of other words is none of these
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=UseCaseState.choices, default=UseCaseState.ASKED)
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # the decision as a signed note, and where the ledger has it
    note = models.TextField(blank=True)
    entry = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["kind", "thing_id"], name="one_use_case_per_thing")]
        indexes = [models.Index(fields=["organisation", "-updated_at"], name="use_cases_of_a_place")]

    def __str__(self) -> str:
        return self.title
