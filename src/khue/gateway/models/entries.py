"""The ledger's tables. Only the database's function `gateway_append` writes them; its triggers refuse all changes.

What is generated is read by the database out of the payload, so that nothing can be found under what it does not say.
"""

from django.db import models


class LedgerEntry(models.Model):
    """One thing that happened. `leaf` is SHA-256(0x00 ‖ payload), `chain` SHA-256(chain before ‖ leaf)."""

    seq = models.BigIntegerField(primary_key=True)
    payload = models.TextField()
    leaf = models.BinaryField(max_length=32)
    chain = models.BinaryField(max_length=32)
    # generated
    kind = models.TextField(editable=False)
    at = models.BigIntegerField(editable=False)
    call = models.UUIDField(null=True, editable=False)
    person = models.UUIDField(null=True, editable=False)
    organisation = models.UUIDField(null=True, editable=False)
    data_class = models.SmallIntegerField(null=True, editable=False)
    tool = models.TextField(default="", editable=False)
    zone = models.TextField(default="", editable=False)
    decision = models.TextField(default="", editable=False)

    class Meta:
        db_table = "gateway_entry"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class LedgerSubtree(models.Model):
    """The hash of a complete subtree of 2^level leaves, the position-th of its level: derived, for short proofs."""

    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    pk = models.CompositePrimaryKey("level", "position")

    class Meta:
        db_table = "gateway_subtree"

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class LedgerCheckpoint(models.Model):
    """A signed statement over the first `size` entries, as it is given to others."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "gateway_checkpoint"

    def __str__(self) -> str:
        return str(self.size)
