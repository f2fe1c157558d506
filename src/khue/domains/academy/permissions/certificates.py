"""Who gives certificates and takes them back, and who looks after institutions and their keys."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.permissions.programmes import By
from khue.domains.people.api import Role
from khue.kernel.errors import NotAllowed


def can_certify(by: By, organisation_id: UUID) -> bool:
    """Coordinators and administrators, for cohorts of their organisation and below it; not lecturers, who grade."""
    return by is None or (by.is_a(Role.COORDINATOR, Role.ADMINISTRATOR) and organisation_id in by.branch)


def check_can_certify(by: By, organisation_id: UUID) -> None:
    if not can_certify(by, organisation_id):
        raise NotAllowed(_("Only coordinators and administrators of this organisation give and revoke certificates."))


def can_keep_keys(by: By, organisation_id: UUID) -> bool:
    return by is None or (by.is_a(Role.ADMINISTRATOR) and organisation_id in by.branch)


def check_can_keep_keys(by: By, organisation_id: UUID) -> None:
    if not can_keep_keys(by, organisation_id):
        raise NotAllowed(_("Only administrators of this organisation look after its institutions and their keys."))
