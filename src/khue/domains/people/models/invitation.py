"""A one-time code with which somebody who was given an account opens it."""

from django.db import models

from khue.domains.people.models.person import Person
from khue.kernel.models import Base


class Invitation(Base):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    # keyed SHA-256 of the code, which is kept nowhere
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="invitations_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at:%Y-%m-%d}"
