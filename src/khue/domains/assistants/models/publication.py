"""When which version went to the public, what the gate said, who signed for what it would have refused."""

from django.db import models

from khue.domains.assistants.models.assistant import Assistant, Version
from khue.kernel.models import Base


class Publication(Base):
    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="publications")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # [{"key", "passed", "detail"}] as it stood then
    gate = models.JSONField(default=list)
    # keys of what was passed over, with the reason and the installation's signed note
    overridden = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    entry = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.assistant_id} {self.version_id}"
