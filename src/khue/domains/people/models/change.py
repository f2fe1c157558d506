"""What was done to people and organisations, when and by whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.people.models.membership import ROLE_LABELS
from khue.domains.people.models.organisation import Organisation
from khue.domains.people.models.person import Person
from khue.domains.people.rules import Role
from khue.kernel.models import Base


class ChangeKind(models.TextChoices):
    ACCOUNT_CREATED = "account-created", _("Account created")
    ACCOUNT_DEACTIVATED = "account-deactivated", _("Account closed")
    ACCOUNT_REACTIVATED = "account-reactivated", _("Account opened again")
    PASSWORD_RESET = "password-reset", _("New temporary password")  # noqa: S105
    SECOND_STEP_REMOVED = "second-step-removed", _("Second step of sign-in removed")
    ROLE_GRANTED = "role-granted", _("Role given")
    ROLE_REVOKED = "role-revoked", _("Role taken away")
    ORGANISATION_CREATED = "organisation-created", _("Organisation created")
    ORGANISATION_RENAMED = "organisation-renamed", _("Organisation renamed")
    ORGANISATION_MOVED = "organisation-moved", _("Organisation moved")
    ORGANISATION_ARCHIVED = "organisation-archived", _("Organisation archived")
    ORGANISATION_RESTORED = "organisation-restored", _("Organisation restored")


class Change(Base):
    kind = models.CharField(max_length=30, choices=ChangeKind.choices)
    # no person: the operator at the server's own console
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "-created_at"], name="changes_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id or self.organisation_id}"

    @property
    def role_label(self) -> str:
        """The role that was given or taken away, in words."""
        return str(ROLE_LABELS[Role(self.detail)]) if self.detail in set(Role) else ""
