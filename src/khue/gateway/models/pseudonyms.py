"""What stands for hidden values in conversations."""

from django.db import models

from khue.kernel.models import Base


class Pseudonyms(Base):
    """Of one conversation, encrypted by khue.gateway.privacy.vault."""

    conversation_id = models.UUIDField(unique=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "gateway_pseudonyms"

    def __str__(self) -> str:
        return str(self.conversation_id)
