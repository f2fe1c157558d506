"""What the public sees of a sprint, and what became of it afterwards."""

from django.db import models
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.sprint import Entry
from khue.kernel.models import Base


class Publication(Base):
    """What a team wants to show. It is public while everybody in the team agrees to this version of it."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="publication")
    title = models.CharField(max_length=200)
    summary = models.TextField()
    # "stage:<key>" for a canvas, "artefact:<id>"
    parts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.title


class Consent(Base):
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    # of the publication: another one has to be agreed to anew
    version = models.PositiveIntegerField()
    shows_name = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "person"], name="one_consent_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.version}"


class Outcome(models.TextChoices):
    ADOPTED = "adopted", pgettext_lazy("outcome of a sprint", "Adopted")
    PILOTED = "piloted", pgettext_lazy("outcome of a sprint", "Piloted")
    DROPPED = "dropped", pgettext_lazy("outcome of a sprint", "Dropped")


class FollowUp(Base):
    """The question, some months later, what became of a team's work; and the answer."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry", "due_on"]
        constraints = [models.UniqueConstraint(fields=["entry", "months"], name="one_follow_up_per_month")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.months}"
