"""A steward's signed decision about the class of a thing; never changed, only undone by another."""

from django.db import models

from khue.kernel.models import Base


class ClassDecision(Base):
    kind = models.CharField(max_length=30)
    thing_id = models.UUIDField()
    # as the thing was called then
    title = models.CharField(max_length=1000)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    before = models.SmallIntegerField()
    after = models.SmallIntegerField()
    reason = models.TextField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    # rules.statement as a signed note: the statement, an empty line, the installation's signature
    note = models.TextField()
    # where the ledger has it
    entry = models.BigIntegerField()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["kind", "thing_id", "-created_at"], name="decisions_about_a_thing"),
            models.Index(fields=["organisation", "-created_at"], name="decisions_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id}: {self.before} → {self.after}"

    @property
    def statement(self) -> str:
        return self.note.partition("\n\n")[0]

    @property
    def signature(self) -> str:
        return self.note.partition("\n\n")[2].strip()
