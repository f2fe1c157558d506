"""A role that a person holds in an organisation, and so in everything below it."""

from django.db import models

from khue.domains.people.models.organisation import Organisation
from khue.domains.people.models.person import Person
from khue.domains.people.rules import Role
from khue.kernel.models import Base


class Membership(Base):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role"], name="one_membership_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"
