"""What was sent to models and what came back: apart from the ledger, which holds digests, and for a time only."""

from django.db import models


class Content(models.Model):
    """The texts of one call, as they left and as they arrived. Deleted when they expire; the ledger stays."""

    call = models.UUIDField(primary_key=True)
    sent = models.JSONField()
    received = models.TextField(blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "gateway_content"

    def __str__(self) -> str:
        return str(self.call)
