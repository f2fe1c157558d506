"""A role that a person holds in an organisation, and so in everything below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.people.models.organisation import Organisation
from khue.domains.people.models.person import Person
from khue.domains.people.rules import Holding, Role
from khue.kernel.models import Base

ROLE_LABELS = {
    Role.PARTICIPANT: _("Participant"),
    Role.LECTURER: _("Lecturer"),
    Role.COORDINATOR: _("Coordinator"),
    Role.STEWARD: _("Steward"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(revoked_at=None)


class Membership(Base):
    """Kept after it is revoked: who held which role when, given and taken by whom."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    # no person: the operator at the server's own console
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(revoked_at=None),
                name="one_current_membership_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"

    @property
    def holding(self) -> Holding:
        return Holding(self.organisation_id, Role(self.role))
